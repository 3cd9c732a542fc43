{#- The sender's published state as a relation, empty while nothing has been published. It reads the file whenever it is asked.
    The file is capi_delivery_state, else OFFLINE_CAPI_DELIVERY_STATE, else .offline-capi/delivery_state.parquet. -#}
{% macro capi_delivery_state() %}
    {%- set path = var("capi_delivery_state", env_var("OFFLINE_CAPI_DELIVERY_STATE", ".offline-capi/delivery_state.parquet")) -%}
    {{ return(offline_capi.capi_state_of_file(offline_capi.capi_absolute_path(path))) }}
{% endmacro %}
