{%- set export = source("woocommerce", "orders") %}
{%- set columns = adapter.get_columns_in_relation(export) if execute else [] %}

with
    orders as (select * from {{ export }}),

    lines as (
        {%- for column in columns if column.name.startswith("line_item_") %}
            select order_number as order_id, {{ column.name }} as line
            from orders
            where {{ column.name }} <> '' and payment_method like 'pos_%'
            union all
        {%- endfor %}
        select null, null
        where 1 = 0
    ),

    -- name:Mug|product_id:25|sku:MUG-1|quantity:2|total:36.00|...
    split as (

        select
            order_id,
            regexp_extract(line, 'name:([^|]*)', 1) as title,
            regexp_extract(line, '[|]product_id:([^|]*)', 1) as product_number,
            regexp_extract(line, '[|]sku:([^|]*)', 1) as sku,
            regexp_extract(line, '[|]quantity:([^|]*)', 1) as quantity,
            regexp_extract(line, '[|]total:([^|]*)', 1) as line_total
        from lines

    ),

    renamed as (

        select
            order_id,
            coalesce(nullif(sku, ''), product_number) as product_id,
            quantity,
            round(try_cast(line_total as decimal(18, 4)) / nullif(try_cast(quantity as decimal(18, 4)), 0), 4) as unit_price,
            title
        from split

    )

select *
from renamed
