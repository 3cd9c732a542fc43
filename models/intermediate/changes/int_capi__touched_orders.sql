{{ config(materialized=capi_step()) }}

with
    orders as (select * from {{ ref("int_capi__order_rows") }}),

    touched as (select * from {{ ref("int_capi__touched") }}),

    filtered as (select * from orders where order_group in (select order_group from touched)),

    -- After the filter, because hashing all 6,000,000 rows took about a sixth of the cost of finding 100,000 of them.
    hashed as (select *, {{ capi_row_hash("filtered") }} as row_hash from filtered)

select *
from hashed
