{#- A table of this package as the last run left it, for models upstream of it, where ref() would be a cycle.
    None on a first run, or if it is not a table. -#}
{% macro capi_table_of(name) %}
    {%- if not execute -%} {{ return(none) }} {%- endif -%}
    {%- set relation = load_relation(offline_capi.capi_relation_of(name)) -%}
    {{ return(relation if relation is not none and relation.is_table else none) }}
{% endmacro %}

{#- Where a model of this package is built, whether it exists or not. -#}
{% macro capi_relation_of(name) %}
    {%- set node = graph.nodes["model.offline_capi." ~ name] -%}
    {{ return(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias)) }}
{% endmacro %}

{#- Like capi_table_of, for what --full-refresh forgets. -#}
{% macro capi_last_built(model) %} {{ return(none if offline_capi.capi_builds_whole() else offline_capi.capi_table_of(model)) }} {% endmacro %}

{#- Whether this run builds every table anew: because it was asked to, or because no table here can be changed. -#}
{% macro capi_builds_whole() %} {{ return(flags.FULL_REFRESH or model.config.full_refresh or offline_capi.capi_always_whole()) }} {% endmacro %}

{#- The tables for users that are built incrementally. -#}
{% macro capi_incremental_marts() %}
    {{ return(["capi_events", "capi_rejected_events", "capi_dropped_values", "capi_later_changes"]) }}
{% endmacro %}

{#- The memory of the last run; None unless every incremental table exists with it. -#}
{% macro capi_last_judgement() %}
    {%- for mart in offline_capi.capi_incremental_marts() -%}
        {%- if offline_capi.capi_last_built(mart) is none -%} {{ return(none) }} {%- endif -%}
    {%- endfor -%}
    {{ return(offline_capi.capi_last_built("int_capi__judged_orders")) }}
{% endmacro %}
