{#- A postcode: lower case, without spaces, dashes or other punctuation; in the United States its first five digits. Leading zeros that
    are gone are not put back. Takes the country as ISO alpha-2 in lower case.
    Source: Meta's customer information parameters page. -#}
{% macro capi_normalise_postal_code(value, country, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_postal_code_text("cleaned"), offline_capi.capi_postal_code_verdict("text", "capi_country"), country, offline_capi.capi_number_words()) }}
{%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_postal_code_drop_reason(value, country) -%} {{ offline_capi.capi_normalise_postal_code(value, country, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the cleaned value without what does not count. -#}
{% macro capi_postal_code_text(cleaned) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(cleaned), "[^\\p{L}\\p{M}\\p{N}.]+", "") }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_postal_code_verdict(text, country) -%}
    {%- set code = "replace(" ~ text ~ ", '.', '')" -%}
    case
        when {{ text }} is null then null
        when {{ offline_capi.capi_is_float_text(text) }} then {{ offline_capi.capi_drop("float_text") }}
        when length({{ code }}) < 2 then {{ offline_capi.capi_drop("postcode_too_short") }}
        when {{ country }} <> 'us' or {{ country }} is null then {{ code }}
        when {{ offline_capi.capi_matches(code, "[0-9]{5}([0-9]{4})?") }} then substr({{ code }}, 1, 5)
        else {{ offline_capi.capi_drop("postcode_not_five_digits") }}
    end
{%- endmacro %}
