{#- A mobile advertising id, lower case, never hashed: a UUID with its dashes. A phone whose owner opted out gives only zeros.
    Source: Meta's customer information parameters page; the format is that of Meta's archived offline uploader. -#}
{% macro capi_normalise_madid(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_madid_text("cleaned"), offline_capi.capi_madid_verdict("text")) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_madid_drop_reason(value) -%} {{ offline_capi.capi_normalise_madid(value, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the cleaned value without quotes and braces. -#}
{% macro capi_madid_text(cleaned) -%}
    case
        when ascii({{ cleaned }}) in (34, 39, 61, 123) then {{ offline_capi.capi_replace(offline_capi.capi_lower(cleaned), "^[='\"{]+|['\"}]+$", "") }}
        else {{ offline_capi.capi_lower(cleaned) }}
    end
{%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_madid_verdict(text) -%}
    case
        when {{ text }} is null then null
        when {{ text }} = '00000000-0000-0000-0000-000000000000' then {{ offline_capi.capi_drop("madid_is_zeros") }}
        when {{ offline_capi.capi_matches(text, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") }} then {{ text }}
        else {{ offline_capi.capi_drop("madid_not_a_uuid") }}
    end
{%- endmacro %}
