{#- The id of a Lead Ads lead, 15 to 17 digits, never hashed; a leading `l:` is removed.
    Source: Meta's customer information parameters page and its archived offline uploader. -#}
{% macro capi_normalise_lead_id(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_lead_id_text("cleaned"), offline_capi.capi_lead_id_verdict("text")) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_lead_id_drop_reason(value) -%} {{ offline_capi.capi_normalise_lead_id(value, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the cleaned value with plain digits, without a spreadsheet's quotes and `l:`. -#}
{% macro capi_lead_id_text(cleaned) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_digits(offline_capi.capi_lower(cleaned)), "^[='\"]*(l: *)?|['\"]+$", "") }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_lead_id_verdict(text) -%}
    case
        when {{ text }} is null then null
        when {{ offline_capi.capi_matches(text, "[1-9][0-9]{14,16}") }} then {{ text }}
        else {{ offline_capi.capi_drop("lead_id_not_15_to_17_digits") }}
    end
{%- endmacro %}
