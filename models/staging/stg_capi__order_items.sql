{% set columns = capi_raw_columns("order_items", required=["order_id", "product_id"]) %}

with
    order_items as (select * from {{ capi_raw_relation("order_items") }}),

    renamed as (

        select
            -- -------- ids
            {{ capi_text("order_id", columns) }},
            {{ capi_text("product_id", columns) }},

            -- -------- the line
            {{ capi_text("quantity", columns) }},
            {{ capi_text("unit_price", columns) }},
            {{ capi_text("title", columns) }},
            {{ capi_text("brand", columns) }},
            {{ capi_text("category", columns) }},
            {{ capi_text("delivery_category", columns) }}

        from order_items

    )

select *
from renamed
