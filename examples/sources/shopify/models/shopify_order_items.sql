with
    lines as (select * from {{ source("shopify", "orders_export") }}),

    orders as (select * from {{ ref("shopify_orders") }}),

    renamed as (

        select
            "Name" as order_id,
            -- As in the product catalogue at Meta.
            "Lineitem sku" as product_id,
            "Lineitem quantity" as quantity,
            "Lineitem price" as unit_price,
            "Lineitem name" as title,
            "Vendor" as brand
        from lines
        where "Name" in (select order_id from orders)

    )

select *
from renamed
