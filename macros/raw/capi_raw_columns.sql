{#- The known columns that a raw table has: our name -> its name there. Names match in any case; capi_columns lists other
    names. Raises an error that names what is missing: the table itself, a required column, or a name from
    capi_columns. Empty while dbt only parses. Takes what capi_raw_types gives. -#}
{% macro capi_raw_columns(table, found=none) %}
    {#- Before the return, so that dbt sees the dependency while it parses. -#}
    {%- set relation = offline_capi.capi_raw_relation(table) -%}
    {%- if not execute or not offline_capi.capi_uses(table) -%} {{ return({}) }} {%- endif -%}
    {%- set found = offline_capi.capi_found_columns(table, relation) if found is none else found -%}
    {%- set columns = offline_capi.capi_matched_columns(table, found) -%}

    {%- set lacking = [] -%}
    {%- for column, name in offline_capi.capi_columns_setting(table).items() if name is not none and column not in columns -%}
        {%- do lacking.append("no column `" ~ name ~ "`, which capi_columns names for " ~ column) -%}
    {%- endfor -%}
    {%- for column in offline_capi.capi_required_columns(table) if column not in columns and not offline_capi.capi_columns_setting(table).get(column) -%}
        {%- do lacking.append("no column `" ~ column ~ "`, which it must have") -%}
    {%- endfor -%}
    {%- if lacking -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: the raw table " ~ relation ~ " has " ~ lacking | join(", and ") ~ ". Columns found: " ~ found | join(", ") ~ ". "
                ~ offline_capi.capi_columns_advice()
            )
        }}
    {%- endif -%}
    {{ return(columns) }}
{% endmacro %}

{#- Like capi_raw_columns, but silent about what is missing. -#}
{% macro capi_matched_columns(table, found) %}
    {%- set names, there, columns = offline_capi.capi_columns_setting(table), {}, {} -%}
    {%- for name in found -%} {%- do there.update({name | trim | lower: name}) -%} {%- endfor -%}
    {%- for column in offline_capi.capi_columns_of_ours(table) -%}
        {%- set name = (names.get(column, column) or "") | trim | lower -%}
        {%- if name in there -%} {%- do columns.update({column: there[name]}) -%} {%- endif -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{#- The types of the columns of a raw table, by their names there. Empty while dbt only parses. -#}
{% macro capi_raw_types(table) %}
    {%- set relation = offline_capi.capi_raw_relation(table) -%}
    {%- if not execute or not offline_capi.capi_uses(table) -%} {{ return({}) }} {%- endif -%}
    {{ return(offline_capi.capi_found_columns(table, relation)) }}
{% endmacro %}

{#- A raw column as text, or a typed NULL if the raw table does not have it. A list of e-mails or phones becomes one text, separated
    by semicolons. -#}
{% macro capi_text(column, columns, types) %}
    {%- if column in columns -%}
        {{
            offline_capi.capi_as_text(
                offline_capi.capi_quoted(columns[column]),
                types.get(columns[column], ""),
                separator=";" if column in ["email", "phone"] else none,
                is_day=column == "date_of_birth",
            )
        }}
    {%- else -%} cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{% endmacro %}

{#- Whether a raw amount column is typed as a number, and so needs no reading. -#}
{% macro capi_number_flag(column, columns) -%}
    {{ offline_capi.capi_is_number(offline_capi.capi_quoted(columns[column])) if column in columns else "false" }} as {{ column }}_is_number
{%- endmacro %}
