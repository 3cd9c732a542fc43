{%- set columns = [
    "event_key", "dataset_id", "event_name", "event_time", "action_source", "order_id", "item_number", "store_id", "upload_tag",
    "payload", "expires_at", "time_note",
] %}

with
    events as (select * from {{ ref("int_capi__events") }} where reason is null),

    repeated as (select * from {{ ref("int_capi__repeated_events") }}),

    single as (

        select {{ columns | join(", ") }}
        from events
        where event_key not in (select event_key from repeated)

    ),

    -- Rows that give the same event give it once.
    merged as (

        select distinct {{ columns | join(", ") }}
        from events
        where event_key in (select event_key from repeated where reason = 'duplicate_row')

    ),

    unioned as (

        select *
        from single
        union all
        select *
        from merged

    )

select *
from unioned
