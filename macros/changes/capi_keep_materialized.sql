{#- Refuses another materialization for the models that keep rows of earlier runs, and for the list of what a run judges, before
    anything is built: a table or view that only has the changes of one run would lose everything else. -#}
{% macro capi_keep_materialized() %}
    {%- if not execute -%} {{ return("") }} {%- endif -%}
    {%- set wanted = {"int_capi__touched": "table", "int_capi__judged_orders": "incremental"} -%}
    {%- for mart in offline_capi.capi_incremental_marts() -%} {%- do wanted.update({mart: "incremental"}) -%} {%- endfor -%}
    {%- for name, kind in wanted.items() -%}
        {%- set found = graph.nodes.get("model.offline_capi." ~ name, {}).get("config", {}).get("materialized", kind) -%}
        {%- if found != kind -%}
            {{
                exceptions.raise_compiler_error(
                    "offline_capi: dbt_project.yml sets +materialized: " ~ found ~ " for " ~ name ~ ", which must stay " ~ kind
                    ~ ", or every order that did not change would be lost. Set it only for your own models: models: {" ~ project_name
                    ~ ": {+materialized: " ~ found ~ "}}."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
