with
    events as (select * from {{ ref("capi_events") }}),

    -- The same few combinations occur again and again: only these are searched, which takes a tenth of the time.
    combinations as (

        select event_time - event_time % 86400 as day_began_at, store_id, match_keys, count(*) as counted
        from events
        group by day_began_at, store_id, match_keys

    ),

    marked as (select *, ',' || match_keys || ',' as listed from combinations),

    shares as (

        select
            {{ capi_utc_date("day_began_at") }} as event_date,
            store_id,
            cast(sum(counted) as bigint) as events,
            {%- for field in capi_user_data_fields() %}
                round(
                    sum(case when listed like '%,{{ field }},%' then counted else 0 end) / sum(counted), 4
                ) as {{ field }}_share,
            {%- endfor %}
            -- Meta's offline quality score calls e-mail, phone and mobile advertiser id the strong match keys.
            round(
                sum(case when listed like '%,em,%' or listed like '%,ph,%' or listed like '%,madid,%' then counted else 0 end)
                / sum(counted),
                4
            ) as strong_share
        from marked
        group by event_date, store_id

    )

select *
from shares
