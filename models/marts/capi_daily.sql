{#- Where an order may be, by the state of its event; together with orders that are not events these are all orders. -#}
{%- set places = {
    "delivered": "place = 'accepted'",
    "pending": "place = 'pending'",
    "held": "place = 'held'",
    "rejected": "place in ('rejected', 'no event')",
    "expired": "place = 'expired'",
    "withheld": "place = 'withheld'",
    "rejected_by_model": "place = 'no event'",
    "rejected_by_meta": "place = 'rejected'",
    "withdrawn": "place = 'accepted' and is_withdrawn",
} -%}
{{ config(materialized="view") }}

with
    delivery as (select * from {{ ref("capi_delivery") }}),

    not_sent as (select * from {{ ref("capi_rejected_events") }}),

    withdrawn as (select event_key from {{ ref("capi_later_changes") }} where change = 'withdrawn'),

    -- An order whose event was sent and that may no longer be sent is still one order: what became of its event counts.
    gone as (select event_key from delivery where not is_in_capi_events),

    numbered as (

        select *, row_number() over (partition by event_key order by order_group nulls last) as copy
        from not_sent
        where event_key in (select event_key from gone)

    ),

    no_events as (

        select event_time, store_id, dataset_id, currency, value
        from not_sent
        where not exists (select 1 from gone where gone.event_key = not_sent.event_key)
        union all
        select event_time, store_id, dataset_id, currency, value
        from numbered
        where copy > 1

    ),

    orders as (

        select
            event_time,
            store_id,
            dataset_id,
            currency,
            value,
            state as place,
            event_key in (select event_key from withdrawn) as is_withdrawn,
            case when state = 'accepted' then accepted_at - event_time end as delay,
            ',' || match_keys || ',' as listed
        from delivery
        union all
        select event_time, store_id, dataset_id, currency, value, 'no event', false, null, null
        from no_events

    ),

    -- For a whole dataset, because nobody can ask Meta about a day.
    meta_says as (

        select dataset_id, round(cast(sum(matched_entries) as double) / nullif(sum(valid_entries), 0), 4) as meta_match_share
        from {{ capi_meta_says() }}
        group by dataset_id

    ),

    daily as (

        select
            {{ capi_utc_date("event_time") }} as event_date,
            store_id,
            dataset_id,
            currency,
            count(*) as orders,
            cast(coalesce(sum(value), 0) as decimal(38, 3)) as orders_value,
            cast(sum(case when place <> 'no event' then 1 else 0 end) as bigint) as events,
            cast(coalesce(sum(case when place <> 'no event' then value end), 0) as decimal(38, 3)) as events_value,
            {%- for name, condition in places.items() %}
                cast(sum(case when {{ condition }} then 1 else 0 end) as bigint) as {{ name }},
                cast(coalesce(sum(case when {{ condition }} then value end), 0) as decimal(38, 3)) as {{ name }}_value,
            {%- endfor %}
            round(
                sum(case when listed like '%,em,%' or listed like '%,ph,%' or listed like '%,madid,%' then 1 else 0 end)
                / nullif(count(listed), 0),
                4
            ) as strong_share,
            cast(sum(case when delay <= 3600 then 1 else 0 end) as bigint) as delivered_within_an_hour,
            cast(sum(case when delay <= 86400 then 1 else 0 end) as bigint) as delivered_within_a_day,
            cast(sum(case when delay <= 259200 then 1 else 0 end) as bigint) as delivered_within_three_days,
            cast(round(sum(delay) / nullif(count(delay), 0)) as bigint) as mean_delay_seconds
        from orders
        group by event_date, store_id, dataset_id, currency

    ),

    told as (select daily.*, meta_says.meta_match_share from daily left join meta_says on daily.dataset_id = meta_says.dataset_id)

select *
from told
