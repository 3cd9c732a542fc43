{#- Time: wall clocks, zones and Unix seconds. The session's time zone never matters. -#}

{#- The wall clock time of a text without an offset, in the engine's own type; NULL if it is not a valid time. -#}
{% macro capi_wall_clock(text) %} {{ return(adapter.dispatch("capi_wall_clock", "offline_capi")(text)) }} {% endmacro %}

{#- A wall clock without fractions of a second. -#}
{% macro capi_whole_seconds(wall_clock) %}
    {{ return(adapter.dispatch("capi_whole_seconds", "offline_capi")(wall_clock)) }}
{% endmacro %}

{#- The day of a wall clock time, as text YYYY-MM-DD. -#}
{% macro capi_wall_day(wall_clock) %} {{ return(adapter.dispatch("capi_wall_day", "offline_capi")(wall_clock)) }} {% endmacro %}

{#- Unix seconds (bigint) of a wall clock time in an IANA zone. If the clock is set back, the later of the two instants; if it is
    set forward, the skipped time moves forward with the clock. NULL if either is NULL. -#}
{% macro capi_local_epoch(wall_clock, zone) %}
    {{ return(adapter.dispatch("capi_local_epoch", "offline_capi")(wall_clock, zone)) }}
{% endmacro %}

{#- The wall clock time of Unix seconds in an IANA zone. -#}
{% macro capi_local_timestamp(unix_seconds, zone) %}
    {{ return(adapter.dispatch("capi_local_timestamp", "offline_capi")(unix_seconds, zone)) }}
{% endmacro %}

{#- Unix seconds (bigint) of a text with its own offset; NULL if it is not a valid time. -#}
{% macro capi_zoned_epoch(zoned_text) %}
    {{ return(adapter.dispatch("capi_zoned_epoch", "offline_capi")(zoned_text)) }}
{% endmacro %}

{#- Microseconds (bigint) since 1970 of a text with its own offset; NULL if it is not a valid time. -#}
{% macro capi_zoned_microseconds(zoned_text) %}
    {{ return(adapter.dispatch("capi_zoned_microseconds", "offline_capi")(zoned_text)) }}
{% endmacro %}

{#- The same for a text without an offset, as if it were in UTC. -#}
{% macro capi_local_microseconds(text) %}
    {{ return(adapter.dispatch("capi_local_microseconds", "offline_capi")(text)) }}
{% endmacro %}

{#- Unix seconds as a timestamp in UTC. -#}
{% macro capi_utc_timestamp(unix_seconds) %}
    {{ return(adapter.dispatch("capi_utc_timestamp", "offline_capi")(unix_seconds)) }}
{% endmacro %}

{#- The UTC date of Unix seconds. -#}
{% macro capi_utc_date(unix_seconds) %} {{ return(adapter.dispatch("capi_utc_date", "offline_capi")(unix_seconds)) }} {% endmacro %}

{#- A relation with one column, time_zone: every IANA name that the engine knows. -#}
{% macro capi_time_zones() %} {{ return(adapter.dispatch("capi_time_zones", "offline_capi")()) }} {% endmacro %}
