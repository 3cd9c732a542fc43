{#- A decimal amount rounded half up to the minor unit of its currency, where that has three decimals (ISO 4217), else to cents. -#}
{% macro capi_round_amount(amount, currency) -%}
    case
        when {{ currency }} in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then round({{ amount }}, 3)
        else round({{ amount }}, 2)
    end
{%- endmacro %}
