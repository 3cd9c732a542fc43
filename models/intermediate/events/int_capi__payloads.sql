{{ config(materialized="view") }}
{%- set data_processing_state = (
    "coalesce(receipt.data_processing_state, customer.data_processing_state, store_data_processing_state)"
) %}

{%- set custom_data = [
    {"key": "value", "present": "amount is not null", "pieces": [capi_json_number("amount")]},
    {"key": "currency", "present": "currency is not null", "pieces": ["'\"' || currency || '\"'"]},
    {"key": "order_id", "present": "meta_order_id is not null", "pieces": [capi_json_string("meta_order_id")]},
    {"key": "item_number", "present": "item_number is not null", "pieces": [capi_json_string("item_number")]},
    {
        "key": "content_type",
        "present": "contents.contents is not null",
        "pieces": ["case when contents.contents is not null then '\"product\"' end"],
    },
    {"key": "content_ids", "present": "contents.content_ids is not null", "pieces": ["contents.content_ids"]},
    {"key": "contents", "present": "contents.contents is not null", "pieces": ["contents.contents"]},
    {
        "key": "num_items",
        "present": "event_name = 'InitiateCheckout' and contents.line_count is not null",
        "pieces": [
            "case when event_name = 'InitiateCheckout' then cast(contents.line_count as " ~ dbt.type_string() ~ ") end"
        ],
    },
    {
        "key": "store_data",
        "present": "coalesce(store_page_id, brand_page_id, store_code) is not null",
        "pieces": [
            "nullif("
            ~ capi_json_object(capi_json_strings(["store_page_id", "brand_page_id", "store_code"]))
            ~ ", '{}')"
        ],
    },
] %}
{%- for field in capi_custom_fields() -%}
    {%- do custom_data.append(
        {"key": field.name, "present": field.column ~ " is not null", "pieces": [capi_json_string(field.column)]}
    ) -%}
{%- endfor -%}

{%- set event = [
    {"key": "event_name", "present": true, "pieces": [capi_json_string("event_name")]},
    {"key": "event_time", "present": true, "pieces": ["cast(event_time as " ~ dbt.type_string() ~ ")"]},
    {"key": "action_source", "present": true, "pieces": ["'\"' || action_source || '\"'"]},
    {"key": "event_id", "present": "event_id is not null", "pieces": [capi_json_string("event_id")]},
    {"key": "opt_out", "present": "opts_out", "pieces": ["case when opts_out then 'true' end"]},
    {"key": "user_data", "present": true, "pieces": capi_user_data("receipt", "customer")},
    {"key": "custom_data", "present": true, "pieces": capi_json_pieces(custom_data)},
    {
        "key": "data_processing_options",
        "present": "limits_data_use",
        "pieces": ["case when limits_data_use then '[\"LDU\"]' end"],
    },
    {
        "key": "data_processing_options_country",
        "present": "limits_data_use",
        "pieces": [
            "case when limits_data_use then case when " ~ data_processing_state ~ " is null then '0' else '1' end end"
        ],
    },
    {
        "key": "data_processing_options_state",
        "present": "limits_data_use",
        "pieces": [
            "case when limits_data_use then cast(coalesce("
            ~ data_processing_state
            ~ ", 0) as "
            ~ dbt.type_string()
            ~ ") end"
        ],
    },
] %}

with
    orders as (select * from {{ ref("int_capi__outcomes") }} where outcome is null),

    -- Receipts and customers are joined separately: joining all people twice takes twice the memory and a fifth more time.
    receipts as (select * from {{ ref("int_capi__people") }} where is_receipt),

    customers as (select * from {{ ref("int_capi__people") }} where not is_receipt),

    contents as (select * from {{ ref("int_capi__contents") }}),

    written as (

        select
            event_key,
            dataset_id,
            event_name,
            event_time,
            amount,
            currency,
            action_source,
            meta_order_id as order_id,
            item_number,
            store_id,
            upload_tag,
            {{ capi_concat(capi_json_pieces(event)) }} as payload,
            expires_at,
            time_note,
            concat_ws(
                ','{% for field in capi_user_data_fields() %}, case when has_{{ field }} then '{{ field }}' end{% endfor %}
            ) as match_keys,
            order_group,
            row_identity,
            built_key
        from orders
        left join receipts as receipt on orders.own_person_key = receipt.person_key
        left join customers as customer on orders.customer_person_key = customer.person_key
        left join contents on orders.receipt_id = contents.order_id

    )

select *
from written
