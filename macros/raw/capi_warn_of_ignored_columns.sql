{#- Warns about columns that are not read although their names look like ours, with the line that reads them. Takes a mapping of raw
    table to what capi_mapped_columns gives. -#}
{% macro capi_warn_of_ignored_columns(mapped) %}
    {%- set ignored = [] -%}
    {%- for table, columns in mapped.items() -%}
        {%- for column in columns if column.name and column.likely -%}
            {%- do ignored.append(table ~ "." ~ column.name ~ " (" ~ column.likely ~ "?)") -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if ignored -%}
        {%- do exceptions.warn("offline_capi: these columns are not read: " ~ ignored | join(", ") ~ ". " ~ offline_capi.capi_columns_advice()) -%}
    {%- endif -%}
{% endmacro %}
