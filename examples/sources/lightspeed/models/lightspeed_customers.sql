with
    customers as (select * from {{ source("lightspeed", "customers") }}),

    renamed as (

        select
            customer_code as customer_id,
            email,
            -- Both, if there are both.
            concat_ws(';', nullif(phone, ''), nullif(mobile, '')) as phone,
            first_name,
            last_name,
            sex as gender,
            date_of_birth,
            physical_city as city,
            physical_postcode as postal_code,
            physical_state as state,
            physical_country_id as country,
            -- Customers who refuse e-mail have not agreed to anything; customers who do not mind it have not refused.
            case when do_not_email = '1' then 'no' else 'yes' end as marketing_consent
        from customers

    )

select *
from renamed
