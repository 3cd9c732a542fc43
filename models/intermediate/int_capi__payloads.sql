{{ config(materialized="view") }}
{%- set custom_fields = var("capi_custom_fields", []) %}

with
    orders as (select * from {{ ref("int_capi__outcomes") }} where outcome is null),

    -- Receipts and customers apart: joining all people twice takes twice the memory and a fifth more time.
    receipts as (select * from {{ ref("int_capi__people") }} where is_receipt),

    customers as (select * from {{ ref("int_capi__people") }} where not is_receipt),

    contents as (select * from {{ ref("int_capi__contents") }}),

    described as (

        select
            orders.*,
            {{ capi_user_data("receipt", "customer") }} as user_data,
            {{
                capi_json_object(
                    [
                        ("value", capi_json_number("amount")),
                        ("currency", "'\"' || currency || '\"'"),
                        ("order_id", capi_json_string("meta_order_id")),
                        ("item_number", capi_json_string("item_number")),
                        ("content_type", "case when contents.contents is not null then '\"product\"' end"),
                        ("content_ids", "contents.content_ids"),
                        ("contents", "contents.contents"),
                        (
                            "num_items",
                            "case when event_name = 'InitiateCheckout' then cast(contents.line_count as varchar) end",
                        ),
                        (
                            "store_data",
                            "nullif("
                            ~ capi_json_object(capi_json_strings(["store_page_id", "brand_page_id", "store_code"]))
                            ~ ", '{}')",
                        ),
                    ]
                    + capi_json_strings(custom_fields)
                )
            }} as custom_data,
            coalesce(
                receipt.data_processing_state, customer.data_processing_state, store_data_processing_state
            ) as data_processing_state
        from orders
        left join receipts as receipt on orders.own_person_key = receipt.person_key
        left join customers as customer on orders.customer_person_key = customer.person_key
        left join contents on orders.order_id = contents.order_id

    ),

    written as (

        select
            event_key,
            dataset_id,
            event_name,
            event_time,
            action_source,
            meta_order_id as order_id,
            item_number,
            store_id,
            upload_tag,
            {{
                capi_json_object(
                    [
                        ("event_name", capi_json_string("event_name")),
                        ("event_time", "cast(event_time as varchar)"),
                        ("action_source", "'\"' || action_source || '\"'"),
                        ("event_id", capi_json_string("event_id")),
                        ("opt_out", "case when opts_out then 'true' end"),
                        ("user_data", "user_data"),
                        ("custom_data", "custom_data"),
                        ("data_processing_options", "case when limits_data_use then '[\"LDU\"]' end"),
                        (
                            "data_processing_options_country",
                            "case when limits_data_use then case when data_processing_state is null then '0' else '1' end end",
                        ),
                        (
                            "data_processing_options_state",
                            "case when limits_data_use then cast(coalesce(data_processing_state, 0) as varchar) end",
                        ),
                    ]
                )
            }} as payload,
            expires_at,
            time_note,
            concat_ws(
                ','{% for field in capi_user_data_fields() %}, case when has_{{ field }} then '{{ field }}' end{% endfor %}
            ) as match_keys,
            order_group,
            row_identity,
            built_key
        from described

    )

select *
from written
