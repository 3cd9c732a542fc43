{{ config(materialized="view") }}

with
    orders as (select * from {{ ref("int_capi__order_rows") }}),

    touched as (select * from {{ ref("int_capi__touched") }}),

    filtered as (select * from orders where order_group in (select order_group from touched))

select *
from filtered
