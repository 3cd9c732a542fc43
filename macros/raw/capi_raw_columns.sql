{#- The columns that a raw table has: our name for each -> the name it has there. Names are found in any case, capi_columns says which
    of them go by another one. Raises an error that names what is missing: the table itself, a required column, or a name that
    capi_columns gives. Empty while dbt only parses. -#}
{% macro capi_raw_columns(table) %}
    {#- Before the return, so that dbt learns of the dependency while it parses. -#}
    {%- set relation = offline_capi.capi_raw_relation(table) -%}
    {%- if not execute or not offline_capi.capi_uses(table) -%} {{ return({}) }} {%- endif -%}
    {%- set names = offline_capi.capi_columns_setting(table) -%}
    {%- set found = offline_capi.capi_found_columns(table, relation) -%}

    {%- set columns, by_our_names, problems = {}, {}, [] -%}
    {%- for name in found -%}
        {%- do columns.update({name | trim | lower: name}) -%}
        {%- do by_our_names.update({name | trim | lower: name}) -%}
    {%- endfor -%}
    {%- for column, name in names.items() -%}
        {%- if name | trim | lower in columns -%} {%- do by_our_names.update({column: columns[name | trim | lower]}) -%}
        {%- else -%} {%- do problems.append("no column `" ~ name ~ "`, which capi_columns names for " ~ column) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for column in offline_capi.capi_required_columns(table) if column not in by_our_names and column not in names -%}
        {%- do problems.append("no column `" ~ column ~ "`, which it must have (under another name: capi_columns: {" ~ table ~ ": {" ~ column ~ ": its name}})") -%}
    {%- endfor -%}
    {%- if problems -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: the raw table " ~ relation ~ " has " ~ problems | join(", and ") ~ ". Columns found: " ~ found | join(", ") ~ "."
            )
        }}
    {%- endif -%}
    {{ return(by_our_names) }}
{% endmacro %}

{#- A raw column as text, or a typed NULL where the raw table does not have it. -#}
{% macro capi_text(column, columns) %}
    {%- if column in columns -%} cast({{ offline_capi.capi_quoted(columns[column]) }} as {{ dbt.type_string() }}) as {{ column }}
    {%- else -%} cast(null as {{ dbt.type_string() }}) as {{ column }}
    {%- endif -%}
{% endmacro %}
