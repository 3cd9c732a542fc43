{{ config(materialized="view") }}

with
    orders as (select * from {{ ref("int_capi__order_rows") }}),

    order_items as (select * from {{ ref("stg_capi__order_items") }}),

    customers as (select * from {{ ref("stg_capi__customers") }}),

    stores as (select * from {{ ref("int_capi__stores") }}),

    of_everything as (

        select
            {{
                capi_hash_of(
                    [
                        capi_literal(capi_settings() | tojson),
                        "(select coalesce(bool_or(records_consent), false) from customers)",
                    ]
                )
            }} as fingerprint

    ),

    of_orders as (select order_group, order_id, customer_id, store_id, {{ capi_row_hash("orders") }} as row_hash from orders),

    of_items as (

        select order_id, {{ capi_sum_of_hashes(capi_row_hash("order_items")) }} as fingerprint
        from order_items
        where order_id is not null
        group by order_id

    ),

    of_customers as (

        select customer_id, {{ capi_sum_of_hashes(capi_row_hash("customers")) }} as fingerprint
        from customers
        where customer_id is not null
        group by customer_id

    ),

    of_stores as (select store_id, {{ capi_row_hash("stores") }} as fingerprint from stores),

    of_rows as (

        select
            of_orders.order_group,
            {{
                capi_hash_of(
                    [
                        "of_orders.row_hash",
                        "of_items.fingerprint",
                        "of_customers.fingerprint",
                        "of_stores.fingerprint",
                        "of_everything.fingerprint",
                    ]
                )
            }} as fingerprint
        from of_orders
        cross join of_everything
        left join of_items on of_orders.order_id = of_items.order_id
        left join of_customers on of_orders.customer_id = of_customers.customer_id
        left join of_stores on of_orders.store_id = of_stores.store_id

    ),

    of_groups as (

        select order_group, cast({{ capi_sum_of_hashes("fingerprint") }} as {{ capi_wide_integer() }}) as fingerprint
        from of_rows
        group by order_group

    )

select *
from of_groups
