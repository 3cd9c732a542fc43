{#- A relation with one column, time_zone: every IANA name that the engine knows. -#}
{% macro capi_time_zones() %} {{ return(adapter.dispatch("capi_time_zones", "offline_capi")()) }} {% endmacro %}

{% macro duckdb__capi_time_zones() -%} (select name as time_zone from pg_timezone_names()) {%- endmacro %}
