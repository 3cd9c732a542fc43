with
    transactions as (select * from {{ source("square", "transactions") }}),

    renamed as (

        select
            "Transaction ID" as order_id,
            "Date" || ' ' || "Time" as ordered_at,
            "Total Collected" as total,
            "Partial Refunds" as refunded,
            -- The dollar sign does not say which dollar. Change it if yours is different.
            'USD' as currency,
            case when "Event Type" = 'Refund' then 'refund' else "Transaction Status" end as status,
            "Location" as store_id,
            "Customer ID" as customer_id
        from transactions
        -- Meta's pixel sees the web shop's orders; here they would count twice.
        where "Source" not in ('Square Online', 'eCommerce Integrations')

    )

select *
from renamed
