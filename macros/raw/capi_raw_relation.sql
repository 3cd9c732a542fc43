{#- Where a raw table is read from: the user's own model when capi_<table>_model names one, else the source;
    an empty relation when capi_use_<table> is false. -#}
{% macro capi_raw_relation(table) %}
    {%- if not offline_capi.capi_uses(table) -%} {{ return("(select 1 as nothing where 1 = 0)") }} {%- endif -%}
    {%- set model = var("capi_" ~ table ~ "_model", none) -%}
    {{ return(ref(model) if model else source("capi", table)) }}
{% endmacro %}

{#- Whether the project has this raw table at all; orders are always there. -#}
{% macro capi_uses(table) %}
    {{ return(table == "orders" or var("capi_use_" ~ table, true)) }}
{% endmacro %}
