{%- set hashed_fields = ["fn", "ln", "ge", "db", "ct", "st", "zp", "country"] %}
{%- set fields = ["em", "ph"] + hashed_fields + ["external_id", "madid", "lead_id"] %}
{%- set custom_fields = var("capi_custom_fields", []) %}

with
    orders as (select * from {{ ref("int_capi__orders") }}),

    people as (select * from {{ ref("int_capi__people") }}),

    contents as (select * from {{ ref("int_capi__contents") }}),

    identified as (

        select
            orders.*,
            {{ capi_union_of_hash_lists("receipt.em", "customer.em") }} as em,
            {{ capi_union_of_hash_lists("receipt.ph", "customer.ph") }} as ph,
            {%- for field in hashed_fields %}
            {{ capi_union_of_hashes("receipt." ~ field, "customer." ~ field) }} as {{ field }},
            {%- endfor %}
            {%- if var("capi_hash_external_id", true) %}
            {{ capi_union_of_hashes("receipt.external_id", "customer.external_id") }} as external_id,
            {%- else %}
            {{ capi_union_of_hashes(capi_json_escaped("receipt.external_id"), capi_json_escaped("customer.external_id")) }} as external_id,
            {%- endif %}
            {{ capi_json_string("coalesce(receipt.madid, customer.madid)") }} as madid,
            coalesce(receipt.lead_id, customer.lead_id) as lead_id,
            coalesce(receipt.data_processing_state, customer.data_processing_state, orders.store_data_processing_state) as data_processing_state,
            receipt.dropped as receipt_dropped,
            customer.dropped as customer_dropped,
            contents.contents,
            contents.content_ids,
            contents.line_count,
            contents.line_reason,
            contents.price_reason,
            contents.delivery_reason
        from orders
        left join people as receipt on orders.own_person_key = receipt.person_key
        left join people as customer on orders.customer_person_key = customer.person_key
        left join contents on orders.order_id = contents.order_id

    ),

    described as (

        select
            *,
            {{ capi_json_object(zip(fields, fields) | list) }} as user_data,
            {{ capi_json_object([
                ("value", capi_json_number("amount")),
                ("currency", "'\"' || currency || '\"'"),
                ("order_id", capi_json_string("meta_order_id")),
                ("item_number", capi_json_string("item_number")),
                ("content_type", "case when contents is not null then '\"product\"' end"),
                ("content_ids", "content_ids"),
                ("contents", "contents"),
                ("num_items", "case when event_name = 'InitiateCheckout' then cast(line_count as varchar) end"),
                ("store_data", "nullif(" ~ capi_json_object([
                    ("store_page_id", capi_json_string("store_page_id")),
                    ("brand_page_id", capi_json_string("brand_page_id")),
                    ("store_code", capi_json_string("store_code")),
                ]) ~ ", '{}')"),
            ] + capi_json_strings(custom_fields)) }} as custom_data
        from identified

    ),

    written as (

        select
            *,
            case
                when reason is null
                then
                    {{ capi_json_object([
                        ("event_name", capi_json_string("event_name")),
                        ("event_time", "cast(event_time as varchar)"),
                        ("action_source", "'\"' || action_source || '\"'"),
                        ("event_id", capi_json_string("event_id")),
                        ("user_data", "user_data"),
                        ("custom_data", "custom_data"),
                        ("data_processing_options", "case when limits_data_use then '[\"LDU\"]' end"),
                        ("data_processing_options_country", "case when limits_data_use then case when data_processing_state is null then '0' else '1' end end"),
                        ("data_processing_options_state", "case when limits_data_use then cast(coalesce(data_processing_state, 0) as varchar) end"),
                    ]) }}
            end as payload,
            {{ capi_sha256_hex(capi_dedup_key_text()) }} as event_key
        from described

    ),

    -- Meta refuses an event whose customer parameters all lie within one of these four sets (best practices page).
    judged as (

        select
            *,
            coalesce(
                reason,
                case
                    when user_data = '{}' then 'no_match_keys'
                    when coalesce(em, ph, external_id, madid, lead_id) is not null then null
                    when coalesce(fn, ln, db) is null then 'match_keys_too_broad'
                    when coalesce(fn, ln, ge, ct, st, zp, country) is null then 'match_keys_too_broad'
                    when coalesce(ln, db, ct, st, zp, country) is null then 'match_keys_too_broad'
                    when coalesce(fn, db, ct, st, zp, country) is null then 'match_keys_too_broad'
                end,
                case when length(payload) > 250000 then 'event_too_large' end
            ) as final_reason
        from written

    ),

    kept as (

        select
            ---------- ids
            event_key,
            order_id as receipt_id,
            customer_id,

            ---------- the event
            dataset_id,
            event_name,
            event_time,
            action_source,
            meta_order_id as order_id,
            item_number,
            store_id,
            upload_tag,
            payload,
            expires_at,
            time_note,

            ---------- what the event says about the person
            {%- for field in fields %}
            {{ field }} is not null as has_{{ field }},
            {%- endfor %}

            ---------- what was left out
            receipt_dropped,
            customer_dropped,
            line_reason,
            price_reason,
            delivery_reason,

            ---------- verdict
            final_reason as reason

        from judged

    )

select *
from kept
