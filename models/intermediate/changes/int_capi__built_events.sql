{%- set built = capi_last_built("capi_events") or "(select * from verdicts where 1 = 0) as nothing" %}
{%- set kept = "event_key as built_key, order_group, row_identity, dataset_id, order_id, item_number, store_id, event_time, expires_at" %}

with
    verdicts as (select * from {{ ref("int_capi__verdicts") }}),

    touched as (select order_group as touched_group from {{ ref("int_capi__touched") }}),

    delivery_state as (select event_key, first_attempt_at from {{ capi_delivery_state() }}),

    wanted as (

        select event_key as wanted_key, event_time as wanted_time, order_group, row_identity from verdicts where verdict is null

    ),

    -- Both read the table itself: a CTE with two readers would first be materialized, which takes about six times as long.
    touched_events as (

        select {{ kept }}, true as is_touched from {{ built }} where order_group in (select touched_group from touched)

    ),

    -- Equal keys have equal times. With the number and the text, DuckDB finds 100,000 among 6,000,000 in a tenth of the time
    -- that it needs with the text alone.
    other_events as (

        select {{ kept }}, false as is_touched
        from {{ built }}
        where
            (event_key, event_time) in (select wanted_key, wanted_time from wanted)
            and not exists (select 1 from touched where touched_group = order_group)

    ),

    built as (

        select *
        from touched_events
        union all
        select *
        from other_events

    ),

    same_event as (select built.built_key, wanted.wanted_key from built inner join wanted on built.built_key = wanted.wanted_key),

    -- The same row of orders under another key, because its time was corrected.
    same_row as (

        select built.built_key, wanted.wanted_key
        from built
        inner join wanted on built.row_identity = wanted.row_identity
        where
            built.is_touched
            and not exists (select 1 from same_event where same_event.built_key = built.built_key)
            and not exists (select 1 from same_event where same_event.wanted_key = wanted.wanted_key)

    ),

    matched as (

        select *
        from same_event
        union all
        select *
        from same_row

    ),

    -- A row whose event name, dataset, store or item number was corrected is recognised by what it replaces: the old row is gone.
    -- Stores that use the same numbers may sell at another time; zones differ by at most 26 hours.
    replaced as (

        select
            built_key,
            order_group,
            event_time as built_time,
            row_number() over (partition by order_group order by built_key) as place
        from built
        where
            is_touched
            and not exists (select 1 from matched where matched.built_key = built.built_key)
            and not exists (select 1 from verdicts where verdicts.row_identity = built.row_identity)

    ),

    replacing as (

        select wanted_key, order_group, wanted_time, row_number() over (partition by order_group order by wanted_key) as place
        from wanted
        where
            not exists (select 1 from matched where matched.wanted_key = wanted.wanted_key)
            and order_group in (select order_group from replaced)

    ),

    continued as (

        select *
        from matched
        union all
        select replaced.built_key, replacing.wanted_key
        from replaced
        inner join
            replacing on replaced.order_group = replacing.order_group and replaced.place = replacing.place
            {{ "and abs(built_time - wanted_time) <= 93600" if capi_order_id_scope() == "store" }}

    ),

    reasons as (
        select row_identity, min(verdict) as verdict
        from verdicts
        where verdict is not null and verdict <> 'superseded'
        group by row_identity
    ),

    reasons_of_groups as (

        select order_group, min(verdict) as verdict
        from verdicts
        where verdict is not null and order_group in (select order_group from replaced)
        group by order_group

    ),

    -- Meta may know these. Every other event is built anew from its order as it is now.
    attempted as (

        select event_key as attempted_key
        from delivery_state
        where first_attempt_at is not null and event_key in (select built_key from built)

    ),

    explained as (

        select
            built.*,
            continued.wanted_key,
            wanted.order_group as wanted_group,
            wanted.row_identity as wanted_identity,
            case
                when continued.wanted_key is not null
                then null
                else coalesce(reasons.verdict, reasons_of_groups.verdict, 'order_gone')
            end as withdrawn_reason
        from built
        left join continued on built.built_key = continued.built_key
        left join wanted on continued.wanted_key = wanted.wanted_key
        left join reasons on built.row_identity = reasons.row_identity
        left join reasons_of_groups on built.order_group = reasons_of_groups.order_group

    ),

    kept_or_withdrawn as (

        select * from explained where not is_touched or wanted_key is null or built_key in (select attempted_key from attempted)

    )

select *
from kept_or_withdrawn
