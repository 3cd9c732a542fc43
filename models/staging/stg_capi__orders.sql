{% do capi_check_settings() %}
{% do capi_keep_materialized() %}
{% set columns = capi_raw_columns("orders") %}
{% do capi_warn_without_consent(columns) %}
{% do capi_warn_of_unknown_fields(columns) %}

with
    orders as (select * from {{ capi_raw_relation("orders") }}),

    renamed as (

        select
            {% for column in capi_known_columns("orders") -%} {{ capi_text(column, columns) }}, {% endfor %}
            {% for field in var("capi_custom_fields", []) -%} {{ capi_text(field | lower, columns) }}, {% endfor %}
            {{ capi_number_flag("total", columns) }},
            {{ capi_number_flag("refunded", columns) }},
            {{ "true" if "marketing_consent" in columns else "false" }} as records_consent
        from orders

    )

select *
from renamed
