{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        on_schema_change="append_new_columns",
        pre_hook="{{ offline_capi.capi_delete_touched() }}",
    )
}}
{%- set is_partial = capi_is_partial() %}

with
    outcomes as (select * from {{ ref("int_capi__outcomes") }} where outcome is not null),

    reasons as (select * from {{ ref("int_capi__rejection_reasons") }}),

    explained as (

        select
            outcomes.order_id,
            outcomes.store_id,
            outcomes.customer_id,
            outcomes.outcome as reason,
            {{ capi_split("outcomes.outcome_reasons", ",") }} as reasons,
            reasons.remedy,
            outcomes.status,
            outcomes.ordered_at,
            outcomes.event_name,
            outcomes.event_time,
            outcomes.amount as value,
            outcomes.currency,
            nullif(outcomes.dataset_id, '') as dataset_id,
            -- Without an order id the key is made of who somebody is.
            case when outcomes.meta_order_id is not null then outcomes.event_key end as event_key,
            outcomes.order_group
        from outcomes
        left join reasons on outcomes.outcome = reasons.reason

    )

select *
from explained {{ "where 1 = 0" if is_partial }}
