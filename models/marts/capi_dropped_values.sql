{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        on_schema_change="append_new_columns",
        full_refresh=capi_always_whole(),
        pre_hook="{{ offline_capi.capi_delete_withdrawn() }}",
    )
}}
{%- set is_partial = capi_is_partial() %}

with
    -- For an event that was built earlier, the list of values left out stays as it was.
    orders as (select * from {{ ref("int_capi__outcomes") }} where outcome is null and built_key is null),

    contents as (select * from {{ ref("int_capi__contents") }}),

    of_sent as (

        select orders.*, contents.line_reason, contents.price_reason, contents.delivery_reason
        from orders
        left join contents on orders.receipt_id = contents.order_id

    ),

    of_people as (

        select event_key, order_group, order_id, customer_id, {{ capi_unnest("receipt_dropped") }} as dropped
        from of_sent
        where receipt_dropped is not null
        union all
        select event_key, order_group, order_id, customer_id, {{ capi_unnest("customer_dropped") }}
        from of_sent
        where customer_dropped is not null

    ),

    of_lines as (

        select event_key, order_group, order_id, customer_id, 'contents:' || line_reason as dropped
        from of_sent
        where line_reason is not null
        union all
        select event_key, order_group, order_id, customer_id, 'contents.item_price:' || price_reason
        from of_sent
        where price_reason is not null
        union all
        select event_key, order_group, order_id, customer_id, 'contents.delivery_category:' || delivery_reason
        from of_sent
        where delivery_reason is not null

    ),

    -- Only the customer's id is known, which may be written differently in customers.
    of_customers as (

        select event_key, order_group, order_id, customer_id, 'customer_id:customer_not_found' as dropped
        from of_sent
        where is_customer_unknown

    ),

    unioned as (

        select *
        from of_people
        union all
        select *
        from of_customers
        union all
        select *
        from of_lines

    ),

    split as (

        select distinct
            order_id,
            customer_id,
            split_part(dropped, ':', 1) as field,
            split_part(dropped, ':', 2) as reason,
            event_key,
            order_group
        from unioned

    )

select *
from split {{ "where 1 = 0" if is_partial }}
