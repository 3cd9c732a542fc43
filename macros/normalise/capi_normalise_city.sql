{#- A city: lower case, only letters and marks of any script; accents and other scripts stay.
    Source: Meta's customer information parameters page; contrary to that page, Meta's parameter builder deletes accented letters. -#}
{% macro capi_normalise_city(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_city_text("cleaned"), offline_capi.capi_city_verdict("text")) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_city_drop_reason(value) -%} {{ offline_capi.capi_normalise_city(value, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the cleaned value without what does not count. -#}
{% macro capi_city_text(cleaned) -%} {{ offline_capi.capi_place_key(cleaned) }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_city_verdict(text) -%}
    case
        when {{ text }} is null then null
        when {{ text }} = '' then {{ offline_capi.capi_drop("city_has_no_letters") }}
        else {{ text }}
    end
{%- endmacro %}
