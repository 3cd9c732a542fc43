{#- SQL literals of the defaults that a user may declare; NULL when none is declared. -#}
{% macro capi_default_country() -%}
    {%- set country = var("capi_default_country", none) -%}
    {%- if country is none -%} cast(null as {{ dbt.type_string() }})
    {%- elif modules.re.match("^[A-Za-z]{2}$", country) -%} '{{ country | lower }}'
    {%- else -%}
        {{ exceptions.raise_compiler_error("offline_capi: capi_default_country is '" ~ country ~ "'; write an ISO 3166-1 code of two letters, such as FR.") }}
    {%- endif -%}
{%- endmacro %}

{% macro capi_default_time_zone() -%}
    {%- set zone = var("capi_default_time_zone", none) -%}
    {%- if zone is none -%} cast(null as {{ dbt.type_string() }}) {%- else -%} {{ offline_capi.capi_literal(zone) }} {%- endif -%}
{%- endmacro %}
