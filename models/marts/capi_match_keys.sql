{%- set fields = capi_user_data_fields() %}

with
    orders as (select * from {{ ref("int_capi__eligibility") }} where reason is null),

    repeated as (select * from {{ ref("int_capi__repeated_events") }}),

    of_sent as (

        select *
        from orders
        where event_key not in (select event_key from repeated)
        union all
        select distinct *
        from orders
        where event_key in (select event_key from repeated where reason = 'duplicate_row')

    ),

    shares as (

        select
            {{ capi_utc_date("event_time") }} as event_date,
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
