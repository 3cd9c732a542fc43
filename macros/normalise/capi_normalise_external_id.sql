{#- The shop's own number of a person: without white space and in lower case. Source: none beyond "the same on every channel" (Meta's
    customer information parameters page); the form is that of Meta's parameter builder. -#}
{% macro capi_normalise_external_id(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_external_id_text("cleaned"), offline_capi.capi_external_id_verdict("text"), also_missing=offline_capi.capi_number_words()) }}
{%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_external_id_drop_reason(value) -%} {{ offline_capi.capi_normalise_external_id(value, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the cleaned value without what does not count. -#}
{% macro capi_external_id_text(cleaned) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(cleaned), "[\\s\\p{Z}\\p{C}]+", "") }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_external_id_verdict(text) -%}
    case
        when {{ offline_capi.capi_is_float_text(text) }} then {{ offline_capi.capi_drop("float_text") }}
        else nullif({{ text }}, '')
    end
{%- endmacro %}
