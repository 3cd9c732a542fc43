{#- Text functions whose names or pattern rules differ between engines; patterns are RE2 on DuckDB. -#}

{#- Whether the whole text matches a pattern: a literal, or a column when is_column is true. -#}
{% macro capi_matches(text, pattern, is_column=false) %}
    {{ return(adapter.dispatch("capi_matches", "offline_capi")(text, pattern if is_column else capi_literal(pattern))) }}
{% endmacro %}

{% macro duckdb__capi_matches(text, pattern) -%} regexp_full_match({{ text }}, {{ pattern }}) {%- endmacro %}

{#- A text with every match of a literal pattern replaced. -#}
{% macro capi_replace(text, pattern, replacement) %}
    {{ return(adapter.dispatch("capi_replace", "offline_capi")(text, capi_literal(pattern), capi_literal(replacement))) }}
{% endmacro %}

{% macro duckdb__capi_replace(text, pattern, replacement) -%} regexp_replace({{ text }}, {{ pattern }}, {{ replacement }}, 'g') {%- endmacro %}

{#- A text in Unicode normalisation form C. -#}
{% macro capi_nfc(text) %} {{ return(adapter.dispatch("capi_nfc", "offline_capi")(text)) }} {% endmacro %}

{% macro duckdb__capi_nfc(text) -%} nfc_normalize({{ text }}) {%- endmacro %}

{#- SHA-256 of the UTF-8 bytes of a text, 64 lower-case hex digits; NULL for NULL and for the empty text. -#}
{% macro capi_sha256_hex(text) %} {{ return(adapter.dispatch("capi_sha256_hex", "offline_capi")(text)) }} {% endmacro %}

{% macro duckdb__capi_sha256_hex(text) -%} sha256(nullif({{ text }}, '')) {%- endmacro %}
