{#- A state or province. In the United States and Canada, and where the country is unknown, a known name or code becomes its two-letter
    code, with DC, the territories and the armed forces; elsewhere, and where an unknown country's state is neither, the full text in
    lower case without spaces, punctuation or digits. Takes the country as ISO alpha-2 in lower case.
    Source: Meta's customer information parameters page; ISO 3166-2. -#}
{% macro capi_normalise_state(value, country, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_state_text("cleaned"), offline_capi.capi_state_verdict("text", "capi_country"), country, offline_capi.capi_number_words()) }}
{%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_state_drop_reason(value, country) -%} {{ offline_capi.capi_normalise_state(value, country, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the cleaned value without what does not count. -#}
{% macro capi_state_text(cleaned) -%} {{ offline_capi.capi_place_key(cleaned) }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_state_verdict(text, country) -%}
    {%- set code -%} {{ offline_capi.capi_look_up("int_capi__subdivisions", "code", {"name": text, "country": country}) }} {%- endset -%}
    {#- No name or code of a state is also one of a province. -#}
    {%- set code_anywhere -%} {{ offline_capi.capi_look_up("int_capi__subdivisions", "code", {"name": text}) }} {%- endset -%}
    case
        when {{ text }} is null then null
        when {{ text }} = '' then {{ offline_capi.capi_drop("state_has_no_letters") }}
        when {{ country }} is null then coalesce({{ code_anywhere }}, {{ text }})
        when {{ country }} not in ('us', 'ca') then {{ text }}
        else coalesce({{ code }}, {{ offline_capi.capi_drop("state_unknown") }})
    end
{%- endmacro %}
