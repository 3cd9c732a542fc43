{{ config(materialized="view") }}

with
    orders as (select * from {{ ref("stg_capi__orders") }}),

    cleaned as (select *, {{ capi_clean("order_id") }} as receipt_id, {{ capi_row_hash("orders") }} as row_hash from orders),

    grouped as (

        select
            *,
            -- Rows can only repeat or contradict each other within a receipt, or without one within a moment.
            case
                when receipt_id is not null
                then {{ capi_hash_of(["'receipt'", "receipt_id"]) }}
                else {{ capi_hash_of(["'moment'", "trim(ordered_at)"]) }}
            end as order_group
        from cleaned

    )

select *
from grouped
