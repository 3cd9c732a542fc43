{#- A first or last name: lower case, letters, marks and digits of any script; spaces, punctuation, symbols and invisible characters of
    any script are removed, accents stay. `column` is first_name or last_name: Guest may be a last name, but not a first name. Source: Meta's
    customer information parameters page; it does not mention spaces, which are removed as in Meta's parameter builder. -#}
{% macro capi_normalise_name(value, column="last_name", answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_name_text("cleaned"), offline_capi.capi_name_verdict("text", column)) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_name_drop_reason(value, column="last_name") -%} {{ offline_capi.capi_normalise_name(value, column, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the cleaned value without what does not count. -#}
{% macro capi_name_text(cleaned) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(cleaned), "[\\p{P}\\p{S}\\p{Z}\\p{C}]+", "") }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_name_verdict(text, column="last_name") -%}
    case
        when {{ text }} is null or {{ offline_capi.capi_is_placeholder(text, column) }} then null
        when {{ offline_capi.capi_matches(text, "[\\p{N}\\p{M}]*") }} then {{ offline_capi.capi_drop("name_has_no_letters") }}
        else {{ text }}
    end
{%- endmacro %}
