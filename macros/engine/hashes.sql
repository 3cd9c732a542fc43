{#- Hashes: SHA-256 for what is sent, and 64 bits to distinguish rows within one warehouse. -#}

{#- SHA-256 of a text's UTF-8 bytes as 64 lower-case hex digits; NULL for NULL and for the empty text. -#}
{% macro capi_sha256_hex(text) %} {{ return(adapter.dispatch("capi_sha256_hex", "offline_capi")(text)) }} {% endmacro %}

{#- 64 bits that represent one or more values. Not for secrets, and not the same on every engine or engine version. If the
    engine's hash changes, one run judges every order again. -#}
{% macro capi_hash_of(expressions) %} {{ return(adapter.dispatch("capi_hash_of", "offline_capi")(expressions)) }} {% endmacro %}

{#- As capi_hash_of, for all columns of a CTE. -#}
{% macro capi_row_hash(cte) %} {{ return(adapter.dispatch("capi_row_hash", "offline_capi")(cte)) }} {% endmacro %}

{#- The sum of such hashes over a group, whatever their order; it does not fit in a 64-bit type. -#}
{% macro capi_sum_of_hashes(hash) %} {{ return(adapter.dispatch("capi_sum_of_hashes", "offline_capi")(hash)) }} {% endmacro %}

{#- The type of that sum. -#}
{% macro capi_wide_integer() -%} decimal(38, 0) {%- endmacro %}
