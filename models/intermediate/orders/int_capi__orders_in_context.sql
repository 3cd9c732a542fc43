{{ config(materialized=capi_step()) }}
{%- set flags = {"limited_data_use": "limits_data_use", "opt_out": "opts_out"} %}
{%- set has_changes = "updated_at" in capi_raw_columns("orders") %}

with
    orders as (select * from {{ ref("int_capi__touched_orders") }}),

    customers as (select * from {{ ref("stg_capi__customers") }}),

    stores as (select * from {{ ref("int_capi__stores") }}),

    customer_records as (select coalesce(bool_or(records_consent), false) as customers_record_consent from customers),

    answers as (select * from {{ ref("int_capi__answers") }}),

    statuses as (select status, meaning as status_meaning from {{ ref("int_capi__order_statuses") }}),

    wanted_customers as (select * from customers where customer_id in (select customer_id from orders)),

    countries as (select distinct country as value from wanted_customers where country is not null),

    {{ capi_country_steps("countries") }},

    -- A customer may have several rows: any no in them counts, and so does any answer that is not understood.
    permissions as (

        select
            customers.customer_id,
            min(consents.marketing_consent) as marketing_consent,
            {%- for flag in flags %}
                bool_or({{ flag }}s.{{ flag }} = 'yes') as {{ flag }},
                bool_or({{ flag }}s.{{ flag }} = 'unreadable') as is_{{ flag }}_unclear,
            {%- endfor %}
            min({{ capi_kept("country_judged.verdict") }}) as country
        from wanted_customers as customers
        left join country_judged on customers.country = country_judged.value
        left join answers as consents on customers.marketing_consent = consents.said
        {%- for flag in flags %} left join answers as {{ flag }}s on customers.{{ flag }} = {{ flag }}s.said {%- endfor %}
        group by customers.customer_id

    ),

    -- Left out if orders have no such column: orders would be read twice for nothing.
    {% if has_changes -%}
        other_changes as (
            select distinct updated_at as other_text
            from orders
            where updated_at is not null and {{ capi_change_form("updated_at") }} is null
        ),

        {{ capi_clock_steps("other_changes") }},

        changes as (select other_text, {{ capi_iso_text("other_clock", "other_offset") }} as iso_text from clocked),
    {%- endif %}

    changed as (

        select
            orders.*, {{ "coalesce(changes.iso_text, orders.updated_at)" if has_changes else "orders.updated_at" }} as change_text
        from orders {{ "left join changes on orders.updated_at = changes.other_text" if has_changes }}

    ),

    cleaned as (

        select
            *,
            {{ capi_clean("item_number") }} as line_id,
            {{ capi_change_form("change_text") }} as changed_form,
            case when not {{ capi_is_nobody("customer_id") }} then customer_id end as buyer_id,
            {{ capi_is_contact_at_first_sight("customer_id") }} as is_customer_id_contact,
            coalesce(
                {{ capi_clean("event_name") }}, {{ capi_literal(var("capi_event_name", "Purchase")) }}
            ) as declared_event_name,
            coalesce(
                {{ capi_lower(capi_clean("action_source")) }}, {{ capi_literal(var("capi_action_source", "physical_store")) }}
            ) as declared_action_source,
            coalesce({{ capi_clean("upload_tag") }}, {{ capi_literal(var("capi_upload_tag", "")) }}) as declared_upload_tag,
            {{ capi_trim("ordered_at") }} as time_text,
            {{ capi_trim("total") }} as total_text,
            {{ capi_person_hash() }} as own_person_hash
        from changed

    ),

    joined as (

        select
            cleaned.*,
            coalesce(statuses.status_meaning, 'sale') as status_meaning,
            cleaned.records_consent or customer_records.customers_record_consent as consent_is_recorded,
            coalesce(
                {{ capi_clean("cleaned.dataset_id") }}, stores.dataset_id, {{ capi_literal(var("capi_dataset_id", "")) }}
            ) as target_dataset_id,
            coalesce({{ capi_clean("cleaned.dataset_id") }}, stores.dataset_id) is not null as names_dataset,
            coalesce({{ capi_clean("cleaned.currency") }}, stores.currency) as declared_currency,
            coalesce(
                stores.time_zone, case when stores.declared_time_zone is null then {{ capi_default_time_zone() }} end
            ) as time_zone,
            stores.declared_time_zone,
            {{ "cleaned.store_id is not null and stores.store_id is null" if capi_uses("stores") else "false" }}
            as is_store_unknown,
            {{ "cleaned.buyer_id is not null and permissions.customer_id is null" if capi_uses("customers") else "false" }}
            as is_customer_unknown,
            coalesce(stores.country, {{ capi_default_country() }}) as fallback_country,
            coalesce(permissions.country, stores.country, {{ capi_default_country() }}) as own_fallback_country,
            stores.store_code,
            stores.store_page_id,
            stores.brand_page_id,
            stores.data_processing_state as store_data_processing_state,
            {{ capi_stricter("consents.marketing_consent", "permissions.marketing_consent") }} as consent
            {%- for flag, answer in flags.items() %}
                ,
                coalesce({{ flag }}s.{{ flag }} = 'yes', false) or coalesce(permissions.{{ flag }}, false) as {{ answer }},
                coalesce({{ flag }}s.{{ flag }} = 'unreadable', false)
                or coalesce(permissions.is_{{ flag }}_unclear, false) as is_{{ flag }}_unclear
            {%- endfor %}
        from cleaned
        cross join customer_records
        left join statuses on cleaned.status = statuses.status
        left join stores on cleaned.store_id = stores.store_id
        left join permissions on cleaned.customer_id = permissions.customer_id
        left join answers as consents on cleaned.marketing_consent = consents.said
        {%- for flag in flags %} left join answers as {{ flag }}s on cleaned.{{ flag }} = {{ flag }}s.said {%- endfor %}

    )

select *
from joined
