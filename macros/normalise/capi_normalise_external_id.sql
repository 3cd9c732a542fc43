{#- The shop's own number of a person: without white space and in lower case. Source: none beyond "the same on every channel" (Meta's
    customer information parameters page); the form is that of Meta's parameter builder. -#}
{% macro capi_normalise_external_id(value) -%} {{ offline_capi.capi_kept(offline_capi.capi_external_id_verdict(offline_capi.capi_external_id_text(value))) }} {%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_external_id_drop_reason(value) -%} {{ offline_capi.capi_dropped(offline_capi.capi_external_id_verdict(offline_capi.capi_external_id_text(value))) }} {%- endmacro %}

{#- What the verdict is about: the value without what does not count. -#}
{% macro capi_external_id_text(value) -%} {{ offline_capi.capi_external_id_stripped(offline_capi.capi_clean(value, offline_capi.capi_number_words())) }} {%- endmacro %}

{#- The same of a text that has been cleaned. -#}
{% macro capi_external_id_stripped(text) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(text), "[\\s\\p{Z}\\p{C}]+", "") }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_external_id_verdict(text) -%}
    case
        when {{ offline_capi.capi_is_float_text(text) }} then {{ offline_capi.capi_drop("float_text") }}
        else nullif({{ text }}, '')
    end
{%- endmacro %}
