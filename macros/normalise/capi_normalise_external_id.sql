{#- The shop's own id for a person, without white space and in lower case. Source: only "the same on every channel" (Meta's
    customer information parameters page); the form is that of Meta's parameter builder. -#}
{% macro capi_normalise_external_id(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_external_id_text("cleaned"), offline_capi.capi_external_id_verdict("text"), also_missing=offline_capi.capi_number_words()) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_external_id_drop_reason(value) -%} {{ offline_capi.capi_normalise_external_id(value, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the cleaned value without what does not count. -#}
{% macro capi_external_id_text(cleaned) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(cleaned), "[\\s\\p{Z}\\p{C}]+", "") }} {%- endmacro %}

{#- See capi_verdict.sql. An id of nobody counts as missing. An id that is sent unhashed, because capi_hash_external_id is false, may not
    be an address or a phone. -#}
{% macro capi_external_id_verdict(text) -%}
    case
        when {{ text }} = '' or {{ offline_capi.capi_is_nobody(text) }} then null
        when {{ offline_capi.capi_is_float_text(text) }} then {{ offline_capi.capi_drop("float_text") }}
        when
            ascii({{ text }}) not between 48 and 57
            and ascii({{ text }}) not between 97 and 122
            and not {{ offline_capi.capi_finds(text, offline_capi.capi_literal("[\\p{L}\\p{N}]")) }}
        then {{ offline_capi.capi_drop("id_has_no_letters_or_digits") }}
        {%- if not var("capi_hash_external_id", true) %}
        when {{ offline_capi.capi_is_contact(text) }} then {{ offline_capi.capi_drop("external_id_is_contact") }}
        {%- endif %}
        else {{ text }}
    end
{%- endmacro %}

{#- Whether an id without white space looks like an e-mail address or a phone: an @, a plus or 00 before a number, a number with signs
    between its digits, a trunk zero, or ten digits as dialled in North America. A plain long number may be a phone too, but also the
    number of a loyalty card. -#}
{% macro capi_is_contact(id) -%}
    (
        {{ id }} like '%@%'
        or {{ offline_capi.capi_matches(id, "(tel:)?([+(]|00[1-9])[0-9().\\-/x]{6,}|0[1-9][0-9]{8,9}|[0-9]{2,4}([().\\-/]+[0-9]{2,4}){2,5}|1?[2-9][0-9]{2}[2-9][0-9]{6}") }}
    )
{%- endmacro %}

{#- The same for a customer id, but only what shows without looking at every digit: an @, or a plus, bracket or zero in front. -#}
{% macro capi_is_contact_at_first_sight(id) -%}
    case when {{ id }} like '%@%' then true when ascii({{ id }}) in (40, 43, 48) then {{ offline_capi.capi_is_contact(id) }} else false end
{%- endmacro %}
