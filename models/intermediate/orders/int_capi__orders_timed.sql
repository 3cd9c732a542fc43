{{ config(materialized="view") }}
{%- set clock = "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]+)?)?" %}

with
    orders as (select * from {{ ref("int_capi__orders_in_context") }}),

    -- Nearly all times are in one of the first forms.
    recognised as (

        select
            *,
            case
                when time_text is null or time_text = ''
                then 'time_missing'
                when {{ capi_matches("time_text", clock) }}
                then 'local'
                when {{ capi_matches("time_text", "[0-9]{9,10}([.][0-9]*)?") }}
                then 'epoch'
                when {{ capi_matches("time_text", clock ~ "(?:Z|[+-](?:0[0-9]|1[0-3])(?::[0-5][0-9])?)") }}
                then 'zoned'
                when
                    {{ capi_matches("time_text", "[0-9]{12,}([.][0-9]*)?") }}
                    and not {{ capi_matches("time_text", "20[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{7}") }}
                then 'time_in_milliseconds'
                when {{ capi_matches("time_text", "[0-9]{5}([.,][0-9]*)?") }}
                then 'time_is_spreadsheet_serial'
                when
                    {{
                        capi_matches(
                            "time_text", "[0-9]{4}([-/.])[0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}[-/.][0-9]{2,4}"
                        )
                    }}
                then 'time_without_clock'
                when {{ capi_clean("time_text") }} is null
                then 'time_missing'
                else 'other'
            end as written_form
        from orders

    ),

    others as (select *, case when written_form = 'other' then time_text end as other_text from recognised),

    {{ capi_clock_steps("others") }},

    shown as (select *, {{ capi_wall_clock("coalesce(other_clock, time_text)") }} as local_timestamp from clocked),

    -- From here on, a time in another form is in one of these forms too.
    read as (

        select
            *,
            case
                when written_form <> 'other'
                then written_form
                when other_clock is null or local_timestamp is null
                then 'time_not_readable'
                when other_offset is null
                then 'local'
                else 'offset'
            end as time_form
        from shown

    ),

    timed as (

        select
            *,
            case
                time_form
                when 'epoch'
                then try_cast(split_part(time_text, '.', 1) as bigint)
                when 'local'
                then {{ capi_local_epoch("local_timestamp", "time_zone") }}
                when 'zoned'
                then {{ capi_zoned_epoch("time_text") }}
                when 'offset'
                then {{ capi_local_epoch("local_timestamp", "'UTC'") }} - other_offset
            end as event_time
        from read

    ),

    noted as (

        select
            *,
            case
                when time_form not in ('epoch', 'local', 'zoned', 'offset')
                then time_form
                when event_time is not null
                then null
                when time_form = 'local' and local_timestamp is not null and declared_time_zone is not null
                then 'time_zone_unknown'
                when time_form = 'local' and local_timestamp is not null
                then 'time_zone_missing'
                else 'time_not_readable'
            end as time_reason,
            case
                when
                    time_form = 'local'
                    and {{ capi_local_timestamp("event_time", "time_zone") }} <> {{ capi_whole_seconds("local_timestamp") }}
                then 'skipped_hour'
                when
                    time_form = 'local'
                    and {{ capi_local_timestamp("event_time - 3600", "time_zone") }} = {{ capi_whole_seconds("local_timestamp") }}
                then 'repeated_hour'
            end as time_note
        from timed

    )

select *
from noted
