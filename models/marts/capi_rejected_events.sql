{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        on_schema_change="append_new_columns",
        full_refresh=capi_always_whole(),
        pre_hook="{{ offline_capi.capi_delete_touched() }}",
    )
}}
{%- set is_partial = capi_is_partial() %}

with
    outcomes as (select * from {{ ref("int_capi__outcomes") }} where outcome is not null),

    sent as (select event_key from {{ ref("int_capi__outcomes") }} where outcome is null),

    reasons as (select * from {{ ref("int_capi__rejection_reasons") }}),

    -- Recognised by the key that it would have today, or by its row if its time was corrected too.
    withdrawn as (

        select row_identity, min(built_key) as built_key
        from {{ ref("int_capi__built_events") }}
        where withdrawn_reason is not null
        group by row_identity

    ),

    keyed as (

        select outcomes.*, coalesce(withdrawn.built_key, outcomes.event_key) as delivered_key
        from outcomes
        left join withdrawn on outcomes.row_identity = withdrawn.row_identity

    ),

    -- What the sender has attempted, except what is still an event.
    delivered as (

        select event_key as delivered_key, state = 'accepted' as is_accepted
        from {{ capi_delivery_state() }} as attempted
        where
            first_attempt_at is not null
            and state <> 'rejected'
            and event_key in (select delivered_key from keyed)
            and not exists (select 1 from sent where sent.event_key = attempted.event_key)

    ),

    explained as (

        select
            outcomes.order_id,
            outcomes.store_id,
            outcomes.customer_id,
            outcomes.outcome as reason,
            {{ capi_split("outcomes.outcome_reasons", ",") }} as reasons,
            case
                when delivered.is_accepted and outcomes.outcome = 'too_old'
                then 'Its event was delivered in time, and Meta counts the sale; nothing to do.'
                when delivered.is_accepted
                then
                    replace(reasons.remedy, '; nothing to do.', '.')
                    || ' Its event was delivered before that: Meta still counts the sale and takes nothing back, so leave it out where you compare.'
                when delivered.delivered_key is not null
                then
                    replace(reasons.remedy, '; nothing to do.', '.')
                    || ' Its event was sent before that and may have arrived, so that Meta may still count the sale.'
                else reasons.remedy
            end as remedy,
            outcomes.status,
            outcomes.ordered_at,
            outcomes.event_name,
            outcomes.event_time,
            outcomes.amount as value,
            outcomes.currency,
            nullif(outcomes.dataset_id, '') as dataset_id,
            -- Without an order id, the key is made from personal data.
            case when outcomes.meta_order_id is not null then outcomes.event_key end as event_key,
            outcomes.order_group
        from keyed as outcomes
        left join reasons on outcomes.outcome = reasons.reason
        left join delivered on outcomes.delivered_key = delivered.delivered_key

    )

select *
from explained {{ "where 1 = 0" if is_partial }}
