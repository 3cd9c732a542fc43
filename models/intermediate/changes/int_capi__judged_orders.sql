{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ offline_capi.capi_delete_touched() }}",
    )
}}
{% do capi_refuse_a_part() %}
-- Written after all marts, so that what a failed run leaves behind is judged again.
-- depends_on: {{ ref("capi_events") }}, {{ ref("capi_rejected_events") }}
with
    touched as (select * from {{ ref("int_capi__touched") }}),

    outcomes as (select * from {{ ref("int_capi__outcomes") }}),

    -- When time alone changes the verdict: an order of the future comes due, and every other one becomes too old.
    due as (

        select
            order_group,
            min(
                case
                    when outcome_reasons like '%in_the_future%'
                    then event_time - {{ var("capi_future_tolerance_seconds", 60) }}
                    when outcome is null or outcome_reasons not like '%too_old%'
                    then outcome_expires_at + 1
                end
            ) as judge_again_at
        from outcomes
        group by order_group

    ),

    judged as (

        select touched.order_group, touched.fingerprint, due.judge_again_at, {{ capi_now() }} as judged_at
        from touched
        left join due on touched.order_group = due.order_group
        where touched.fingerprint is not null

    )

select *
from judged
