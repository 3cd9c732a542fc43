{#- Where a raw table is read from: the user's own model if capi_<table>_model names one (as `model`, or as
    `package.model` if it is not in the root project), else the source;
    an empty relation if capi_use_<table> is false. -#}
{% macro capi_raw_relation(table) %}
    {%- if not offline_capi.capi_uses(table) -%} {{ return("(select 1 as nothing where 1 = 0)") }} {%- endif -%}
    {%- set model = var("capi_" ~ table ~ "_model", none) -%}
    {%- if not model -%} {{ return(source("capi", table)) }} {%- endif -%}
    {#- The project is named because dbt warns if a package refers to a model of the root project by name alone. -#}
    {%- set project, name = model.split(".") if "." in model else (project_name, model) -%}
    {{ return(ref(project, name)) }}
{% endmacro %}

{#- Whether the project has this raw table; orders is always there. -#}
{% macro capi_uses(table) %}
    {{ return(table == "orders" or var("capi_use_" ~ table, true)) }}
{% endmacro %}

{#- A relation, or a sample of about this many rows if it has more. -#}
{% macro capi_some_rows(relation, enough) %}
    {%- set rows = offline_capi.capi_row_count(relation) if execute and flags.INTROSPECT else 0 -%}
    {{ return(relation if rows <= enough else offline_capi.capi_sample(relation, (100 * enough / rows) | round(6))) }}
{% endmacro %}
