{#- The sender's published state as a relation, or an empty one of the same columns while nothing has been published.
    The file is capi_delivery_state, else OFFLINE_CAPI_DELIVERY_STATE, else .offline-capi/delivery_state.parquet. -#}
{% macro capi_delivery_state() %}
    {{ return(adapter.dispatch("capi_delivery_state", "offline_capi")()) }}
{% endmacro %}

{% macro duckdb__capi_delivery_state() -%}
    {%- set path = var("capi_delivery_state", env_var("OFFLINE_CAPI_DELIVERY_STATE", ".offline-capi/delivery_state.parquet")) -%}
    {%- set published = execute and run_query("select count(*) from glob(" ~ offline_capi.capi_literal(path) ~ ")").columns[0].values()[0] > 0 -%}
    {%- if published -%} read_parquet({{ offline_capi.capi_literal(path) }})
    {%- else -%}
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
        )
    {%- endif -%}
{%- endmacro %}
