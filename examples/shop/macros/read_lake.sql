{#- Makes tables of Spark's catalog out of Parquet files: one a raw table, from the folder of its name. -#}
{% macro read_lake(folder) %}
    {%- do run_query("create schema if not exists raw") -%}
    {%- for table in ["orders", "order_items", "customers", "stores"] -%}
        {%- do run_query("drop table if exists raw." ~ table) -%}
        {%- do run_query("create table raw." ~ table ~ " using parquet location '" ~ folder ~ "/" ~ table ~ "'") -%}
    {%- endfor -%}
{% endmacro %}
