{#- Warns of columns that nothing is read from though by their names they are probably ours, with the line that reads them. -#}
{% macro capi_warn_of_ignored_columns() %}
    {%- set ignored = [] -%}
    {%- for table in offline_capi.capi_raw_tables() -%}
        {%- for column in offline_capi.capi_mapped_columns(table) if column.name and column.likely -%}
            {%- do ignored.append(table ~ "." ~ column.name ~ " (" ~ column.likely ~ "?)") -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if ignored -%}
        {%- do exceptions.warn("offline_capi: nothing is read from " ~ ignored | join(", ") ~ ". " ~ offline_capi.capi_columns_advice()) -%}
    {%- endif -%}
{% endmacro %}

{#- A sentence with the value of capi_columns that would read every column whose name is known, in all raw tables that there are, so that it
    can be pasted once. -#}
{% macro capi_columns_advice() %}
    {%- set tables, split = [], [] -%}
    {%- for table in offline_capi.capi_raw_tables() if offline_capi.capi_uses(table) -%}
        {%- set relation = offline_capi.capi_raw_relation(table) -%}
        {%- set found = offline_capi.capi_columns_in(relation) or [] -%}
        {%- set columns = offline_capi.capi_matched_columns(table, found) -%}
        {%- set items = [] -%}
        {%- for column, name in offline_capi.capi_columns_setting(table).items() if name is none or column in columns -%}
            {%- do items.append(column ~ ": " ~ name | tojson) -%}
        {%- endfor -%}
        {%- for name, ours in offline_capi.capi_likely_columns(table, columns, found) -%}
            {%- if "," in ours -%} {%- do split.append(" A model with offline_capi.capi_split_name makes " ~ ours | replace(",", " and") ~ " of `" ~ name ~ "`.") -%}
            {%- else -%} {%- do items.append(ours ~ ": " ~ name | tojson) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if items -%} {%- do tables.append(table ~ ": {" ~ items | join(", ") ~ "}") -%} {%- endif -%}
    {%- endfor -%}
    {{
        return(
            ("If these names are right, write in your vars: capi_columns: {" ~ tables | join(", ") ~ "}" if tables
            else "Say what it is called in your vars, such as capi_columns: {customers: {email: email_address}}") ~ "." ~ split | unique | join
        )
    }}
{% endmacro %}
