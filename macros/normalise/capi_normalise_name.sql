{#- A first or last name: lower case, letters, marks and digits of any script; spaces, punctuation, symbols and invisible characters of
    any script go, accents stay. Source: Meta's customer information parameters page; the spaces, on which it is silent, go as in
    Meta's parameter builder. -#}
{% macro capi_normalise_name(value) %} {{ return(adapter.dispatch("capi_normalise_name", "offline_capi")(value)) }} {% endmacro %}

{% macro default__capi_normalise_name(value) -%} {{ capi_kept(capi_name_verdict(value)) }} {%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_name_drop_reason(value) -%} {{ capi_dropped(capi_name_verdict(value)) }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_name_verdict(value) -%}
    {%- set letters -%} {{ capi_replace(capi_fold_width(capi_clean(value)), "[\\p{P}\\p{S}\\p{Z}\\p{C}]+", "") }} {%- endset -%}
    case
        when {{ letters }} is null then null
        when {{ capi_matches(letters, "[\\p{N}\\p{M}]*") }} then '!name_has_no_letters'
        else {{ letters }}
    end
{%- endmacro %}
