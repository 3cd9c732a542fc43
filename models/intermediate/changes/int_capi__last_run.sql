{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        on_schema_change="append_new_columns",
        full_refresh=capi_always_whole(),
    )
}}
-- Filled by capi_note_run, a hook of int_capi__judged_orders.
with
    empty as (

        select cast(null as {{ dbt.type_bigint() }}) as started_at, cast(null as {{ dbt.type_bigint() }}) as as_of where 1 = 0

    )

select *
from empty
