{%- set columns = [
    "order_id",
    "store_id",
    "own_person_key",
    "customer_person_key",
    "amount",
    "currency",
    "action_source",
    "event_id",
    "upload_tag",
    "limits_data_use",
    "opts_out",
] %}
{%- set facts = capi_hash_of(columns + (capi_custom_fields() | map(attribute="column") | list)) %}

with
    events as (select * from {{ ref("int_capi__eligibility") }} where reason is null),

    same_key as (select event_key from events group by event_key having count(*) > 1),

    same_key_judged as (

        select events.event_key, min({{ facts }}) <> max({{ facts }}) as differs
        from events
        inner join same_key on events.event_key = same_key.event_key
        group by events.event_key

    ),

    same_order as (

        select dataset_id, store_id, event_name, meta_order_id, item_number, receipt_day
        from events
        where meta_order_id is not null
        group by dataset_id, store_id, event_name, meta_order_id, item_number, receipt_day
        having min(event_time) <> max(event_time)

    ),

    keys_of_same_order as (

        select distinct events.event_key
        from events
        inner join
            same_order
            on events.dataset_id = same_order.dataset_id
            and events.event_name = same_order.event_name
            and events.meta_order_id = same_order.meta_order_id
            and coalesce(events.store_id, '') = coalesce(same_order.store_id, '')
            and coalesce(events.item_number, '') = coalesce(same_order.item_number, '')
            and coalesce(events.receipt_day, '') = coalesce(same_order.receipt_day, '')

    ),

    judged as (

        select
            coalesce(same_key_judged.event_key, keys_of_same_order.event_key) as event_key,
            coalesce(
                {{
                    capi_reasons(
                        [
                            "case when same_key_judged.differs then 'conflicting_duplicate' end",
                            "case when keys_of_same_order.event_key is not null then 'order_id_repeated' end",
                        ]
                    )
                }},
                'duplicate_row'
            ) as reasons
        from same_key_judged
        full outer join keys_of_same_order on same_key_judged.event_key = keys_of_same_order.event_key

    )

select *
from judged
