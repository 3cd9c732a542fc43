{% set columns = capi_raw_columns("customers") %}

with
    customers as (select * from {{ capi_raw_relation("customers") }}),

    renamed as (

        select
            {% for column in capi_known_columns("customers") -%} {{ capi_text(column, columns) }}, {% endfor %}
            {{ "true" if "marketing_consent" in columns else "false" }} as records_consent
        from customers

    )

select *
from renamed
