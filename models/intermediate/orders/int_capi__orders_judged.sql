{{ config(materialized="view") }}
{% set age_limit %}
86400 * (case when declared_action_source = 'physical_store' then {{ var("capi_max_age_days_physical_store", 62) }} else {{ var("capi_max_age_days_other", 7) }} end)
{% endset %}

with
    orders as (select * from {{ ref("int_capi__orders_timed") }}),

    -- A join, because a look-up would keep all rows in memory twice.
    currencies as (select currency as meta_currency, signs as currency_signs from {{ ref("int_capi__currencies") }}),

    priced as (

        select orders.*, currencies.meta_currency, currencies.currency_signs
        from orders
        left join currencies on {{ capi_currency_text("orders.declared_currency") }} = currencies.meta_currency

    ),

    {{
        capi_amount_steps(
            "priced",
            "amounts",
            {"total": ("total_text", "total_is_number"), "refunded": ("refunded", "refunded_is_number")},
            "currency_signs",
            capi_has_three_decimals("meta_currency"),
        )
    }},

    typed as (

        select
            *,
            {{ capi_event_name("declared_event_name") }} as meta_event_name,
            event_time + {{ age_limit | trim }} as expires_at,
            -- Some systems write refunded amounts as negative numbers.
            abs(refunded_amount) as returned_amount,
            {{ capi_clean("total_text") }} is not null as has_total
        from amounts

    ),

    -- One column per concern, one code per rule. Within a concern only one rule can apply; the concerns do not exclude each
    -- other.
    judged as (

        select
            *,
            case when store_id in {{ capi_literals(var("capi_test_stores", [])) }} then 'test_store' end as store_reason,
            case when status_meaning = 'cancelled' then 'cancelled' end as cancelled_reason,
            case
                when status_meaning = 'refund' or total_amount < 0 or (returned_amount > 0 and returned_amount >= total_amount)
                then 'refund'
            end as refund_reason,
            case
                when status_meaning = 'not_a_sale'
                then 'not_a_sale'
                {% if capi_setting("capi_status_when_unknown", ["not_sent", "sent"]) == "not_sent" %}
                    when status_meaning = 'unknown' then 'status_unknown'
                {% endif %}
            end as sale_reason,
            case
                when consent = 'no'
                then 'consent_denied'
                when consent = 'unreadable'
                then 'consent_unclear'
                {% if capi_setting("capi_consent_when_unknown", ["not_sent", "sent"]) == "not_sent" %}
                    when consent is null and consent_is_recorded then 'consent_unknown'
                {% endif %}
            end as consent_reason,
            case when is_limited_data_use_unclear then 'limited_data_use_unclear' end as limited_data_use_reason,
            case when is_opt_out_unclear then 'opt_out_unclear' end as opt_out_reason,
            {{
                (
                    "case when is_store_unknown then 'store_unknown' end"
                    if capi_setting("capi_store_when_unknown", ["not_sent", "defaults"]) == "not_sent"
                    else "cast(null as " ~ dbt.type_string() ~ ")"
                )
            }} as store_unknown_reason,
            case
                when target_dataset_id = ''
                then 'dataset_missing'
                when not {{ capi_matches("target_dataset_id", "[0-9]{1,20}") }}
                then 'dataset_invalid'
            end as dataset_reason,
            case when meta_event_name is null then 'event_name_invalid' end as event_name_reason,
            case
                when
                    declared_action_source not in (
                        'email',
                        'website',
                        'app',
                        'phone_call',
                        'chat',
                        'physical_store',
                        'system_generated',
                        'business_messaging',
                        'other'
                    )
                then 'action_source_unknown'
            end as action_source_reason,
            case
                when event_time > {{ capi_now() }} + {{ var("capi_future_tolerance_seconds", 60) }}
                then 'in_the_future'
                when expires_at < {{ capi_now() }}
                then 'too_old'
            end as age_reason,
            case
                when total_amount is not null
                then null
                when has_total
                then coalesce(total_fault, 'value_not_a_number')
                when meta_event_name = 'Purchase'
                then 'value_missing'
            end as value_reason,
            case
                when returned_amount is null and {{ capi_clean("refunded") }} is not null
                then 'refunded_unclear'
                when status_meaning = 'partial_refund' and coalesce(returned_amount, 0) = 0
                then 'refunded_unclear'
            end as refunded_reason,
            case
                when total_amount is null and not has_total and meta_event_name <> 'Purchase'
                then null
                when declared_currency is null
                then 'currency_missing'
                when meta_currency is null
                then 'currency_unknown'
            end as currency_reason,
            case
                when
                    length(
                        concat_ws(
                            '',
                            order_id,
                            store_id,
                            item_number,
                            event_id,
                            upload_tag
                            {% for field in capi_custom_fields() %}, {{ field.column }}{% endfor %}
                        )
                    )
                    > 10000
                then 'event_too_large'
            end as size_reason,
            -- A person who is named here may still turn out to have no usable identifier.
            case when own_person_hash is null and buyer_id is null then 'no_match_keys' end as person_reason
        from typed

    )

select *
from judged
