{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        on_schema_change="append_new_columns",
        pre_hook="{{ offline_capi.capi_delete_touched() }}",
    )
}}
{% do capi_refuse_a_part() %}

with
    outcomes as (select * from {{ ref("int_capi__outcomes") }} where outcome is not null),

    reasons as (select * from {{ ref("int_capi__rejection_reasons") }}),

    explained as (

        select outcomes.order_id, outcomes.store_id, outcomes.outcome as reason, reasons.remedy, outcomes.order_group
        from outcomes
        left join reasons on outcomes.outcome = reasons.reason

    )

select *
from explained
