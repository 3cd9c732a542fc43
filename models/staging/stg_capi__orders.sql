{% do capi_check_settings() %}
{% do capi_keep_materialized() %}
{% do capi_keep_together() %}
{% set types = capi_raw_types("orders") %}
{% set columns = capi_raw_columns("orders", types) %}
{% do capi_warn_without_consent(columns) %}
{% do capi_warn_of_unknown_fields(columns) %}

with
    orders as (select * from {{ capi_raw_relation("orders") }}),

    renamed as (

        select
            {% for column in capi_known_columns("orders") -%}
                {{ capi_text(column, columns, types) }} as {{ column }},
            {% endfor %}
            {% for field in capi_custom_fields() -%}
                {{ capi_text(field.raw, columns, types) }} as {{ field.column }},
            {% endfor %}
            {{ capi_number_flag("total", columns) }},
            {{ capi_number_flag("refunded", columns) }},
            {{ "true" if "marketing_consent" in columns else "false" }} as records_consent
        from orders

    ),

    identified as (

        select
            {% for column in capi_known_columns("orders") -%}
                {{ capi_id(column) if column in capi_id_columns("orders") else column }} as {{ column }},
            {% endfor %}
            {% for field in capi_custom_fields() -%} {{ field.column }}, {% endfor %}
            total_is_number,
            refunded_is_number,
            records_consent
        from renamed

    )

select *
from identified
