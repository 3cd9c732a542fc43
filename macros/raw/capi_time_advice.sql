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
