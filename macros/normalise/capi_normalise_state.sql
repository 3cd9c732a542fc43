{#- A state or province. In the United States and Canada, and where the country is unknown, a known name or code, or both (CA - California),
    becomes its two-letter code, with DC, the territories and the armed forces; elsewhere, and where an unknown country's state is
    neither, the full text in lower case without spaces, punctuation or digits. The country's own code in front (US-CA, DE-BY) is cut.
    Takes the country as ISO alpha-2 in lower case. Source: Meta's customer information parameters page; ISO 3166-2. -#}
{% macro capi_normalise_state(value, country, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_state_text("cleaned", "capi_country"), offline_capi.capi_state_verdict("text", "found", "capi_country"), found=offline_capi.capi_state_found("text"), country=country, also_missing=offline_capi.capi_number_words()) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_state_drop_reason(value, country) -%} {{ offline_capi.capi_normalise_state(value, country, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the letters of the cleaned value, where no list of names tells a code from a name without the code beside a name
    (Bayern (BY)), and without codes that are numbers (FR-75). -#}
{% macro capi_state_text(cleaned, country) -%}
    {%- set named = offline_capi.capi_replace(cleaned, "^(.*[^ ]) *[(][A-Z]{2,3}[)]$|^[A-Z]{2,3} *[-–] (.*)$|^[A-Za-z]{2}-[0-9][0-9A-Za-z]{0,2}$", "\\1\\2") -%}
    case
        when {{ country }} not in ('us', 'ca') then {{ offline_capi.capi_place_parts(named) }}
        when {{ country }} is null then {{ offline_capi.capi_place_parts(offline_capi.capi_replace(cleaned, "^[A-Z]{2}-([A-Z]{1,3})$", "\\1")) }}
        else {{ offline_capi.capi_place_parts(cleaned) }}
    end
{%- endmacro %}

{#- The state or province of a text as country and code, such as us-ca: no name or code of a state is also one of a province. -#}
{% macro capi_state_found(text) -%}
    coalesce(
        {{ offline_capi.capi_look_up("int_capi__subdivisions", "country || '-' || code", {"name": "replace(" ~ text ~ ", ' ', '')"}) }},
        {{ offline_capi.capi_look_up("int_capi__subdivisions", "country || '-' || code", {"name": text}) }}
    )
{%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_state_verdict(text, found, country) -%}
    {%- set whole = "replace(" ~ text ~ ", ' ', '')" -%}
    case
        when {{ text }} is null then null
        when {{ text }} = '' then {{ offline_capi.capi_drop("state_has_no_letters") }}
        when {{ country }} is null then coalesce(substr({{ found }}, 4), {{ whole }})
        when {{ country }} in ('us', 'ca')
        then case when {{ offline_capi.capi_starts_with(found, country) }} then substr({{ found }}, 4) else {{ offline_capi.capi_drop("state_unknown") }} end
        -- A state of another country, with that country's code or its own beside it.
        when {{ text }} like '% %' and {{ found }} is not null then {{ offline_capi.capi_drop("state_unknown") }}
        when {{ offline_capi.capi_starts_with(text, country ~ " || ' '") }} then substr({{ whole }}, 3)
        else {{ whole }}
    end
{%- endmacro %}

{#- The verdict as CTEs, on each text once. Takes a CTE with the columns value and country; the last one, state_judged, has both, the column
    trimmed and the verdict. -#}
{% macro capi_state_steps(given) -%}
    state_trimmed as (select value, country, {{ offline_capi.capi_trim("value") }} as trimmed from {{ given }}),

    state_cleaned as (

        select *, {{ offline_capi.capi_unless_missing("trimmed", offline_capi.capi_number_words()) }} as cleaned
        from state_trimmed

    ),

    state_texts as (select *, {{ offline_capi.capi_state_text("cleaned", "country") }} as text from state_cleaned),

    state_found as (select *, {{ offline_capi.capi_state_found("text") }} as found from state_texts),

    state_judged as (select *, {{ offline_capi.capi_state_verdict("text", "found", "country") }} as verdict from state_found)
{%- endmacro %}
