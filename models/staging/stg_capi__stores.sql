{% set types = capi_raw_types("stores") %}
{% set columns = capi_raw_columns("stores", types) %}

with
    stores as (select * from {{ capi_raw_relation("stores") }}),

    renamed as (

        select
            {% for column in capi_known_columns("stores") -%}
                {{ capi_text(column, columns, types) }} as {{ column }} {{- "," if not loop.last }}
            {% endfor %}
        from stores

    ),

    identified as (

        select
            {% for column in capi_known_columns("stores") -%}
                {{ capi_id(column) if column in capi_id_columns("stores") else column }}
                as {{ column }} {{- "," if not loop.last }}
            {% endfor %}
        from renamed

    )

select *
from identified
