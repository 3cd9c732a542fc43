with
    events as (select * from {{ ref("int_capi__events") }} where reason is null),

    sent as (select event_key from {{ ref("capi_events") }}),

    of_sent as (select * from events where event_key in (select event_key from sent)),

    of_people as (

        select receipt_id, customer_id, {{ capi_unnest("receipt_dropped") }} as dropped
        from of_sent
        where receipt_dropped is not null
        union all
        select receipt_id, customer_id, {{ capi_unnest("customer_dropped") }}
        from of_sent
        where customer_dropped is not null

    ),

    of_lines as (

        select receipt_id, customer_id, 'contents:' || line_reason as dropped
        from of_sent
        where line_reason is not null
        union all
        select receipt_id, customer_id, 'contents.item_price:' || price_reason
        from of_sent
        where price_reason is not null
        union all
        select receipt_id, customer_id, 'contents.delivery_category:' || delivery_reason
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

        select distinct
            receipt_id as order_id,
            customer_id,
            split_part(dropped, ':', 1) as field,
            split_part(dropped, ':', 2) as reason
        from unioned

    )

select *
from split
