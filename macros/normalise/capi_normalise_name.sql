{#- A first or last name: lower case, letters, marks and digits of any script; spaces, punctuation, symbols and invisible characters of
    any script go, accents stay. `column` is first_name or last_name: Guest is somebody's last name, but nobody's first. Source: Meta's customer information parameters page; the spaces, on which it is silent, go as in
    Meta's parameter builder. -#}
{% macro capi_normalise_name(value, column="last_name", answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_name_text("cleaned"), offline_capi.capi_name_verdict("text", column)) }}
{%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_name_drop_reason(value, column="last_name") -%} {{ offline_capi.capi_normalise_name(value, column, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the cleaned value without what does not count. -#}
{% macro capi_name_text(cleaned) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(cleaned), "[\\p{P}\\p{S}\\p{Z}\\p{C}]+", "") }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_name_verdict(text, column="last_name") -%}
    case
        when {{ text }} is null or {{ offline_capi.capi_is_placeholder(text, column) }} then null
        when {{ offline_capi.capi_matches(text, "[\\p{N}\\p{M}]*") }} then {{ offline_capi.capi_drop("name_has_no_letters") }}
        else {{ text }}
    end
{%- endmacro %}
