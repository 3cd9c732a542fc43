{#- Every order as the facts of an event, without anything that names a person: identity joins later, hashed. -#}
{% set age_limit %}
86400 * (case when declared_action_source = 'physical_store' then {{ var("capi_max_age_days_physical_store", 62) }} else {{ var("capi_max_age_days_other", 7) }} end)
{% endset %}

with
    orders as (select * from {{ ref("stg_capi__orders") }}),

    customers as (select * from {{ ref("stg_capi__customers") }}),

    stores as (select * from {{ ref("int_capi__stores") }}),

    customer_records as (select coalesce(bool_or(records_consent), false) as customers_record_consent from customers),

    permissions as (

        select
            customer_id,
            -- Where a customer stands twice, the stricter answer counts.
            bool_and({{ capi_boolean("marketing_consent") }}) as marketing_consent,
            bool_or({{ capi_boolean("limited_data_use") }}) as limited_data_use,
            min({{ capi_normalise_country("country") }}) as country,
            max(
                case when {{ capi_boolean("limited_data_use") }} is null then {{ capi_clean("limited_data_use") }} end
            ) as unclear_limited_data_use
        from customers
        where customer_id is not null
        group by customer_id

    ),

    cleaned as (

        select
            *,
            {{ capi_clean("order_id") }} as receipt_id,
            {{ capi_clean("item_number") }} as line_id,
            coalesce(
                {{ capi_clean("event_name") }}, {{ capi_literal(var("capi_event_name", "Purchase")) }}
            ) as declared_event_name,
            coalesce(
                lower({{ capi_clean("action_source") }}), {{ capi_literal(var("capi_action_source", "physical_store")) }}
            ) as declared_action_source,
            coalesce({{ capi_clean("upload_tag") }}, {{ capi_literal(var("capi_upload_tag", "")) }}) as declared_upload_tag,
            regexp_replace(lower(status), '[^a-z]', '', 'g') as status_word,
            trim(ordered_at) as time_text,
            trim(total) as total_text,
            {{ capi_person_hash() }} as own_person_hash
        from orders

    ),

    joined as (

        select
            cleaned.*,
            cleaned.records_consent or customer_records.customers_record_consent as consent_is_recorded,
            coalesce(
                {{ capi_clean("cleaned.dataset_id") }}, stores.dataset_id, {{ capi_literal(var("capi_dataset_id", "")) }}
            ) as target_dataset_id,
            coalesce({{ capi_clean("cleaned.currency") }}, stores.currency) as declared_currency,
            coalesce(
                stores.time_zone, case when stores.declared_time_zone is null then {{ capi_default_time_zone() }} end
            ) as time_zone,
            stores.declared_time_zone,
            coalesce(stores.country, {{ capi_default_country() }}) as fallback_country,
            coalesce(permissions.country, stores.country, {{ capi_default_country() }}) as own_fallback_country,
            stores.store_code,
            stores.store_page_id,
            stores.brand_page_id,
            stores.data_processing_state as store_data_processing_state,
            coalesce({{ capi_boolean("cleaned.marketing_consent") }}, permissions.marketing_consent) as has_consent,
            coalesce({{ capi_boolean("cleaned.limited_data_use") }}, permissions.limited_data_use) as limits_data_use,
            case
                when {{ capi_boolean("cleaned.limited_data_use") }} is null
                then coalesce({{ capi_clean("cleaned.limited_data_use") }}, permissions.unclear_limited_data_use)
            end as unclear_limited_data_use
        from cleaned
        cross join customer_records
        left join stores on cleaned.store_id = stores.store_id
        left join permissions on cleaned.customer_id = permissions.customer_id

    ),

    timed as (

        select
            *,
            case
                when time_text is null or time_text = ''
                then 'time_missing'
                when regexp_full_match(time_text, '[0-9]{9,10}(\.[0-9]*)?')
                then 'epoch'
                when regexp_full_match(time_text, '[0-9]{12,}(\.[0-9]*)?')
                then 'time_in_milliseconds'
                when regexp_full_match(time_text, '[0-9]{5}(\.[0-9]*)?')
                then 'time_is_spreadsheet_serial'
                when regexp_full_match(time_text, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
                then 'time_without_clock'
                when regexp_full_match(time_text, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?')
                then 'local'
                when
                    regexp_full_match(
                        time_text,
                        '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)? ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)'
                    )
                then 'zoned'
                else 'time_not_readable'
            end as time_form,
            try_cast(time_text as timestamp) as local_timestamp
        from joined

    ),

    typed as (

        select
            *,
            case
                time_form
                when 'epoch'
                then try_cast(split_part(time_text, '.', 1) as bigint)
                when 'local'
                then {{ capi_local_epoch("local_timestamp", "time_zone") }}
                when 'zoned'
                then {{ capi_zoned_epoch("time_text") }}
            end as event_time,
            {{ capi_event_name("declared_event_name") }} as meta_event_name,
            {{ capi_normalise_currency("declared_currency") }} as meta_currency,
            case
                when regexp_full_match(total_text, '[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?')
                then try_cast(total_text as decimal(24, 8))
            end as total_amount
        from timed

    ),

    judged as (

        select
            *,
            case
                when store_id in {{ capi_literals(var("capi_test_stores", [])) }}
                then 'test_store'
                when status_word in ('cancelled', 'canceled', 'cancel', 'void', 'voided', 'annulled')
                then 'cancelled'
                when
                    status_word
                    in ('refund', 'refunded', 'fullyrefunded', 'return', 'returned', 'chargeback', 'chargedback', 'reversed')
                    or total_amount < 0
                then 'refund'
                when status_word in {{ capi_literals(capi_statuses_not_sales()) }}
                then 'not_a_sale'
                when not has_consent
                then 'consent_denied'
                {% if capi_setting("capi_consent_when_unknown", ["not_sent", "sent"]) == "not_sent" %}
                    when has_consent is null and consent_is_recorded then 'consent_unknown'
                {% endif %}
                when unclear_limited_data_use is not null
                then 'limited_data_use_unclear'
                when time_form not in ('epoch', 'local', 'zoned')
                then time_form
                when time_form = 'local' and local_timestamp is null
                then 'time_not_readable'
                when time_form = 'local' and time_zone is null and declared_time_zone is not null
                then 'time_zone_unknown'
                when time_form = 'local' and time_zone is null
                then 'time_zone_missing'
                when event_time is null
                then 'time_not_readable'
                when target_dataset_id = ''
                then 'dataset_missing'
                when not regexp_full_match(target_dataset_id, '[0-9]{1,20}')
                then 'dataset_invalid'
                when meta_event_name is null
                then 'event_name_invalid'
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
                when event_time > {{ capi_now() }} + {{ var("capi_future_tolerance_seconds", 60) }}
                then 'in_the_future'
                when event_time < {{ capi_now() }} - {{ age_limit | trim }}
                then 'too_old'
                when total_amount is null and {{ capi_clean("total_text") }} is not null
                then 'value_not_a_number'
                when total_amount is null and meta_event_name = 'Purchase'
                then 'value_missing'
                when total_amount is not null and declared_currency is null
                then 'currency_missing'
                when total_amount is not null and meta_currency is null
                then 'currency_unknown'
                when
                    length(
                        concat_ws(
                            '',
                            order_id,
                            store_id,
                            item_number,
                            event_id,
                            upload_tag
                            {% for field in var("capi_custom_fields", []) %}, {{ field | lower }}{% endfor %}
                        )
                    )
                    > 10000
                then 'event_too_large'
            end as reason
        from typed

    ),

    kept as (

        select
            -- -------- ids
            order_id,
            store_id,
            customer_id,
            own_person_hash,
            'receipt:' || own_person_hash || ':' || coalesce(own_fallback_country, '') as own_person_key,
            own_fallback_country,
            'customer:' || customer_id || ':' || coalesce(fallback_country, '') as customer_person_key,
            fallback_country,

            -- -------- what Meta deduplicates by
            target_dataset_id as dataset_id,
            meta_event_name as event_name,
            event_time,
            {{
                (
                    "store_id || '-' || receipt_id"
                    if capi_setting("capi_order_id_scope", ["dataset", "store"]) == "store"
                    else "receipt_id"
                )
            }} as meta_order_id,
            line_id as item_number,

            -- -------- the rest of the event
            declared_action_source as action_source,
            event_time + {{ age_limit | trim }} as expires_at,
            nullif(declared_upload_tag, '') as upload_tag,
            {{ capi_clean("event_id") }} as event_id,
            {{ capi_round_amount("total_amount", "meta_currency") }} as amount,
            case when total_amount is not null then meta_currency end as currency,
            store_code,
            store_page_id,
            brand_page_id,
            limits_data_use,
            store_data_processing_state,
            {% for field in var("capi_custom_fields", []) -%} {{ capi_clean(field | lower) }} as {{ field | lower }}, {% endfor %}
            case
                when
                    time_form = 'local'
                    and {{ capi_local_timestamp("event_time", "time_zone") }} <> date_trunc('second', local_timestamp)
                then 'skipped_hour'
                when
                    time_form = 'local'
                    and {{ capi_local_timestamp("event_time - 3600", "time_zone") }} = date_trunc('second', local_timestamp)
                then 'repeated_hour'
            end as time_note,

            -- -------- verdict
            reason

        from judged

    )

select *
from kept
