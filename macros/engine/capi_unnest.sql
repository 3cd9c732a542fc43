{#- One row per element of a list column, for the select list. -#}
{% macro capi_unnest(list) %} {{ return(adapter.dispatch("capi_unnest", "offline_capi")(list)) }} {% endmacro %}

{% macro duckdb__capi_unnest(list) -%} unnest({{ list }}) {%- endmacro %}
