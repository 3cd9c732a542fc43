{{ config(materialized=capi_step()) }}

with
    orders as (select * from {{ ref("int_capi__eligibility") }}),

    repeated as (select event_key as repeated_key, reasons as repeated_reasons from {{ ref("int_capi__repeated_events") }}),

    -- Only the few repeated rows are numbered: numbering all rows would sort them all.
    single as (

        select orders.*, null as repeated_key, null as repeated_reasons, 1 as copy
        from orders
        left join repeated on orders.event_key = repeated.repeated_key and orders.reason is null
        where repeated.repeated_key is null

    ),

    numbered as (

        select orders.*, repeated.*, row_number() over (partition by orders.event_key order by orders.order_id nulls last) as copy
        from orders
        inner join repeated on orders.event_key = repeated.repeated_key
        where orders.reason is null

    ),

    unioned as (

        select *
        from single
        union all
        select *
        from numbered

    ),

    judged as (

        select
            *,
            case
                when repeated_reasons = 'duplicate_row' and copy = 1 then null else coalesce(repeated_reasons, reasons)
            end as verdict_reasons
        from unioned

    ),

    concluded as (select *, {{ capi_first_reason("verdict_reasons") }} as verdict from judged)

select *
from concluded
