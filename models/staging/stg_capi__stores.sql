{% set columns = capi_raw_columns("stores", required=["store_id"]) %}

with
    stores as (select * from {{ capi_raw_relation("stores") }}),

    renamed as (

        select
            -- -------- ids
            {{ capi_text("store_id", columns) }},
            {{ capi_text("dataset_id", columns) }},
            {{ capi_text("store_code", columns) }},
            {{ capi_text("store_page_id", columns) }},
            {{ capi_text("brand_page_id", columns) }},

            -- -------- place
            {{ capi_text("time_zone", columns) }},
            {{ capi_text("country", columns) }},
            {{ capi_text("state", columns) }},
            {{ capi_text("currency", columns) }}

        from stores

    )

select *
from renamed
