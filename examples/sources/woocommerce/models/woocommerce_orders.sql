with
    orders as (select * from {{ source("woocommerce", "orders") }}),

    renamed as (

        select
            order_number as order_id,
            order_date as ordered_at,
            order_total as total,
            order_currency as currency,
            status,
            -- Every guest has 0.
            nullif(customer_id, '0') as customer_id,
            coalesce(nullif(billing_email, ''), customer_email) as email,
            billing_phone as phone,
            billing_first_name as first_name,
            billing_last_name as last_name,
            billing_postcode as postal_code,
            billing_city as city,
            billing_state as state,
            billing_country as country
        from orders
        -- Payment methods of the till. Meta's pixel sees the web shop's orders; here they would count twice.
        where payment_method like 'pos_%'

    )

select *
from renamed
