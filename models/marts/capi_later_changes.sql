{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        on_schema_change="append_new_columns",
        full_refresh=capi_always_whole(),
        pre_hook="{{ offline_capi.capi_delete_outdated_changes() }}",
    )
}}
{%- set is_partial = capi_is_partial() %}
{%- set last_events = capi_last_built("capi_events") %}

with
    built as (select * from {{ ref("int_capi__built_events") }}),

    payloads as (
        select *
        from {{ ref("int_capi__payloads") }}
        -- Before a first build nothing has been built, and no payload needs to be written to find that out.
        where built_key is not null {{ "and 1 = 0" if not last_events }}
    ),

    events as (
        select *
        from {{ last_events or "payloads" }}
        where event_key in (select built_key from built where wanted_key is not null)
    ),

    compared as (

        select
            events.event_key,
            events.dataset_id,
            events.order_id,
            events.item_number,
            events.store_id,
            events.expires_at,
            payloads.order_group,
            {{ capi_changed_fields("events.payload", "payloads.payload") }} as fields,
            events.dataset_id <> payloads.dataset_id as has_other_dataset,
            events.store_id is distinct from payloads.store_id as has_other_store,
            events.upload_tag is distinct from payloads.upload_tag as has_other_upload_tag
        from events
        inner join payloads on events.event_key = payloads.built_key

    ),

    differing as (

        select
            event_key, dataset_id, order_id, item_number, store_id, expires_at, order_group, {{ capi_unnest("fields") }} as field
        from compared
        {%- for column in ["dataset", "store", "upload_tag"] %}
            union all
            select
                event_key,
                dataset_id,
                order_id,
                item_number,
                store_id,
                expires_at,
                order_group,
                '{{ column if column == "upload_tag" else column ~ "_id" }}'
            from compared
            where has_other_{{ column }}
        {%- endfor %}

    ),

    unioned as (

        select
            event_key,
            dataset_id,
            order_id,
            item_number,
            store_id,
            'differs' as change,
            field,
            cast(null as {{ dbt.type_string() }}) as reason,
            expires_at,
            order_group
        from differing
        union all
        select
            built_key, dataset_id, order_id, item_number, store_id, 'withdrawn', null, withdrawn_reason, expires_at, order_group
        from built
        where is_touched and withdrawn_reason is not null and expires_at >= {{ capi_now() }}

    )

select *
from unioned {{ "where 1 = 0" if is_partial }}
