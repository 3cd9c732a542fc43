{#- The scope in which a receipt number identifies one receipt: the dataset, the store, or the store and the day. -#}
{% macro capi_order_id_scope() %} {{ return(offline_capi.capi_setting("capi_order_id_scope", ["dataset", "store", "day"])) }} {% endmacro %}
