{#- A sentence with the value of capi_columns that would read every column with a known name, for all existing raw tables, so that it
    can be pasted once; and what else these columns need: a model that splits names, the order in which days are written. -#}
{% macro capi_columns_advice() %}
    {%- set tables, more, told = [], [], [] -%}
    {%- set is_news = namespace(value=false) -%}
    {%- for table in offline_capi.capi_raw_tables() if offline_capi.capi_uses(table) -%}
        {%- set relation = offline_capi.capi_raw_relation(table) -%}
        {%- set found = offline_capi.capi_columns_in(relation) or [] -%}
        {%- set columns = offline_capi.capi_matched_columns(table, found) -%}
        {%- set items = [] -%}
        {%- for column, name in offline_capi.capi_columns_setting(table).items() if name is none or column in columns -%}
            {%- do items.append(column ~ ": " ~ offline_capi.capi_yaml_text(name)) -%}
        {%- endfor -%}
        {%- set read = dict(columns) -%}
        {%- for name, ours in offline_capi.capi_likely_columns(table, columns, found) -%}
            {%- if "," in ours -%}
                {%- do more.append(
                    " `" ~ name ~ "` holds " ~ ours | replace(",", " and") ~ " together: split it in a model with offline_capi.capi_split_name (docs/raw_tables.md)."
                ) -%}
            {%- else -%}
                {%- do items.append(ours ~ ": " ~ offline_capi.capi_yaml_text(name)) -%}
                {%- do read.update({ours: name}) -%}
                {%- set is_news.value = true -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if table in ["orders", "stores"] -%} {%- do told.extend(read.keys() | select("in", ["currency", "time_zone"])) -%} {%- endif -%}
        {%- if items -%} {%- do tables.append(table ~ ": {" ~ items | join(", ") ~ "}") -%} {%- endif -%}
        {%- if table == "orders" and read.ordered_at -%}
            {%- do more.append(offline_capi.capi_date_order_advice(relation, read.ordered_at)) -%}
            {%- do more.append(offline_capi.capi_clock_column_advice(relation, found, read.values() | list, read.ordered_at)) -%}
            {%- if offline_capi.capi_lacks_offsets(relation, read.ordered_at) -%} {%- do told.append("local times") -%} {%- endif -%}
        {%- endif -%}
        {%- if table == "orders" and read.total -%} {%- do more.append(offline_capi.capi_decimal_mark_advice(relation, read.total)) -%} {%- endif -%}
    {%- endfor -%}
    {%- if "currency" not in told -%} {%- do more.append(" No table says which currency amounts are in: add a column `currency` to orders or stores, such as EUR.") -%} {%- endif -%}
    {%- if "local times" in told and "time_zone" not in told and not var("capi_default_time_zone", none) -%}
        {%- do more.append(" The times have no offset: add a column `time_zone` to stores, or also set capi_default_time_zone, such as Europe/Paris.") -%}
    {%- endif -%}
    {%- if is_news.value -%} {%- set line = "If these guesses are right, add to your vars: capi_columns: {" ~ tables | join(", ") ~ "}." -%}
    {%- elif not tables -%} {%- set line = "Name it in your vars, such as capi_columns: {customers: {email: email_address}}." -%}
    {%- endif -%}
    {{ return(((line or "") ~ more | unique | join) | trim) }}
{% endmacro %}

{#- A name as a quoted YAML text. -#}
{% macro capi_yaml_text(name) %}
    {{ return("null" if name is none else '"' ~ name | replace("\\", "\\\\") | replace('"', '\\"') ~ '"') }}
{% endmacro %}
