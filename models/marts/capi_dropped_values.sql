with
    orders as (select * from {{ ref("int_capi__eligibility") }} where reason is null),

    repeated as (select * from {{ ref("int_capi__repeated_events") }} where reason <> 'duplicate_row'),

    contents as (select * from {{ ref("int_capi__contents") }}),

    of_sent as (

        select orders.*, contents.line_reason, contents.price_reason, contents.delivery_reason
        from orders
        left join contents on orders.order_id = contents.order_id
        where orders.event_key not in (select event_key from repeated)

    ),

    of_people as (

        select order_id, customer_id, {{ capi_unnest("receipt_dropped") }} as dropped
        from of_sent
        where receipt_dropped is not null
        union all
        select order_id, customer_id, {{ capi_unnest("customer_dropped") }}
        from of_sent
        where customer_dropped is not null

    ),

    of_lines as (

        select order_id, customer_id, 'contents:' || line_reason as dropped
        from of_sent
        where line_reason is not null
        union all
        select order_id, customer_id, 'contents.item_price:' || price_reason
        from of_sent
        where price_reason is not null
        union all
        select order_id, customer_id, 'contents.delivery_category:' || delivery_reason
        from of_sent
        where delivery_reason is not null

    ),

    unioned as (

        select *
        from of_people
        union all
        select *
        from of_lines

    ),

    split as (

        select distinct order_id, customer_id, split_part(dropped, ':', 1) as field, split_part(dropped, ':', 2) as reason
        from unioned

    )

select *
from split
