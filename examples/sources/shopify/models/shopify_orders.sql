with
    lines as (select * from {{ source("shopify", "orders_export") }}),

    -- An order's own columns are filled on its first line, or on every line: then the lines are one row.
    orders as (

        select distinct
            "Name" as order_id,
            "Created at" as ordered_at,
            "Total" as total,
            "Refunded Amount" as refunded,
            "Currency" as currency,
            -- A cancelled order may still be marked as paid in the payment column.
            case when trim("Cancelled at") <> '' then 'cancelled' else "Financial Status" end as status,
            "Location" as store_id,
            "Email" as email,
            -- A leading apostrophe stops spreadsheets from reading a number or a formula.
            ltrim(coalesce(nullif("Phone", ''), "Billing Phone"), '''') as phone,
            {{ offline_capi.capi_split_name('"Billing Name"', "first") }} as first_name,
            {{ offline_capi.capi_split_name('"Billing Name"', "last") }} as last_name,
            "Billing City" as city,
            ltrim("Billing Zip", '''') as postal_code,
            "Billing Province" as state,
            "Billing Country" as country,
            -- Consent to newsletters. Read another column if consent to advertising is recorded elsewhere.
            "Accepts Marketing" as marketing_consent
        from lines
        -- Meta's pixel sees the web shop's orders; here they would count twice.
        where trim("Total") <> '' and "Source" = 'pos'

    )

select *
from orders
