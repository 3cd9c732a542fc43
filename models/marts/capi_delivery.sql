{{ config(materialized="view") }}

with
    events as (select * from {{ ref("capi_events") }}),

    delivered as (select * from {{ capi_delivery_state() }}),

    -- If both know an event, what was sent counts: a rebuilt table may say something else about it.
    joined as (

        select
            coalesce(delivered.event_key, events.event_key) as event_key,
            coalesce(events.dataset_id, delivered.dataset_id) as dataset_id,
            coalesce(events.order_id, delivered.order_id) as order_id,
            coalesce(events.store_id, delivered.store_id) as store_id,
            coalesce(events.event_name, delivered.event_name) as event_name,
            coalesce(events.event_time, delivered.event_time) as event_time,
            case when delivered.currency is not null then delivered.value else events.value end as value,
            coalesce(delivered.currency, events.currency) as currency,
            coalesce(delivered.state, 'pending') as state,
            delivered.reason,
            delivered.first_attempt_at,
            delivered.accepted_at,
            delivered.fbtrace_id,
            coalesce(events.expires_at, delivered.expires_at) as expires_at,
            delivered.published_at,
            events.match_keys,
            events.event_key is not null as is_in_capi_events
        from events
        full outer join delivered on events.event_key = delivered.event_key

    ),

    dated as (

        select *, {{ capi_utc_timestamp("event_time") }} as event_at, {{ capi_utc_timestamp("accepted_at") }} as accepted_at_utc
        from joined

    )

select *
from dated
