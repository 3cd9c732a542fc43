{{ config(materialized=capi_step()) }}

with
    orders as (select * from {{ ref("int_capi__order_rows") }}),

    touched as (select * from {{ ref("int_capi__touched") }}),

    filtered as (select * from orders where order_group in (select order_group from touched)),

    -- After the filter, as hashing all 6,000,000 rows was about a sixth of what finding 100,000 of them cost.
    hashed as (select *, {{ capi_row_hash("filtered") }} as row_hash from filtered)

select *
from hashed
