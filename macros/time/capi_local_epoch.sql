{#- Unix seconds (bigint) of a local wall-clock timestamp in an IANA zone. Where the clock is set back, the later of the
    two instants; where it is set forward, the skipped time moves forward with the clock. NULL when either is NULL. -#}
{% macro capi_local_epoch(local_timestamp, zone) %}
    {{ return(adapter.dispatch("capi_local_epoch", "offline_capi")(local_timestamp, zone)) }}
{% endmacro %}

{% macro duckdb__capi_local_epoch(local_timestamp, zone) -%}
    cast(floor(epoch({{ local_timestamp }} at time zone {{ zone }})) as bigint)
{%- endmacro %}

{#- The wall-clock timestamp in an IANA zone of Unix seconds. -#}
{% macro capi_local_timestamp(unix_seconds, zone) %}
    {{ return(adapter.dispatch("capi_local_timestamp", "offline_capi")(unix_seconds, zone)) }}
{% endmacro %}

{% macro duckdb__capi_local_timestamp(unix_seconds, zone) -%}
    (to_timestamp({{ unix_seconds }}) at time zone {{ zone }})
{%- endmacro %}

{#- Unix seconds (bigint) of a text that carries its own offset, or NULL when it is no such moment. -#}
{% macro capi_zoned_epoch(zoned_text) %}
    {{ return(adapter.dispatch("capi_zoned_epoch", "offline_capi")(zoned_text)) }}
{% endmacro %}

{% macro duckdb__capi_zoned_epoch(zoned_text) -%}
    cast(floor(epoch(try_cast({{ zoned_text }} as timestamp with time zone))) as bigint)
{%- endmacro %}

{#- The UTC date of Unix seconds. -#}
{% macro capi_utc_date(unix_seconds) %} {{ return(adapter.dispatch("capi_utc_date", "offline_capi")(unix_seconds)) }} {% endmacro %}

{% macro duckdb__capi_utc_date(unix_seconds) -%} cast(to_timestamp({{ unix_seconds }}) at time zone 'UTC' as date) {%- endmacro %}
