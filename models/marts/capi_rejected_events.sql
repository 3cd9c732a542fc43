with
    events as (select * from {{ ref("int_capi__eligibility") }}),

    repeated as (select * from {{ ref("int_capi__repeated_events") }}),

    reasons as (select * from {{ ref("int_capi__rejection_reasons") }}),

    -- The first of several identical rows is the event; the others are accounted for here.
    copies as (

        select
            events.order_id,
            events.store_id,
            repeated.reason,
            row_number() over (partition by events.event_key order by events.order_id) as copy
        from events
        inner join repeated on events.event_key = repeated.event_key
        where events.reason is null

    ),

    unioned as (

        select order_id, store_id, reason
        from events
        where reason is not null
        union all
        select order_id, store_id, reason
        from copies
        where copy > 1 or reason <> 'duplicate_row'

    ),

    explained as (

        select unioned.order_id, unioned.store_id, unioned.reason, reasons.remedy
        from unioned
        left join reasons on unioned.reason = reasons.reason

    )

select *
from explained
