{#- The hash of a parameter, or the verdict that drops it; NULL if there is no value. Takes the trimmed raw text, its verdict, the raw
    column's name, and whether 32 hex digits may be a real value. A value that is already a SHA-256, in any case and with or
    without the suffix of Meta's parameter builder, becomes its 64 lower-case digits. An MD5 is dropped, because Meta only documents
    SHA-256. capi_hashed_columns declares a column hashed (nothing else is accepted) or plain (never read as hashed). -#}
{% macro capi_hash(trimmed, verdict, column, md5_is_plain=false) -%}
    {%- set declared = offline_capi.capi_hashed_columns().get(column) -%}
    {%- set lower = offline_capi.capi_lower(trimmed) -%}
    case
        when {{ trimmed }} is null then null
        {%- if declared is not sameas false %}
        when length({{ trimmed }}) >= 64 and {{ offline_capi.capi_matches(lower, "[0-9a-f]{64}([.][a-z0-9_-]{2,8})?") }} then substr({{ lower }}, 1, 64)
        {%- endif %}
        {%- if declared is sameas true %}
        when {{ offline_capi.capi_unless_missing(trimmed) }} is null then null
        else {{ offline_capi.capi_drop("not_a_sha256") }}
        {%- else %}
        {%- if declared is none and not md5_is_plain %}
        when length({{ trimmed }}) = 32 and {{ offline_capi.capi_matches(lower, "[0-9a-f]{32}") }} then {{ offline_capi.capi_drop("md5_hash") }}
        {%- endif %}
        when {{ offline_capi.capi_is_dropped(verdict) }} then {{ verdict }}
        else {{ offline_capi.capi_sha256_hex(verdict) }}
        {%- endif %}
    end
{%- endmacro %}

{#- Meta's number for a US state whose privacy law is in its data processing options; NULL for every other place. Takes the
    verdict on a state, and the country as ISO alpha-2 in lower case. Source: Meta's data processing options page. -#}
{% macro capi_data_processing_state(state, country) -%}
    case
        when {{ country }} = 'us'
        then {{ offline_capi.capi_look_up("int_capi__subdivisions", "data_processing_state", {"name": state, "country": "'us'"}) }}
    end
{%- endmacro %}
