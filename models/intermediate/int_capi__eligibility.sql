{%- set fields = capi_user_data_fields() %}

with
    orders as (select * from {{ ref("int_capi__orders") }}),

    people as (select * from {{ ref("int_capi__people") }}),

    identified as (

        select
            orders.*,
            {%- for field in fields %}
                receipt.{{ field }} is not null or customer.{{ field }} is not null as has_{{ field }},
            {%- endfor %}
            case when orders.meta_order_id is null then {{ capi_user_data("receipt", "customer") }} end as key_user_data,
            receipt.dropped as receipt_dropped,
            customer.dropped as customer_dropped
        from orders
        left join people as receipt on orders.own_person_key = receipt.person_key
        left join people as customer on orders.customer_person_key = customer.person_key

    ),

    judged as (

        select
            *,
            has_em or has_ph or has_external_id or has_madid or has_lead_id as has_identifier,
            has_ct or has_st or has_zp or has_country as has_place
        from identified

    ),

    keyed as (

        select
            *,
            case when order_reason is null then {{ capi_sha256_hex(capi_dedup_key_text("key_user_data")) }} end as event_key,
            -- Meta refuses an event whose parameters all lie within one of these sets: place and gender; birth date alone;
            -- first name and gender; last name and gender (best practices page).
            case
                when order_reason is not null
                then order_reason
                when has_identifier
                then null
                when not (has_fn or has_ln or has_ge or has_db or has_place)
                then 'no_match_keys'
                when not (has_fn or has_ln or has_db)
                then 'match_keys_too_broad'
                when not (has_fn or has_ln or has_ge or has_place)
                then 'match_keys_too_broad'
                when not (has_ln or has_db or has_place)
                then 'match_keys_too_broad'
                when not (has_fn or has_db or has_place)
                then 'match_keys_too_broad'
            end as reason
        from judged

    )

select *
from keyed
