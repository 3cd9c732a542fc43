{%- set fields = ["em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id", "madid", "lead_id"] %}

with
    events as (select * from {{ ref("int_capi__events") }} where reason is null),

    sent as (select event_key from {{ ref("capi_events") }}),

    of_sent as (

        select distinct event_key, {{ capi_utc_date("event_time") }} as event_date, store_id{% for field in fields %}, has_{{ field }}{% endfor %}
        from events
        where event_key in (select event_key from sent)

    ),

    shares as (

        select
            event_date,
            store_id,
            count(*) as events,
            {%- for field in fields %}
            round(avg(case when has_{{ field }} then 1.0 else 0.0 end), 4) as {{ field }}_share,
            {%- endfor %}
            -- Meta's offline quality score calls e-mail, phone and mobile advertiser id the strong match keys.
            round(avg(case when has_em or has_ph or has_madid then 1.0 else 0.0 end), 4) as strong_share
        from of_sent
        group by event_date, store_id

    )

select *
from shares
