{{ config(severity="warn") }}
-- A line whose order is not in orders is in no event: its order id may be written differently, or its order is not loaded yet.
with
    orders as (select receipt_id from {{ ref("int_capi__order_rows") }} where receipt_id is not null),

    order_items as (select order_id from {{ ref("stg_capi__order_items") }} where order_id is not null)

select order_id, count(*) as lines
from order_items
where order_id not in (select receipt_id from orders)
group by order_id
