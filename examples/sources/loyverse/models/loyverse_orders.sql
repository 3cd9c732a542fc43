with
    receipts as (select * from {{ source("loyverse", "receipts") }}),

    renamed as (

        select
            "Receipt number" as order_id,
            "Date" as ordered_at,
            "Total collected" as total,
            -- The export does not name the currency. Change it if yours is different.
            'THB' as currency,
            -- Every receipt that is not cancelled is Closed, so the type decides: Sale or Refund.
            case when "Status" = 'Closed' then "Receipt type" else "Status" end as status,
            "Store" as store_id,
            -- E-mail and phone are in one column: ann@example.com, 081 234 5678
            nullif(regexp_extract("Customer contacts", '[^ ,;]+@[^ ,;]+'), '') as email,
            nullif(trim(regexp_replace("Customer contacts", '[^ ,;]+@[^ ,;]+', ''), ' ,;'), '') as phone,
            {{ offline_capi.capi_split_name('"Customer name"', "first") }} as first_name,
            {{ offline_capi.capi_split_name('"Customer name"', "last") }} as last_name
        from receipts

    )

select *
from renamed
