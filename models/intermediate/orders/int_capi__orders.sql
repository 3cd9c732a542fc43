{{ config(post_hook="{{ offline_capi.capi_warn_of_contact_ids() }}") }}
{#- Every order as the facts of an event, without anything that identifies a person: identity joins later, hashed. -#}
{%- set scope = capi_order_id_scope() %}
{%- set meta_order_id = {
    "dataset": "receipt_id",
    "store": "store_id || '-' || receipt_id",
    "day": "coalesce(store_id || '-', '') || receipt_id",
}[scope] %}
{%- set receipt_scope = {
    "dataset": "target_dataset_id",
    "store": "coalesce(store_id, '')",
    "day": "coalesce(store_id, '') || ' ' || coalesce(receipt_day, '')",
}[scope] %}

with
    orders as (select * from {{ ref("int_capi__orders_judged") }}),

    -- In the order of judgement, as in int_capi__rejection_reasons. Reasons that another row of the receipt may also give stay
    -- separate.
    concluded as (

        select
            *,
            {{
                capi_reasons(
                    [
                        "store_unknown_reason",
                        "time_reason",
                        "dataset_reason",
                        "event_name_reason",
                        "action_source_reason",
                        "age_reason",
                        "value_reason",
                        "refunded_reason",
                        "currency_reason",
                        "size_reason",
                        "person_reason",
                    ]
                )
            }} as further_reasons
        from orders

    ),

    refused as (

        select
            *,
            coalesce(
                store_reason,
                cancelled_reason,
                refund_reason,
                sale_reason,
                consent_reason,
                limited_data_use_reason,
                opt_out_reason,
                further_reasons
            )
            is not null as is_refused
        from concluded

    ),

    kept as (

        select
            -- -------- ids
            order_group,
            -- Identifies the row after a correction; without an order id, only its whole content can.
            case
                when {{ meta_order_id }} is not null
                then
                    {{
                        capi_hash_of(
                            ["store_id", "receipt_id", "line_id", "meta_event_name", "target_dataset_id"]
                            + (["receipt_day"] if scope == "day" else [])
                        )
                    }}
                else row_hash
            end as row_identity,
            order_id,
            receipt_id,
            receipt_day,
            {{ receipt_scope }} as receipt_scope,
            names_dataset,
            {{ capi_change("change_text", "changed_form") }} as changed_at,
            changed_form,
            store_id,
            customer_id,
            -- For an order that is not sent, nothing is kept that could identify its person.
            case when not is_refused then own_person_hash end as own_person_hash,
            case
                when not is_refused then 'receipt:' || own_person_hash || ':' || coalesce(own_fallback_country, '')
            end as own_person_key,
            own_fallback_country,
            case
                when not is_refused then 'customer:' || buyer_id || ':' || coalesce(fallback_country, '')
            end as customer_person_key,
            is_customer_unknown,
            is_customer_id_contact,
            fallback_country,

            -- -------- what Meta deduplicates by
            target_dataset_id as dataset_id,
            meta_event_name as event_name,
            event_time,
            {{ meta_order_id }} as meta_order_id,
            line_id as item_number,

            -- -------- the rest of the event
            declared_action_source as action_source,
            expires_at,
            nullif(declared_upload_tag, '') as upload_tag,
            {{ capi_clean("event_id") }} as event_id,
            cast(
                {{ capi_round_amount(capi_kept_amount("total_amount", "returned_amount"), "meta_currency") }} as decimal(18, 3)
            ) as amount,
            case when total_amount is not null then meta_currency end as currency,
            store_code,
            store_page_id,
            brand_page_id,
            limits_data_use as row_limits_data_use,
            opts_out as row_opts_out,
            store_data_processing_state,
            {% for field in capi_custom_fields() -%} {{ capi_clean(field.column) }} as {{ field.column }}, {% endfor %}
            time_note,

            -- -------- as the shop wrote it, for readers of capi_rejected_events
            status,
            ordered_at,

            -- -------- verdict
            store_reason,
            cancelled_reason,
            refund_reason,
            sale_reason,
            consent_reason,
            limited_data_use_reason,
            opt_out_reason,
            further_reasons

        from refused

    )

select *
from kept
