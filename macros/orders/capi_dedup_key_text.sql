{#- Exactly the fields that Meta deduplicates offline events by, as one unambiguous text: the dataset, the time, the name, the
    item number and the order id; without an order id the customer parameters take its place.
    Source: Meta's offline events page, section on deduplication. -#}
{% macro capi_dedup_key_text(user_data) -%}
    concat_ws(
        ',',
        dataset_id,
        cast(event_time as {{ dbt.type_string() }}),
        {{ offline_capi.capi_json_string("event_name") }},
        coalesce({{ offline_capi.capi_json_string("item_number") }}, 'null'),
        coalesce({{ offline_capi.capi_json_string("meta_order_id") }}, {{ user_data }})
    )
{%- endmacro %}
