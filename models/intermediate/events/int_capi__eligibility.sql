{%- set fields = capi_user_data_fields() %}

with
    orders as (select * from {{ ref("int_capi__receipt_rows") }}),

    -- The join of all orders only carries whether a hash exists, not the hash, which would be half of its time.
    presence as (

        select
            person_key, is_receipt, dropped {%- for field in fields %}, {{ field }} is not null as has_{{ field }} {%- endfor %}
        from {{ ref("int_capi__people") }}

    ),

    receipts as (select * from presence where is_receipt),

    customers as (select * from presence where not is_receipt),

    identified as (

        select
            orders.*,
            {%- for field in fields %}
                coalesce(receipts.has_{{ field }}, false) or coalesce(customers.has_{{ field }}, false) as has_{{ field }},
            {%- endfor %}
            receipts.dropped as receipt_dropped,
            customers.dropped as customer_dropped
        from orders
        left join receipts on orders.own_person_key = receipts.person_key
        left join customers on orders.customer_person_key = customers.person_key

    ),

    without_order_id as (

        select own_person_key as person_key
        from {{ ref("int_capi__orders") }}
        where meta_order_id is null
        union
        select customer_person_key
        from {{ ref("int_capi__orders") }}
        where meta_order_id is null

    ),

    hashes as (select * from {{ ref("int_capi__people") }} where person_key in (select person_key from without_order_id)),

    described as (

        select
            identified.*,
            case when meta_order_id is null then {{ capi_concat(capi_user_data("receipt", "customer")) }} end as key_user_data
        from identified
        left join hashes as receipt on identified.own_person_key = receipt.person_key
        left join hashes as customer on identified.customer_person_key = customer.person_key

    ),

    judged as (

        select
            *,
            has_em or has_ph or has_external_id or has_madid or has_lead_id as has_identifier,
            has_ct or has_st or has_zp or has_country as has_place
        from described

    ),

    keyed as (

        select
            *,
            -- Also for an order that may not be sent: its key leads to what became of it while it could be. Without an order id
            -- the key stands for the person, and such an order leaves nothing about them.
            case
                when
                    dataset_id <> ''
                    and event_name is not null
                    and event_time is not null
                    and (meta_order_id is not null or order_reasons is null)
                then {{ capi_sha256_hex(capi_dedup_key_text("key_user_data")) }}
            end as event_key,
            -- Meta refuses an event whose parameters are all in one of these sets: place and gender; birth date alone;
            -- first name and gender; last name and gender (best practices page).
            case
                when order_reasons is not null
                then order_reasons
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
            end as reasons
        from judged

    ),

    concluded as (select *, {{ capi_first_reason("reasons") }} as reason from keyed)

select *
from concluded
