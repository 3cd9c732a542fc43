{#- A country as ISO 3166-1 alpha-2 in lower case, from a code of two or three letters or a known name; every other text is dropped.
    Source: Meta's customer information parameters page; ISO 3166-1 and CLDR, as int_capi__countries lists them. -#}
{% macro capi_normalise_country(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_country_text("cleaned"), offline_capi.capi_country_verdict("text")) }}
{%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_country_drop_reason(value) -%} {{ offline_capi.capi_normalise_country(value, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the cleaned value without what does not count. -#}
{% macro capi_country_text(cleaned) -%} {{ offline_capi.capi_place_key(cleaned) }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_country_verdict(text) -%}
    case
        when {{ text }} is null then null
        else
            coalesce(
                {{ offline_capi.capi_look_up("int_capi__countries", "country", {"name": text}) }},
                {{ offline_capi.capi_drop("country_unknown") }}
            )
    end
{%- endmacro %}
