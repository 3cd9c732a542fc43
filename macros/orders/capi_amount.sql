{#- An amount as decimal(24, 8); NULL for what is no number. -#}
{% macro capi_amount(value) -%}
    case
        when {{ offline_capi.capi_matches(offline_capi.capi_trim(value), "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})?") }}
        then try_cast({{ offline_capi.capi_trim(value) }} as decimal(24, 8))
    end
{%- endmacro %}

{#- What the shop has kept of a sale: the total less what was given back. Where all of it was given back the order is rejected, and its
    total is told. Takes amounts; an amount given back that is NULL is nothing. -#}
{% macro capi_kept_amount(total, refunded) -%} case when {{ refunded }} < {{ total }} then {{ total }} - {{ refunded }} else {{ total }} end {%- endmacro %}
