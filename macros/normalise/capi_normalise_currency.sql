{#- A currency as its ISO 4217 code in upper case, from any case but that of minor units (GBp); every other text is dropped. Source: Meta's custom data page; ISO 4217. -#}
{% macro capi_normalise_currency(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_currency_text("cleaned"), offline_capi.capi_currency_verdict("text", "found"), found=offline_capi.capi_look_up("int_capi__currencies", "currency", {"currency": "text"})) }}
{%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_currency_drop_reason(value) -%} {{ offline_capi.capi_normalise_currency(value, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the cleaned value without what does not count. Of all letters only these 26 become capitals. GBp, ZAc and
    the like are hundredths of a currency, and stay what is no code. Nearly all are in capitals; translate() takes long. -#}
{% macro capi_currency_text(cleaned) -%}
    case
        when {{ offline_capi.capi_matches(cleaned, "[A-Z]{2}[A-Za-z]") }} then {{ cleaned }}
        else translate({{ cleaned }}, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
    end
{%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_currency_verdict(text, found) -%}
    case when {{ text }} is not null then coalesce({{ found }}, {{ offline_capi.capi_drop("currency_unknown") }}) end
{%- endmacro %}
