{% set columns = capi_raw_columns("stores") %}

with
    stores as (select * from {{ capi_raw_relation("stores") }}),

    renamed as (

        select
            {% for column in capi_known_columns("stores") -%}
                {{ capi_text(column, columns) }} {{- "," if not loop.last }}
            {% endfor %}
        from stores

    )

select *
from renamed
