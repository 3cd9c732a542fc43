{#- A country as ISO 3166-1 alpha-2 in lower case, from a code of two or three letters or a known name, or from both if they agree,
    as in United States (US). Every other text is dropped, including a name shared by several countries (Congo). Kosovo, Ascension and
    Tristan da Cunha have CLDR's codes.
    Source: Meta's customer information parameters page; ISO 3166-1 and CLDR, as int_capi__countries lists them. -#}
{% macro capi_normalise_country(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_country_text("cleaned"), offline_capi.capi_country_verdict("text", "found"), found=offline_capi.capi_country_found("text")) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_country_drop_reason(value) -%} {{ offline_capi.capi_normalise_country(value, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the letters of the cleaned value. -#}
{% macro capi_country_text(cleaned) -%} {{ offline_capi.capi_place_parts(cleaned) }} {%- endmacro %}

{#- The country of a text, from the whole name or its parts. -#}
{% macro capi_country_found(text) -%}
    coalesce(
        {{ offline_capi.capi_look_up("int_capi__countries", "country", {"name": "replace(" ~ text ~ ", ' ', '')"}) }},
        {{ offline_capi.capi_look_up("int_capi__countries", "country", {"name": text}) }}
    )
{%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_country_verdict(text, found) -%}
    case when {{ text }} is not null then coalesce({{ found }}, {{ offline_capi.capi_drop("country_unknown") }}) end
{%- endmacro %}

{#- CTEs for the verdict, once per text. Takes a CTE with the column value; the last one, country_judged, has value, the column trimmed and
    the verdict. -#}
{% macro capi_country_steps(given) -%}
    country_trimmed as (select value, {{ offline_capi.capi_trim("value") }} as trimmed from {{ given }}),

    country_cleaned as (select *, {{ offline_capi.capi_unless_missing("trimmed") }} as cleaned from country_trimmed),

    country_texts as (select *, {{ offline_capi.capi_country_text("cleaned") }} as text from country_cleaned),

    country_found as (select *, {{ offline_capi.capi_country_found("text") }} as found from country_texts),

    country_judged as (select *, {{ offline_capi.capi_country_verdict("text", "found") }} as verdict from country_found)
{%- endmacro %}
