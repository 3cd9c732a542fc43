{#- The sender's published state as a relation, empty while nothing has been published. It reads the file whenever it is asked.
    The file is capi_delivery_state, else OFFLINE_CAPI_DELIVERY_STATE, else .offline-capi/delivery_state.parquet. -#}
{% macro capi_delivery_state() %}
    {%- set path = var("capi_delivery_state", env_var("OFFLINE_CAPI_DELIVERY_STATE", ".offline-capi/delivery_state.parquet")) -%}
    {{ return(adapter.dispatch("capi_delivery_state", "offline_capi")(path)) }}
{% endmacro %}

{# The empty part gives the columns while there is no file, and those that a file of an older sender lacks. #}
{% macro duckdb__capi_delivery_state(path) -%}
    (
        select
            cast(null as varchar) as event_key,
            cast(null as varchar) as dataset_id,
            cast(null as varchar) as order_id,
            cast(null as varchar) as store_id,
            cast(null as varchar) as event_name,
            cast(null as bigint) as event_time,
            cast(null as varchar) as state,
            cast(null as varchar) as reason,
            cast(null as bigint) as first_attempt_at,
            cast(null as bigint) as accepted_at,
            cast(null as varchar) as fbtrace_id,
            cast(null as bigint) as published_at
        where 1 = 0
        union all by name
        select * from read_parquet({{ offline_capi.capi_literal(offline_capi.capi_absolute_path(path)) }}, allow_empty = true)
    )
{%- endmacro %}

{#- A path that means the same from every folder; a relative one counts from the folder in which dbt was started. -#}
{% macro capi_absolute_path(path) %} {{ return(adapter.dispatch("capi_absolute_path", "offline_capi")(path)) }} {% endmacro %}

{# dbt does not tell its folder, and PWD is not changed by every program that starts it. DuckDB writes out the folders of this
   setting, which counts only where external access is switched off; it can then not be set, and the path has to be absolute. #}
{% macro duckdb__capi_absolute_path(path) %}
    {%- if not execute or modules.re.match("/|~|[A-Za-z]:|[a-z0-9]+://", path) -%} {{ return(path) }} {%- endif -%}
    {%- do run_query("set allowed_directories = ['.']") -%}
    {%- set folder = run_query("select current_setting('allowed_directories')[1]").columns[0].values()[0] -%}
    {%- do run_query("reset allowed_directories") -%}
    {{ return(folder ~ path) }}
{% endmacro %}
