with
    events as (select * from {{ ref("int_capi__events") }} where reason is null),

    same_key as (

        select
            event_key,
            -- Everything that the sender reads, so that "identical" means that either row gives the same event.
            min(concat_ws('|', payload, order_id, store_id, upload_tag)) <> max(concat_ws('|', payload, order_id, store_id, upload_tag)) as differs
        from events
        group by event_key
        having count(*) > 1

    ),

    same_order as (

        select dataset_id, store_id, event_name, order_id, item_number
        from events
        where order_id is not null
        group by dataset_id, store_id, event_name, order_id, item_number
        having min(event_time) <> max(event_time)

    ),

    keys_of_same_order as (

        select distinct events.event_key
        from events
        inner join
            same_order
            on events.dataset_id = same_order.dataset_id
            and events.event_name = same_order.event_name
            and events.order_id = same_order.order_id
            and coalesce(events.store_id, '') = coalesce(same_order.store_id, '')
            and coalesce(events.item_number, '') = coalesce(same_order.item_number, '')

    ),

    judged as (

        select
            coalesce(same_key.event_key, keys_of_same_order.event_key) as event_key,
            case
                when same_key.differs then 'conflicting_duplicate'
                when keys_of_same_order.event_key is not null then 'order_id_repeated'
                else 'duplicate_row'
            end as reason
        from same_key
        full outer join keys_of_same_order on same_key.event_key = keys_of_same_order.event_key

    )

select *
from judged
