with
    events as (select * from {{ ref("capi_events") }}),

    marked as (select *, ',' || match_keys || ',' as listed from events),

    shares as (

        select
            {{ capi_utc_date("event_time") }} as event_date,
            store_id,
            count(*) as events,
            {%- for field in capi_user_data_fields() %}
                round(avg(case when listed like '%,{{ field }},%' then 1.0 else 0.0 end), 4) as {{ field }}_share,
            {%- endfor %}
            -- Meta's offline quality score calls e-mail, phone and mobile advertiser id the strong match keys.
            round(
                avg(case when listed like '%,em,%' or listed like '%,ph,%' or listed like '%,madid,%' then 1.0 else 0.0 end), 4
            ) as strong_share
        from marked
        group by event_date, store_id

    )

select *
from shares
