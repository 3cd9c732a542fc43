-- Every row of orders is either an event or a rejected one: nothing disappears and nothing is counted twice, and in each currency
-- the value sold is the value of the events and the rejected orders.
{% set three_decimals = offline_capi.capi_has_three_decimals("currencies.meta_currency") %}
with
    order_rows as (select * from {{ ref("int_capi__order_rows") }}),

    stores as (select * from {{ ref("int_capi__stores") }}),

    currencies as (select currency as meta_currency, signs from {{ ref("int_capi__currencies") }}),

    -- An event keeps its bytes when its order changes later, so that its value may be another than that of the order.
    changed as (select order_group from {{ ref("capi_later_changes") }} where change = 'differs'),

    priced as (

        select
            order_rows.order_group,
            order_rows.total,
            order_rows.total_is_number,
            order_rows.refunded,
            order_rows.refunded_is_number,
            {{ offline_capi.capi_currency_text("coalesce(" ~ offline_capi.capi_clean("order_rows.currency") ~ ", stores.currency)") }} as currency
        from order_rows
        left join stores on order_rows.store_id = stores.store_id

    ),

    amounts as (

        select
            priced.order_group,
            currencies.meta_currency,
            {{ offline_capi.capi_amount("priced.total", "priced.total_is_number", "currencies.signs", three_decimals) }} as total,
            abs({{ offline_capi.capi_amount("priced.refunded", "priced.refunded_is_number", "currencies.signs", three_decimals) }}) as refunded
        from priced
        left join currencies on priced.currency = currencies.meta_currency

    ),

    sold as (

        select
            order_group,
            {{ offline_capi.capi_round_amount(offline_capi.capi_kept_amount("total", "refunded"), "meta_currency") }} as value,
            case when total is not null then meta_currency end as currency
        from amounts

    ),

    booked as (

        select order_group, 1 as rows_of_orders, value, currency
        from sold
        union all
        select order_group, -1, -value, currency
        from {{ ref("capi_events") }}
        union all
        select order_group, -1, -value, currency
        from {{ ref("capi_rejected_events") }}

    ),

    balanced as (

        select 'orders' as what, cast(null as {{ dbt.type_string() }}) as currency, sum(rows_of_orders) as difference
        from booked
        union all
        select 'value', currency, sum(value)
        from booked
        where order_group not in (select order_group from changed)
        group by currency

    )

select *
from balanced
where difference <> 0
