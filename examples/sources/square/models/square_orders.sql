with
    transactions as (select * from {{ source("square", "transactions") }}),

    renamed as (

        select
            "Transaction ID" as order_id,
            "Date" || ' ' || "Time" as ordered_at,
            "Total Collected" as total,
            "Partial Refunds" as refunded,
            -- The sign of the dollar does not say whose. Yours, if it is another.
            'USD' as currency,
            case when "Event Type" = 'Refund' then 'refund' else "Transaction Status" end as status,
            "Location" as store_id,
            "Customer ID" as customer_id
        from transactions
        -- Meta's pixel sees the orders of the web shop; here they would count twice.
        where "Source" not in ('Square Online', 'eCommerce Integrations')

    )

select *
from renamed
