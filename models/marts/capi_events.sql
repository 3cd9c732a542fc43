{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        on_schema_change="append_new_columns",
        full_refresh=capi_always_whole(),
        pre_hook=[
            "{{ offline_capi.capi_delete_withdrawn() }}",
            "{{ offline_capi.capi_follow_rows() }}",
            "{{ offline_capi.capi_compress('payload') }}",
        ],
        post_hook="{{ offline_capi.capi_complete_events() }}",
    )
}}
{%- set is_partial = capi_is_partial() %}
-- Written after the lists of its changes: otherwise, when a failed run is finished by the next, these could no longer be found.
-- depends_on: {{ ref("capi_dropped_values") }}, {{ ref("capi_later_changes") }}
with
    payloads as (select * from {{ ref("int_capi__payloads") }}),

    -- An event that was built earlier keeps its bytes: what its order would give today is in capi_later_changes.
    new as (

        select
            event_key,
            dataset_id,
            event_name,
            event_time,
            {{ capi_utc_timestamp("event_time") }} as event_at,
            amount as value,
            currency,
            action_source,
            order_id,
            item_number,
            store_id,
            upload_tag,
            payload,
            expires_at,
            time_note,
            match_keys,
            order_group,
            row_identity,
            {{ capi_hash_of(["payload"]) }} as payload_hash
        from payloads
        where built_key is null

    )

select *
from new {{ "where 1 = 0" if is_partial }}
