{#- Exactly the fields by which Meta deduplicates offline events, as one unambiguous text: with an order id the dataset, the
    time, the name, the item number and the order id; without one the customer parameters stand in its place.
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
