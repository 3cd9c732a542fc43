{% set types = capi_raw_types("customers") %}
{% set columns = capi_raw_columns("customers", types) %}

with
    customers as (select * from {{ capi_raw_relation("customers") }}),

    renamed as (

        select
            {% for column in capi_known_columns("customers") -%}
                {{ capi_text(column, columns, types) }} as {{ column }},
            {% endfor %}
            {{ "true" if "marketing_consent" in columns else "false" }} as records_consent
        from customers

    ),

    identified as (

        select
            {% for column in capi_known_columns("customers") -%}
                {{ capi_id(column) if column in capi_id_columns("customers") else column }} as {{ column }},
            {% endfor %}
            records_consent
        from renamed

    )

select *
from identified
