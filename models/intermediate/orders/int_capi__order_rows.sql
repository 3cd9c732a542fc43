{{ config(materialized="view") }}
{%- set by_day = capi_order_id_scope() == "day" %}

with
    orders as (select * from {{ ref("stg_capi__orders") }}),

    stores as (select store_id as known_store_id, time_zone, declared_time_zone from {{ ref("int_capi__stores") }}),

    -- The store's zone says which day it was there. The day only matters if receipt numbers start again every day.
    dated as (

        select
            orders.*,
            {{
                (
                    capi_receipt_day(
                        "orders.ordered_at",
                        "coalesce(stores.time_zone, case when stores.declared_time_zone is null then "
                        ~ capi_default_time_zone()
                        ~ " end)",
                    )
                    if by_day
                    else "cast(null as " ~ dbt.type_string() ~ ")"
                )
            }} as receipt_day
        from orders {{ "left join stores on orders.store_id = stores.known_store_id" if by_day }}

    ),

    cleaned as (select *, {{ capi_id("order_id") }} as receipt_id from dated),

    grouped as (

        select
            *,
            -- Rows can only repeat or contradict each other within a receipt or, without a receipt number, at the same time.
            case
                when receipt_id is not null
                then {{ capi_hash_of(["'receipt'", "receipt_id"] + (["store_id", "receipt_day"] if by_day else [])) }}
                else {{ capi_hash_of(["'moment'", capi_trim("ordered_at")]) }}
            end as order_group
        from cleaned

    )

select *
from grouped
