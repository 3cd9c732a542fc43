{% set types = capi_raw_types("order_items") %}
{% set columns = capi_raw_columns("order_items", types) %}

with
    order_items as (select * from {{ capi_raw_relation("order_items") }}),

    renamed as (

        select
            {% for column in capi_known_columns("order_items") -%}
                {{ capi_text(column, columns, types) }} as {{ column }},
            {% endfor %}
            {{ capi_number_flag("quantity", columns) }},
            {{ capi_number_flag("unit_price", columns) }}
        from order_items

    ),

    identified as (

        select
            {% for column in capi_known_columns("order_items") -%}
                {{ capi_id(column) if column in capi_id_columns("order_items") else column }} as {{ column }},
            {% endfor %}
            quantity_is_number,
            unit_price_is_number
        from renamed

    )

select *
from identified
