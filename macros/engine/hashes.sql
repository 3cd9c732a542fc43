{#- Hashes: SHA-256 for what is sent, and 64 bits by which rows are told apart within one warehouse. -#}

{#- SHA-256 of the UTF-8 bytes of a text, 64 lower-case hex digits; NULL for NULL and for the empty text. -#}
{% macro capi_sha256_hex(text) %} {{ return(adapter.dispatch("capi_sha256_hex", "offline_capi")(text)) }} {% endmacro %}

{#- 64 bits that stand for one or several values; not for secrets, and not the same on every engine or version of it. A change
    of the engine's hash costs one run that judges every order again. -#}
{% macro capi_hash_of(expressions) %} {{ return(adapter.dispatch("capi_hash_of", "offline_capi")(expressions)) }} {% endmacro %}

{#- As capi_hash_of, of all columns of a CTE. -#}
{% macro capi_row_hash(cte) %} {{ return(adapter.dispatch("capi_row_hash", "offline_capi")(cte)) }} {% endmacro %}

{#- The sum of such hashes over a group, whatever their order; no type of 64 bits holds it. -#}
{% macro capi_sum_of_hashes(hash) %} {{ return(adapter.dispatch("capi_sum_of_hashes", "offline_capi")(hash)) }} {% endmacro %}

{#- The type of such a sum. -#}
{% macro capi_wide_integer() -%} decimal(38, 0) {%- endmacro %}
