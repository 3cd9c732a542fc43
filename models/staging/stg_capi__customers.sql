{% set columns = capi_raw_columns("customers", required=["customer_id"]) %}

with
    customers as (select * from {{ capi_raw_relation("customers") }}),

    renamed as (

        select
            -- -------- ids
            {{ capi_text("customer_id", columns) }},
            {{ capi_text("external_id", columns) }},
            {{ capi_text("madid", columns) }},
            {{ capi_text("lead_id", columns) }},

            -- -------- contact
            {{ capi_text("email", columns) }},
            {{ capi_text("phone", columns) }},

            -- -------- person
            {{ capi_text("first_name", columns) }},
            {{ capi_text("last_name", columns) }},
            {{ capi_text("gender", columns) }},
            {{ capi_text("date_of_birth", columns) }},

            -- -------- address
            {{ capi_text("city", columns) }},
            {{ capi_text("state", columns) }},
            {{ capi_text("postal_code", columns) }},
            {{ capi_text("country", columns) }},

            -- -------- what the person allowed
            {{ capi_text("marketing_consent", columns) }},
            {{ capi_text("limited_data_use", columns) }},
            {{ capi_text("opt_out", columns) }},
            {{ "true" if "marketing_consent" in columns else "false" }} as records_consent

        from customers

    )

select *
from renamed
