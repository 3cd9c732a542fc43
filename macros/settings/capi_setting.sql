{#- The value of a variable that only allows a few words, or none if that is the first; raises an error that lists them. -#}
{% macro capi_setting(name, allowed) %}
    {%- set value = var(name, allowed[0]) -%}
    {%- if value not in allowed -%}
        {{ offline_capi.capi_refuse_setting(name, value, "allowed are " ~ allowed | reject("none") | join(", ")) }}
    {%- endif -%}
    {{ return(value) }}
{% endmacro %}
