{#- 64 bits that stand for one or several values; not for secrets, and not the same on every engine or version of it. A change
    of the engine's hash costs one run that judges every order again. -#}
{% macro capi_hash_of(expressions) %} {{ return(adapter.dispatch("capi_hash_of", "offline_capi")(expressions)) }} {% endmacro %}

{% macro duckdb__capi_hash_of(expressions) -%} hash({{ expressions | join(", ") }}) {%- endmacro %}

{#- As capi_hash_of, of all columns of a CTE. -#}
{% macro capi_row_hash(cte) %} {{ return(adapter.dispatch("capi_row_hash", "offline_capi")(cte)) }} {% endmacro %}

{% macro duckdb__capi_row_hash(cte) -%} hash({{ cte }}) {%- endmacro %}

{#- The type of a sum of such hashes. -#}
{% macro capi_wide_integer() -%} decimal(38, 0) {%- endmacro %}
