{#- What capi_columns says about a raw table: our column -> the shop's name for it, or None if the shop says that there is no such
    column. Raises an error for an unknown table or column, so that a misspelt one is not silently ignored. -#}
{% macro capi_columns_setting(table) %}
    {%- set tables = var("capi_columns", {}) -%}
    {%- set example = "{customers: {email: email_address}}" -%}
    {%- if tables is not mapping -%}
        {{ offline_capi.capi_refuse_setting("capi_columns", tables, "write tables with columns, such as " ~ example) }}
    {%- endif -%}
    {%- for name in tables if name not in offline_capi.capi_raw_tables() -%}
        {{ offline_capi.capi_refuse_setting("capi_columns", name, "the tables are " ~ offline_capi.capi_raw_tables() | join(", ")) }}
    {%- endfor -%}

    {%- set names = tables.get(table, {}) -%}
    {%- if names is not mapping -%}
        {{ offline_capi.capi_refuse_setting("capi_columns", table ~ ": " ~ names, "write columns with their names, such as " ~ example) }}
    {%- endif -%}
    {%- set own = offline_capi.capi_columns_of_ours(table) -%}
    {%- for column, name in names.items() -%}
        {%- if column not in own -%}
            {{
                offline_capi.capi_refuse_setting(
                    "capi_columns", table ~ ": " ~ column, "our column comes first, the shop's name second, and the columns of " ~ table ~ " are "
                    ~ own | join(", ")
                )
            }}
        {%- elif name is not none and (name is not string or not name | trim) -%}
            {{ offline_capi.capi_refuse_setting("capi_columns", table ~ ": " ~ column ~ ": " ~ name, "write the name of a column of the raw table, or null if it has none") }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
