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

{#- A sentence about amounts whose mark before three digits may be the decimal mark or not, if no setting says which; empty if there are none. -#}
{% macro capi_decimal_mark_advice(relation, name) %}
    {%- if not flags.INTROSPECT or var("capi_decimal_mark", none) -%} {{ return("") }} {%- endif -%}
    {%- set counted -%}
        select
            min(case when {{ offline_capi.capi_matches("written", "[^0-9]*[1-9][0-9]{0,2}[.,][0-9]{3}[^0-9.,]*") }} then written end),
            count(case when {{ offline_capi.capi_matches("written", ".*[0-9],[0-9]{1,2}[^0-9.,]*") }} then 1 end),
            count(case when {{ offline_capi.capi_matches("written", ".*[0-9][.][0-9]{1,2}[^0-9.,]*") }} then 1 end)
        from
            (
                select cast({{ offline_capi.capi_quoted(name) }} as {{ dbt.type_string() }}) as written
                from {{ relation }}
                where not {{ offline_capi.capi_is_number(offline_capi.capi_quoted(name)) }}
            ) as texts
    {%- endset -%}
    {%- set ambiguous, commas, points = run_query(counted).rows[0] -%}
    {%- if not ambiguous -%} {{ return("") }} {%- endif -%}
    {%- set mark = "','" if commas and not points else "'.'" if points and not commas else "'.' or ','" -%}
    {{ return(" Decimals or thousands, in `" ~ name ~ "` (" ~ ambiguous ~ ")? Also set capi_decimal_mark: " ~ mark ~ ".") }}
{% endmacro %}

{#- Whether a column has a time without an offset that is not a number either. -#}
{% macro capi_lacks_offsets(relation, name) %}
    {%- if not flags.INTROSPECT -%} {{ return(false) }} {%- endif -%}
    {%- set counted -%}
        select count(*)
        from (select {{ offline_capi.capi_lower("cast(" ~ offline_capi.capi_quoted(name) ~ " as " ~ dbt.type_string() ~ ")") }} as written from {{ relation }}) as texts
        where not {{ offline_capi.capi_matches("written", ".*(z|utc|gmt|[0-9] ?[+-][0-9]{2}(:?[0-9]{2})?)|[0-9.]+|") }}
    {%- endset -%}
    {{ return(run_query(counted).rows[0][0] > 0) }}
{% endmacro %}

{#- A sentence about times that end with the year, if no setting says whether the day or the month comes first; empty if
    there are none. -#}
{% macro capi_date_order_advice(relation, name) %}
    {%- if not flags.INTROSPECT or var("capi_date_order", none) -%} {{ return("") }} {%- endif -%}
    {%- set year_last -%}
        select
            split_part(date_part, '/', 1) as first_part,
            split_part(date_part, '/', 2) as second_part,
            written
        from
            (
                select {{ offline_capi.capi_replace("written", "^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{2,4}([^0-9].*)?$", "\\1/\\2") }} as date_part, written
                from (select cast({{ offline_capi.capi_quoted(name) }} as {{ dbt.type_string() }}) as written from {{ relation }}) as texts
                where {{ offline_capi.capi_matches("written", "[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}([^0-9].*)?") }}
            ) as dates
    {%- endset -%}
    {%- set counted -%}
        select
            min(case when cast(first_part as integer) > 12 then written end),
            min(case when cast(second_part as integer) > 12 then written end),
            count(*)
        from ({{ year_last }}) as parts
    {%- endset -%}
    {%- set day_first, month_first, dates = run_query(counted).rows[0] -%}
    {%- if not dates -%} {{ return("") }} {%- endif -%}
    {%- if day_first and not month_first -%} {{ return(" The day comes first in `" ~ name ~ "` (" ~ day_first ~ "): also set capi_date_order: dmy.") }} {%- endif -%}
    {%- if month_first and not day_first -%} {{ return(" The month comes first in `" ~ name ~ "` (" ~ month_first ~ "): also set capi_date_order: mdy.") }} {%- endif -%}
    {{ return(" In `" ~ name ~ "` the year comes last: also set capi_date_order to dmy or mdy.") }}
{% endmacro %}

{#- A sentence about a column whose name says that it holds the time of day of sales, if ordered_at holds only days; empty if there is none. -#}
{% macro capi_clock_column_advice(relation, found, read, ordered_at) %}
    {%- set clocks = "time clock timeofday saletime uhrzeit zeit verkaufszeit heure hora ora orario tijd tijdstip tid klokkeslett klockslag godzina czas kello saat время час 時刻 時間 时间 시각 시간".split() -%}
    {%- for name in found if name not in read and offline_capi.capi_name_key(name) in clocks and flags.INTROSPECT -%}
        {%- set counted -%}
            select count(*)
            from (select cast({{ offline_capi.capi_quoted(ordered_at) }} as {{ dbt.type_string() }}) as written from {{ relation }}) as texts
            where {{ offline_capi.capi_matches("written", "[0-9]{1,4}[^0-9:]+[0-9]{1,2}[^0-9:]+[0-9]{1,4}[^0-9:]*") }}
        {%- endset -%}
        {%- if run_query(counted).rows[0][0] -%}
            {{
                return(
                    " If `" ~ name ~ "` has the time of day that `" ~ ordered_at ~ "` lacks, name in capi_orders_model a model of your own that joins them: select *, concat_ws(' ', \""
                    ~ ordered_at ~ "\", \"" ~ name ~ "\") as ordered_at."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
    {{ return("") }}
{% endmacro %}

{#- A name as a quoted YAML text. -#}
{% macro capi_yaml_text(name) %}
    {{ return("null" if name is none else '"' ~ name | replace("\\", "\\\\") | replace('"', '\\"') ~ '"') }}
{% endmacro %}
