with
    items as (select * from {{ source("square", "items") }}),

    orders as (select * from {{ ref("square_orders") }}),

    -- Square gives the cost of a line after discounts, not the price of one item.
    renamed as (

        select
            "Transaction ID" as order_id,
            coalesce(nullif("SKU", ''), "Item") as product_id,
            cast(cast("Qty" as decimal(18, 3)) as integer) as quantity,
            round(cast(replace(replace("Net Sales", '$', ''), ',', '') as decimal(18, 2)) / nullif(cast("Qty" as decimal(18, 3)), 0), 4) as unit_price,
            "Item" as title,
            "Category" as category
        from items
        where "Event Type" = 'Payment' and "Transaction ID" in (select order_id from orders)

    )

select *
from renamed
