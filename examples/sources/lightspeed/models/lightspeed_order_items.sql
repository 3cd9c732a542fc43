with
    sales_history as (select * from {{ source("lightspeed", "sales_history") }}),

    renamed as (

        select
            "Receipt Number" as order_id,
            "Sku" as product_id,
            "Quantity" as quantity,
            round(try_cast("Total" as decimal(18, 4)) / nullif(try_cast("Quantity" as decimal(18, 4)), 0), 4) as unit_price,
            "Details" as title
        from sales_history
        where "Line Type" = 'Sale Line'

    )

select *
from renamed
