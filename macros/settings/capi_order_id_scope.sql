{#- Within what a receipt number stands for one receipt: the dataset, the store, or the store and the day. -#}
{% macro capi_order_id_scope() %} {{ return(offline_capi.capi_setting("capi_order_id_scope", ["dataset", "store", "day"])) }} {% endmacro %}
