{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        on_schema_change="append_new_columns",
        full_refresh=capi_always_whole(),
        pre_hook="{{ offline_capi.capi_delete_touched() }}",
        post_hook=["{{ offline_capi.capi_note_run() }}", "{{ offline_capi.capi_empty_parts() }}"],
    )
}}
{%- set is_partial = capi_is_partial() %}
-- Written after all marts, so that what a failed run leaves behind is judged again.
-- depends_on: {{ ref("capi_events") }}, {{ ref("capi_rejected_events") }}, {{ ref("int_capi__last_run") }}
with
    touched as (select * from {{ ref("int_capi__touched") }}),

    outcomes as (select * from {{ ref("int_capi__outcomes") }}),

    of_groups as (

        select
            order_group,
            -- When time alone changes the verdict: a future order becomes due, and every other one becomes too old.
            min(
                case
                    when outcome_reasons like '%in_the_future%'
                    then event_time - {{ var("capi_future_tolerance_seconds", 60) }}
                    when outcome is null or outcome_reasons not like '%too_old%'
                    then outcome_expires_at + 1
                end
            ) as judge_again_at,
            max(case when outcome is null then 1 else 0 end) = 1 as has_event,
            max(case when outcome is not null and order_reason is null then 1 else 0 end) = 1 as is_rejected_for_its_person
        from outcomes
        group by order_group

    ),

    judged as (

        select
            touched.order_group,
            touched.facts,
            case when of_groups.has_event then touched.persons end as persons,
            case
                when of_groups.is_rejected_for_its_person and touched.names_somebody and not of_groups.has_event
                then 0
                else of_groups.judge_again_at
            end as judge_again_at,
            {{ capi_now() }} as judged_at
        from touched
        left join of_groups on touched.order_group = of_groups.order_group
        where touched.facts is not null

    )

select *
from judged {{ "where 1 = 0" if is_partial }}
