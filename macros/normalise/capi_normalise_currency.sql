{#- A currency as its ISO 4217 code in upper case; every other text is dropped. Source: Meta's custom data page; ISO 4217. -#}
{% macro capi_normalise_currency(value) %} {{ return(adapter.dispatch("capi_normalise_currency", "offline_capi")(value)) }} {% endmacro %}

{% macro default__capi_normalise_currency(value) -%} {{ offline_capi.capi_kept(offline_capi.capi_currency_verdict(value)) }} {%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_currency_drop_reason(value) -%} {{ offline_capi.capi_dropped(offline_capi.capi_currency_verdict(value)) }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_currency_verdict(value) -%}
    {%- set code -%} upper({{ offline_capi.capi_clean(value) }}) {%- endset -%}
    case
        when {{ code }} is null then null
        else
            coalesce(
                {{ offline_capi.capi_look_up("int_capi__currencies", "currency", {"currency": code}) }},
                '!currency_unknown'
            )
    end
{%- endmacro %}
