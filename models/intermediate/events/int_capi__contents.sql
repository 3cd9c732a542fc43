with
    order_items as (select * from {{ ref("stg_capi__order_items") }}),

    currencies as (select * from {{ ref("int_capi__currencies") }}),

    -- Lines name neither store nor day, so the lines of a receipt number that several stores use, or that starts over each
    -- day, cannot be told apart.
    orders as (

        select
            receipt_id as order_id,
            min(coalesce(store_id, '')) <> max(coalesce(store_id, '')) as is_shared,
            case when min(currency) = max(currency) then min(currency) end as currency
        from {{ ref("int_capi__receipt_rows") }}
        where order_reason is null
        group by receipt_id

    ),

    cleaned as (

        select
            order_items.order_id,
            orders.is_shared,
            {{ capi_clean("order_items.product_id") }} as product_id,
            order_items.quantity_is_number,
            order_items.unit_price_is_number,
            orders.currency,
            -- A sign with a price must be one of the order's own currency; if that is not clear, none is accepted.
            coalesce(currencies.signs, ',,') as signs,
            {{ capi_clean("order_items.quantity") }} as quantity_text,
            {{ capi_clean("order_items.unit_price") }} as price_text,
            {{ capi_clean("order_items.title") }} as title,
            {{ capi_clean("order_items.brand") }} as brand,
            {{ capi_clean("order_items.category") }} as category,
            {{ capi_lower(capi_clean("order_items.delivery_category")) }} as delivery_category
        from order_items
        inner join orders on order_items.order_id = orders.order_id
        left join currencies on orders.currency = currencies.currency

    ),

    {{ capi_amount_steps("cleaned", "quantities", {"quantity": ("quantity_text", "quantity_is_number")}, "',,'") }},

    {{
        capi_amount_steps(
            "quantities",
            "prices",
            {"price": ("price_text", "unit_price_is_number")},
            "signs",
            capi_has_three_decimals("currency"),
        )
    }},

    typed as (
        select *, case when quantity_text is null then 1 else quantity_amount end as quantity, price_amount as price from prices
    ),

    judged as (

        select
            *,
            case
                when {{ "true" if capi_order_id_scope() == "day" else "false" }}
                then 'lines_of_several_days'
                when is_shared
                then 'lines_of_several_stores'
                when product_id is null
                then 'product_id_missing'
                when quantity is null or quantity <= 0 or quantity <> floor(quantity)
                then 'quantity_not_a_whole_number'
            end as line_reason,
            case when price_text is not null and (price is null or price < 0) then 'price_not_an_amount' end as price_reason,
            case
                when delivery_category not in ('in_store', 'curbside', 'home_delivery') then 'delivery_category_unknown'
            end as delivery_reason
        from typed

    ),

    written as (

        select
            order_id,
            line_reason,
            price_reason,
            delivery_reason,
            case when line_reason is null then {{ capi_json_string("product_id") }} end as content_id,
            case
                when line_reason is null
                then
                    {{
                        capi_json_object(
                            [
                                ("id", capi_json_string("product_id")),
                                ("quantity", "cast(cast(quantity as bigint) as " ~ dbt.type_string() ~ ")"),
                                (
                                    "item_price",
                                    "case when price_reason is null then " ~ capi_json_number("round(price, 4)") ~ " end",
                                ),
                                ("title", capi_json_string("title")),
                                ("brand", capi_json_string("brand")),
                                ("category", capi_json_string("category")),
                                (
                                    "delivery_category",
                                    "case when delivery_reason is null then " ~ capi_json_string("delivery_category") ~ " end",
                                ),
                            ]
                        )
                    }}
            end as content
        from judged

    ),

    grouped as (

        select
            order_id,
            {{ capi_json_array_agg("content", "content") }} as contents,
            {{ capi_json_array_agg("distinct content_id", "content_id") }} as content_ids,
            count(content) as line_count,
            max(line_reason) as line_reason,
            max(price_reason) as price_reason,
            max(delivery_reason) as delivery_reason
        from written
        group by order_id

    ),

    -- One event of a megabyte could fill a whole request, so contents have their own limit.
    bounded as (

        select
            order_id,
            case when length(contents) <= 200000 then contents end as contents,
            case when length(contents) <= 200000 then content_ids end as content_ids,
            line_count,
            case when length(contents) > 200000 then 'too_many_lines' else line_reason end as line_reason,
            price_reason,
            delivery_reason
        from grouped

    )

select *
from bounded
