{#- A yes/no text as a boolean; NULL for a missing, empty or unknown word. -#}
{% macro capi_boolean(value) -%}
    case
        when {{ offline_capi.capi_lower(offline_capi.capi_trim(value)) }} in ('true', 't', 'yes', 'y', '1', '1.0', 'on', 'granted', 'given', 'accepted', 'opted_in', 'opted in', 'opt_in', 'opt-in')
            then true
        when {{ offline_capi.capi_lower(offline_capi.capi_trim(value)) }} in ('false', 'f', 'no', 'n', '0', '0.0', 'off', 'denied', 'withdrawn', 'revoked', 'refused', 'opted_out', 'opted out', 'opt_out', 'opt-out')
            then false
    end
{%- endmacro %}
