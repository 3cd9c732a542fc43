{{ config(materialized="view") }}

with
    orders as (select * from {{ ref("stg_capi__orders") }}),

    cleaned as (select *, {{ capi_id("order_id") }} as receipt_id from orders),

    grouped as (

        select
            *,
            -- Rows can only repeat or contradict each other within a receipt, or without one within a moment.
            case
                when receipt_id is not null
                then {{ capi_hash_of(["'receipt'", "receipt_id"]) }}
                else {{ capi_hash_of(["'moment'", capi_trim("ordered_at")]) }}
            end as order_group
        from cleaned

    )

select *
from grouped
