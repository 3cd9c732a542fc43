{#- An amount as decimal(24, 8); NULL for what is no number. -#}
{% macro capi_amount(value) -%}
    case
        when {{ offline_capi.capi_matches(offline_capi.capi_trim(value), "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})?") }}
        then try_cast({{ offline_capi.capi_trim(value) }} as decimal(24, 8))
    end
{%- endmacro %}
