-- Every row of orders is either an event or a rejected one: nothing disappears and nothing is counted twice.
with
    counted as (

        select
            (select count(*) from {{ ref("stg_capi__orders") }}) as orders,
            (select count(*) from {{ ref("capi_events") }}) as events,
            (select count(*) from {{ ref("capi_rejected_events") }}) as rejected

    )

select *
from counted
where orders <> events + rejected
