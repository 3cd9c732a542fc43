{{ config(materialized=capi_step()) }}

with
    verdicts as (select * from {{ ref("int_capi__verdicts") }}),

    built as (

        select built_key, wanted_key, is_touched, expires_at as built_expires_at
        from {{ ref("int_capi__built_events") }}
        where wanted_key is not null

    ),

    joined as (

        select verdicts.*, built.built_key, built.is_touched, built.built_expires_at
        from verdicts
        left join built on verdicts.event_key = built.wanted_key and verdicts.verdict is null

    ),

    decided as (

        select
            *,
            case
                when verdict_reasons is not null
                then verdict_reasons
                when not is_touched
                then 'conflicting_duplicate'
                when built_expires_at < {{ capi_now() }}
                then 'too_old'
            end as outcome_reasons,
            least(expires_at, coalesce(built_expires_at, expires_at)) as outcome_expires_at
        from joined

    ),

    concluded as (select *, {{ capi_first_reason("outcome_reasons") }} as outcome from decided)

select *
from concluded
