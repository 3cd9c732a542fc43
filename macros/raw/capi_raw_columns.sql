{#- The names, in lower case, of the columns that a raw table has. Raises an error that names what is missing:
    the table itself, or one of the required columns. Empty while dbt only parses. -#}
{% macro capi_raw_columns(table, required) %}
    {#- Before the return, so that dbt learns of the dependency while it parses. -#}
    {%- set relation = offline_capi.capi_raw_relation(table) -%}
    {%- if not execute or not offline_capi.capi_uses(table) -%} {{ return([]) }} {%- endif -%}
    {%- set found = load_relation(relation) -%}
    {%- if found is none -%}
        {%- set model = var("capi_" ~ table ~ "_model", none) -%}
        {%- if model -%}
            {{
                exceptions.raise_compiler_error(
                    "offline_capi: your model " ~ model ~ ", which capi_" ~ table ~ "_model names, is not built. Build it first, or with the"
                    ~ " package: dbt build -s +package:offline_capi."
                )
            }}
        {%- endif -%}
        {%- set optional = "" if table == "orders" else ", or set capi_use_" ~ table ~ ": false if the shop has no such table" -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: the raw table " ~ relation ~ " does not exist. Point capi_source_database, capi_source_schema and capi_"
                ~ table ~ "_identifier at it, or name your own model in capi_" ~ table ~ "_model" ~ optional ~ "."
            )
        }}
    {%- endif -%}
    {%- set columns = adapter.get_columns_in_relation(found) | map(attribute="name") | map("lower") | list -%}
    {%- for column in required if column not in columns -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: the raw table " ~ relation ~ " has no column `" ~ column ~ "`, which " ~ table
                ~ " must have. Add it, or name a model that has it in capi_" ~ table ~ "_model. Columns found: " ~ columns | join(", ") ~ "."
            )
        }}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{#- A raw column as text, or a typed NULL where the raw table does not have it. -#}
{% macro capi_text(column, columns) %}
    {%- if column in columns -%} cast({{ adapter.quote(column) }} as {{ dbt.type_string() }}) as {{ column }}
    {%- else -%} cast(null as {{ dbt.type_string() }}) as {{ column }}
    {%- endif -%}
{% endmacro %}

{#- Warns when no raw table says whether a person allowed marketing use, because then everybody counts as having done so. -#}
{% macro capi_warn_without_consent(order_columns) %}
    {%- set customer_columns = offline_capi.capi_raw_columns("customers", required=[]) -%}
    {%- if execute and "marketing_consent" not in order_columns + customer_columns -%}
        {%- do exceptions.warn(
            "offline_capi: neither orders nor customers have a column marketing_consent, so every order counts as consented to."
            ~ " Add the column if the shop records consent."
        ) -%}
    {%- endif -%}
{% endmacro %}

{#- Warns when capi_custom_fields names what orders do not have: nothing would be sent for it. -#}
{% macro capi_warn_of_unknown_fields(order_columns) %}
    {%- for field in var("capi_custom_fields", []) if execute and field | lower not in order_columns -%}
        {%- do exceptions.warn(
            "offline_capi: capi_custom_fields names `" ~ field ~ "`, which orders have no column for, so nothing is sent for it."
            ~ " Columns found: " ~ order_columns | join(", ") ~ "."
        ) -%}
    {%- endfor -%}
{% endmacro %}
