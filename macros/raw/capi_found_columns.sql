{#- The columns of a raw table, as the database writes them, with their types. Raises an error if there is no such table. Without
    introspection (dbt compile --no-introspect) nothing is known about it, and all of our columns are assumed to exist. -#}
{% macro capi_found_columns(table, relation) %}
    {%- if not flags.INTROSPECT -%} {{ return(dict.fromkeys(offline_capi.capi_known_columns(table), "")) }} {%- endif -%}
    {%- set model = var("capi_" ~ table ~ "_model", none) -%}
    {%- if model and relation.is_cte -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: your model " ~ model ~ ", which capi_" ~ table ~ "_model names, is ephemeral, so its columns cannot be looked up."
                ~ " Set its materialized to view or table."
            )
        }}
    {%- endif -%}
    {%- set names = offline_capi.capi_columns_in(relation) -%}
    {%- if names is not none -%} {{ return(names) }} {%- endif -%}
    {%- if model -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: your model " ~ model ~ ", which capi_" ~ table ~ "_model names, is not built. Build it first, or with the"
                ~ " package: dbt build -s +package:offline_capi."
            )
        }}
    {%- endif -%}
    {%- set optional = "" if table == "orders" else ", or set capi_use_" ~ table ~ ": false if the shop has no such table" -%}
    {%- set there = offline_capi.capi_tables_in(relation) -%}
    {{
        exceptions.raise_compiler_error(
            "offline_capi: the raw table " ~ relation ~ " does not exist. Point capi_source_database, capi_source_schema and capi_"
            ~ table ~ "_identifier at it, or name your own model in capi_" ~ table ~ "_model" ~ optional ~ ". "
            ~ ("Tables found: " ~ there | join(", ") if there else "The database has no tables of yours") ~ "."
        )
    }}
{% endmacro %}
