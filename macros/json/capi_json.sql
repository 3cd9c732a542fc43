{#- A text as a JSON string with its quotes, valid for any text; NULL for NULL. -#}
{% macro capi_json_string(value) %} {{ return(adapter.dispatch("capi_json_string", "offline_capi")(value)) }} {% endmacro %}

{% macro duckdb__capi_json_string(value) -%} cast(to_json({{ value }}) as varchar) {%- endmacro %}

{#- A JSON object from (key, SQL text expression of a JSON value) pairs, in the order given; a NULL value leaves its key out.
    {} when every value is NULL. Keys are literals of ours and are not escaped. -#}
{% macro capi_json_object(pairs) -%}
    '{' || concat_ws(
        ','
        {%- for key, value in pairs %}, '"{{ key }}":' || {{ value }}{%- endfor %}
    ) || '}'
{%- endmacro %}

{#- An amount without trailing zeros, as JSON writes a number: 12.50 -> 12.5, 12.00 -> 12. Takes a decimal with a fraction. -#}
{% macro capi_json_number(amount) -%} rtrim(rtrim(cast({{ amount }} as {{ dbt.type_string() }}), '0'), '.') {%- endmacro %}

{#- The elements of a group as a JSON array, in the order of an expression. -#}
{% macro capi_json_array_agg(value, order_by) %}
    {{ return(adapter.dispatch("capi_json_array_agg", "offline_capi")(value, order_by)) }}
{% endmacro %}

{% macro duckdb__capi_json_array_agg(value, order_by) -%} '[' || string_agg({{ value }}, ',' order by {{ order_by }}) || ']' {%- endmacro %}

{#- A text as it stands between the quotes of a JSON string. -#}
{% macro capi_json_escaped(value) -%} substr({{ offline_capi.capi_json_string(value) }}, 2, length({{ offline_capi.capi_json_string(value) }}) - 2) {%- endmacro %}

{#- (key, JSON string) pairs for columns that carry their own names. -#}
{% macro capi_json_strings(columns) %}
    {%- set pairs = [] -%}
    {%- for column in columns -%} {%- do pairs.append((column, offline_capi.capi_json_string(column | lower))) -%} {%- endfor -%}
    {{ return(pairs) }}
{% endmacro %}
