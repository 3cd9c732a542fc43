{{ config(materialized="view") }}

with
    events as (select * from {{ ref("capi_events") }}),

    delivered as (select * from {{ capi_delivery_state() }}),

    joined as (

        select
            coalesce(delivered.event_key, events.event_key) as event_key,
            coalesce(events.dataset_id, delivered.dataset_id) as dataset_id,
            coalesce(events.order_id, delivered.order_id) as order_id,
            coalesce(events.store_id, delivered.store_id) as store_id,
            coalesce(events.event_name, delivered.event_name) as event_name,
            coalesce(events.event_time, delivered.event_time) as event_time,
            coalesce(delivered.state, 'pending') as state,
            delivered.reason,
            delivered.first_attempt_at,
            delivered.accepted_at,
            delivered.fbtrace_id,
            events.expires_at,
            delivered.published_at
        from events
        full outer join delivered on events.event_key = delivered.event_key

    )

select *
from joined
