with
    sales_history as (select * from {{ source("lightspeed", "sales_history") }}),

    renamed as (

        select
            "Receipt Number" as order_id,
            "Date" as ordered_at,
            "Total" as total,
            -- The export does not name the currency. Change it if yours is different.
            'NZD' as currency,
            "Status" as status,
            "Register" as store_id,
            -- The code for everybody who gives no name.
            nullif("Customer Code", 'WALKIN') as customer_id
        from sales_history
        where "Line Type" = 'Sale'

    )

select *
from renamed
