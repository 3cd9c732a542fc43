{#- The columns of a raw table and the expected ones that are missing, as a list of {name, used_as, likely}. `name` is none for a missing
    column, `used_as` for an ignored one; `likely` is our column that an ignored one probably is, or the table's column that a
    missing one probably is. Empty while dbt only parses. -#}
{% macro capi_mapped_columns(table) %}
    {%- set found = offline_capi.capi_raw_types(table) -%}
    {%- set columns = offline_capi.capi_raw_columns(table, found) -%}
    {%- if not execute or not offline_capi.capi_uses(table) -%} {{ return([]) }} {%- endif -%}
    {%- set likely = offline_capi.capi_likely_columns(table, columns, found) -%}

    {%- set mapped, used = [], [] -%}
    {%- for column in offline_capi.capi_columns_of_ours(table) -%}
        {%- if column in columns -%}
            {%- do mapped.append({"name": columns[column], "used_as": column, "likely": none}) -%}
            {%- do used.append(columns[column]) -%}
        {%- else -%}
            {%- set guess = namespace(name=none) -%}
            {%- for name, guessed in likely if column in guessed.split(", ") -%} {%- set guess.name = name -%} {%- endfor -%}
            {%- do mapped.append({"name": none, "used_as": column, "likely": guess.name}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name in found if name not in used -%}
        {%- set guess = namespace(ours=none) -%}
        {%- for guessed, column in likely if guessed == name -%} {%- set guess.ours = column -%} {%- endfor -%}
        {%- do mapped.append({"name": name, "used_as": none, "likely": guess.ours}) -%}
    {%- endfor -%}
    {{ return(mapped) }}
{% endmacro %}
