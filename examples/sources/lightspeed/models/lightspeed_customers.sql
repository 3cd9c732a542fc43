with
    customers as (select * from {{ source("lightspeed", "customers") }}),

    renamed as (

        select
            customer_code as customer_id,
            email,
            -- Both, where both are there.
            concat_ws(';', nullif(phone, ''), nullif(mobile, '')) as phone,
            first_name,
            last_name,
            sex as gender,
            date_of_birth,
            physical_city as city,
            physical_postcode as postal_code,
            physical_state as state,
            physical_country_id as country,
            -- Whoever wants no e-mail has not said yes to anything; whoever does not mind has not said no.
            case when do_not_email = '1' then 'no' else 'yes' end as marketing_consent
        from customers

    )

select *
from renamed
