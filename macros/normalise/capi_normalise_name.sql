{#- A first or last name: lower case, letters, marks and digits of any script; spaces, punctuation, symbols and invisible characters of
    any script go, accents stay. Source: Meta's customer information parameters page; the spaces, on which it is silent, go as in
    Meta's parameter builder. -#}
{% macro capi_normalise_name(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_name_text("cleaned"), offline_capi.capi_name_verdict("text")) }}
{%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_name_drop_reason(value) -%} {{ offline_capi.capi_normalise_name(value, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the cleaned value without what does not count. -#}
{% macro capi_name_text(cleaned) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(cleaned), "[\\p{P}\\p{S}\\p{Z}\\p{C}]+", "") }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_name_verdict(text) -%}
    case
        when {{ text }} is null then null
        when {{ offline_capi.capi_matches(text, "[\\p{N}\\p{M}]*") }} then {{ offline_capi.capi_drop("name_has_no_letters") }}
        else {{ text }}
    end
{%- endmacro %}
