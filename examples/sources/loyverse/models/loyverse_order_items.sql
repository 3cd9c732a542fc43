with
    lines as (select * from {{ source("loyverse", "receipts_by_item") }}),

    renamed as (

        select
            "Receipt number" as order_id,
            "SKU" as product_id,
            "Quantity" as quantity,
            round(try_cast("Net sales" as decimal(18, 4)) / nullif(try_cast("Quantity" as decimal(18, 4)), 0), 4) as unit_price,
            "Item" as title,
            "Category" as category
        from lines
        where "Receipt type" = 'Sale'

    )

select *
from renamed
