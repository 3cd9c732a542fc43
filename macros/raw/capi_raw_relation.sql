{#- Where a raw table is read from: the user's own model when capi_<table>_model names one (as `model`, or as
    `package.model` where it is not in the root project), else the source;
    an empty relation when capi_use_<table> is false. -#}
{% macro capi_raw_relation(table) %}
    {%- if not offline_capi.capi_uses(table) -%} {{ return("(select 1 as nothing where 1 = 0)") }} {%- endif -%}
    {%- set model = var("capi_" ~ table ~ "_model", none) -%}
    {%- if not model -%} {{ return(source("capi", table)) }} {%- endif -%}
    {#- With its project named, as dbt warns of a package that refers to a model of the root project by the name alone. -#}
    {%- set project, name = model.split(".") if "." in model else (project_name, model) -%}
    {{ return(ref(project, name)) }}
{% endmacro %}

{#- Whether the project has this raw table at all; orders are always there. -#}
{% macro capi_uses(table) %}
    {{ return(table == "orders" or var("capi_use_" ~ table, true)) }}
{% endmacro %}

{#- A relation, or about so many of its rows where it has more. -#}
{% macro capi_some_rows(relation, enough) %}
    {%- set rows = offline_capi.capi_row_count(relation) if execute and flags.INTROSPECT else 0 -%}
    {{ return(relation if rows <= enough else offline_capi.capi_sample(relation, (100 * enough / rows) | round(6))) }}
{% endmacro %}
