{#- A decimal amount rounded half up to three decimals if its currency has three (ISO 4217), else to cents. -#}
{% macro capi_round_amount(amount, currency) -%}
    case
        when {{ offline_capi.capi_has_three_decimals(currency) }} then round({{ amount }}, 3)
        else round({{ amount }}, 2)
    end
{%- endmacro %}

{#- Whether a currency, an ISO 4217 code, has three decimals; false if it is not known. -#}
{% macro capi_has_three_decimals(currency) -%} coalesce({{ currency }} in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'), false) {%- endmacro %}
