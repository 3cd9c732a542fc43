{#- Refuses to build some of the models into a different database than the rest, before anything is built: what a run has built is noted in
    the transaction that builds it, and DuckDB writes to one database per transaction. -#}
{% macro capi_keep_together() %}
    {%- if not execute -%} {{ return("") }} {%- endif -%}
    {%- set home = graph.nodes["model.offline_capi.int_capi__parts"].database -%}
    {%- for id in offline_capi.capi_parts() if graph.nodes[id].database != home -%}
        {%- set node = graph.nodes[id] -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: dbt_project.yml builds " ~ node.name ~ " into the database " ~ node.database ~ " and other models of the package into "
                ~ home ~ "; all of them must be in the same one, because DuckDB writes to one database at a time. Set it for the whole package: models:"
                ~ " {offline_capi: {+database: " ~ node.database ~ "}}."
            )
        }}
    {%- endfor -%}
{% endmacro %}
