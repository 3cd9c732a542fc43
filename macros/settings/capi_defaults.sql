{#- SQL literals of the defaults that a user may declare; NULL if none is declared. -#}
{% macro capi_default_country() -%}
    {%- set country = var("capi_default_country", none) -%}
    {%- do offline_capi.capi_check_text("capi_default_country") -%}
    {%- if country is none -%} cast(null as {{ dbt.type_string() }})
    {%- elif modules.re.match("^[A-Za-z]{2}$", country) -%} '{{ country | lower }}'
    {%- else -%}
        {{ exceptions.raise_compiler_error("offline_capi: capi_default_country is '" ~ country ~ "'; write an ISO 3166-1 code of two letters, such as FR.") }}
    {%- endif -%}
{%- endmacro %}

{% macro capi_default_time_zone() -%}
    {%- set zone, known = var("capi_default_time_zone", none), [] -%}
    {#- dbt 2 has no list of zones, but it finds a zone by its name and refuses an unknown name. -#}
    {%- if modules.pytz.all_timezones is defined or zone is none -%} {%- set zones = modules.pytz.all_timezones or [] -%}
    {%- else -%} {%- set zones = [modules.pytz.timezone(zone | string) | string] -%}
    {%- endif -%}
    {%- for name in zones if name | lower == zone | string | lower and name not in ["CET", "EET", "EST", "HST", "MET", "MST", "WET"] -%}
        {%- do known.append(name) -%}
    {%- endfor -%}
    {%- if zone is none -%} cast(null as {{ dbt.type_string() }})
    {%- elif known -%} {{ offline_capi.capi_literal(known[0]) }}
    {%- else -%} {{ offline_capi.capi_refuse_setting("capi_default_time_zone", zone, "write the IANA name of a place, such as Europe/Paris") }}
    {%- endif -%}
{%- endmacro %}
