{#- A table of this package as the last run left it, for models that stand before it in the flow, where ref() would be a cycle.
    None on a first run, and when it is no table. -#}
{% macro capi_table_of(model) %}
    {%- if not execute -%} {{ return(none) }} {%- endif -%}
    {%- set node = graph.nodes["model.offline_capi." ~ model] -%}
    {%- set relation = load_relation(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias)) -%}
    {{ return(relation if relation is not none and relation.is_table else none) }}
{% endmacro %}

{#- As capi_table_of, for what --full-refresh forgets. -#}
{% macro capi_last_built(model) %} {{ return(none if flags.FULL_REFRESH else offline_capi.capi_table_of(model)) }} {% endmacro %}

{#- The tables for users that are built incrementally. -#}
{% macro capi_incremental_marts() %}
    {{ return(["capi_events", "capi_rejected_events", "capi_dropped_values", "capi_later_changes"]) }}
{% endmacro %}

{#- The memory of the last run; None unless every table that is built incrementally is there with it. -#}
{% macro capi_last_judgement() %}
    {%- for mart in offline_capi.capi_incremental_marts() -%}
        {%- if offline_capi.capi_last_built(mart) is none -%} {{ return(none) }} {%- endif -%}
    {%- endfor -%}
    {{ return(offline_capi.capi_last_built("int_capi__judged_orders")) }}
{% endmacro %}

{#- Stops the building of an incremental table anew from the changes of one run alone, which would lose everything else. -#}
{% macro capi_refuse_a_part() %}
    {%- do offline_capi.capi_keep_materialized() -%}
    {#- Before the return, so that dbt learns of the dependencies while it parses. -#}
    {%- set orders, touched = ref("offline_capi", "int_capi__order_rows"), ref("offline_capi", "int_capi__touched") -%}
    {%- if not execute or flags.WHICH not in ["run", "build"] or is_incremental() -%} {{ return("") }} {%- endif -%}
    {%- set part = run_query(
        "select 1 where exists (select 1 from " ~ orders ~ ") and not exists (select 1 from " ~ touched ~ " where is_whole)"
    ) -%}
    {%- if part | length > 0 -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: " ~ this.identifier ~ " would be built from the changes of the last run alone and lose everything else;"
                ~ " build everything that leads to it: dbt run --full-refresh --select package:offline_capi."
            )
        }}
    {%- endif -%}
{% endmacro %}
