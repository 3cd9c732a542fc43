{{ config(materialized="view") }}

with
    orders as (select * from {{ ref("int_capi__orders_in_context") }}),

    recognised as (

        select
            *,
            case
                when time_text is null or time_text = ''
                then 'time_missing'
                when {{ capi_matches("time_text", "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?") }}
                then 'local'
                when {{ capi_matches("time_text", "[0-9]{9,10}([.][0-9]*)?") }}
                then 'epoch'
                when {{ capi_matches("time_text", "[0-9]{12,}([.][0-9]*)?") }}
                then 'time_in_milliseconds'
                when {{ capi_matches("time_text", "[0-9]{5}([.][0-9]*)?") }}
                then 'time_is_spreadsheet_serial'
                when {{ capi_matches("time_text", "[0-9]{4}-[0-9]{2}-[0-9]{2}") }}
                then 'time_without_clock'
                when
                    {{
                        capi_matches(
                            "time_text",
                            "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)? ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)",
                        )
                    }}
                then 'zoned'
                else 'time_not_readable'
            end as time_form,
            {{ capi_wall_clock("time_text") }} as local_timestamp
        from orders

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
            end as event_time
        from recognised

    ),

    noted as (

        select
            *,
            case
                when time_form not in ('epoch', 'local', 'zoned')
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
