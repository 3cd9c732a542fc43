with
    customers as (select * from {{ source("square", "customers") }}),

    renamed as (

        select
            "Square Customer ID" as customer_id,
            "Email Address" as email,
            ltrim("Phone Number", '''') as phone,
            "First Name" as first_name,
            "Last Name" as last_name,
            "City" as city,
            "State" as state,
            "Postal Code" as postal_code,
            "Birthday" as date_of_birth,
            -- Consent to newsletters. Read another column if consent to advertising is recorded elsewhere.
            "Email Subscription Status" as marketing_consent
        from customers

    )

select *
from renamed
