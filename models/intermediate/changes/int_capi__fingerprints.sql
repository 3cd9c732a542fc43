{{ config(materialized="view") }}
{#- A hash of personal data would stay behind for people who may not be sent: from 64 bits of a row whose other columns are known, a phone
    can be found by trial. So personal data has its own number, which is kept only for orders that are events. -#}
{%- set personal = capi_person_columns() %}
{%- set order_facts = capi_columns_but(ref("stg_capi__orders"), personal) %}
{%- set customer_facts = capi_columns_but(ref("stg_capi__customers"), personal) %}

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
            }} as facts

    ),

    of_orders as (

        select
            order_group,
            receipt_id,
            customer_id,
            store_id,
            {{ capi_filled(personal) }} as filled,
            {{ capi_hash_of(order_facts) }} as facts,
            {{ capi_hash_of(personal) }} as persons
        from orders

    ),

    of_items as (

        select order_id, {{ capi_sum_of_hashes(capi_row_hash("order_items")) }} as facts
        from order_items
        where order_id is not null
        group by order_id

    ),

    described_customers as (

        select
            customer_id,
            {{ capi_filled(personal) }} as filled,
            {{ capi_hash_of(customer_facts) }} as facts,
            {{ capi_hash_of(personal) }} as persons
        from customers
        where customer_id is not null

    ),

    of_customers as (

        select
            customer_id,
            sum(filled) as filled,
            {{ capi_sum_of_hashes("facts") }} as facts,
            {{ capi_sum_of_hashes("persons") }} as persons
        from described_customers
        group by customer_id

    ),

    of_stores as (select store_id, {{ capi_row_hash("stores") }} as facts from stores),

    of_rows as (

        select
            of_orders.order_group,
            of_orders.filled + coalesce(of_customers.filled, 0) as filled,
            {{
                capi_hash_of(
                    [
                        "of_orders.facts",
                        "of_orders.filled",
                        "of_items.facts",
                        "of_customers.facts",
                        "of_customers.filled",
                        "of_stores.facts",
                        "of_everything.facts",
                    ]
                )
            }} as facts,
            {{ capi_hash_of(["of_orders.persons", "of_customers.persons"]) }} as persons
        from of_orders
        cross join of_everything
        left join of_items on of_orders.receipt_id = of_items.order_id
        left join of_customers on of_orders.customer_id = of_customers.customer_id
        left join of_stores on of_orders.store_id = of_stores.store_id

    ),

    of_groups as (

        select
            order_group,
            cast({{ capi_sum_of_hashes("facts") }} as {{ capi_wide_integer() }}) as facts,
            cast({{ capi_sum_of_hashes("persons") }} as {{ capi_wide_integer() }}) as persons,
            max(filled) > 0 as names_somebody
        from of_rows
        group by order_group

    )

select *
from of_groups
