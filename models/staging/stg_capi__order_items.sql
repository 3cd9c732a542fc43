{% set columns = capi_raw_columns("order_items") %}

with
    order_items as (select * from {{ capi_raw_relation("order_items") }}),

    renamed as (

        select
            {% for column in capi_known_columns("order_items") -%} {{ capi_text(column, columns) }}, {% endfor %}
            {{ capi_number_flag("quantity", columns) }},
            {{ capi_number_flag("unit_price", columns) }}
        from order_items

    )

select *
from renamed
