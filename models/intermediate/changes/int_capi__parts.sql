-- Filled by the hooks in macros/changes/capi_parts.sql.
with
    empty as (

        select
            cast(null as {{ dbt.type_string() }}) as part,
            cast(null as {{ dbt.type_string() }}) as invocation,
            cast(null as {{ dbt.type_string() }}) as settings
        where 1 = 0

    )

select *
from empty
