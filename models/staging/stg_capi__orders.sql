{% do capi_check_settings() %}
{% set columns = capi_raw_columns("orders", required=["order_id", "ordered_at", "total"]) %}
{% do capi_warn_without_consent(columns) %}
{% do capi_warn_of_unknown_fields(columns) %}

with
    orders as (select * from {{ capi_raw_relation("orders") }}),

    renamed as (

        select
            -- -------- ids
            {{ capi_text("order_id", columns) }},
            {{ capi_text("item_number", columns) }},
            {{ capi_text("event_id", columns) }},
            {{ capi_text("store_id", columns) }},
            {{ capi_text("customer_id", columns) }},
            {{ capi_text("dataset_id", columns) }},

            -- -------- the sale
            {{ capi_text("ordered_at", columns) }},
            {{ capi_text("total", columns) }},
            {{ capi_text("currency", columns) }},
            {{ capi_text("status", columns) }},
            {{ capi_text("event_name", columns) }},
            {{ capi_text("action_source", columns) }},
            {{ capi_text("upload_tag", columns) }},
            {% for field in var("capi_custom_fields", []) -%} {{ capi_text(field | lower, columns) }}, {% endfor %}

            -- -------- the person, as the receipt has it
            {{ capi_text("email", columns) }},
            {{ capi_text("phone", columns) }},
            {{ capi_text("first_name", columns) }},
            {{ capi_text("last_name", columns) }},
            {{ capi_text("gender", columns) }},
            {{ capi_text("date_of_birth", columns) }},
            {{ capi_text("city", columns) }},
            {{ capi_text("state", columns) }},
            {{ capi_text("postal_code", columns) }},
            {{ capi_text("country", columns) }},
            {{ capi_text("external_id", columns) }},
            {{ capi_text("madid", columns) }},
            {{ capi_text("lead_id", columns) }},

            -- -------- what the person allowed
            {{ capi_text("marketing_consent", columns) }},
            {{ capi_text("limited_data_use", columns) }},
            {{ capi_text("opt_out", columns) }},
            {{ "true" if "marketing_consent" in columns else "false" }} as records_consent

        from orders

    )

select *
from renamed
