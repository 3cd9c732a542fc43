{{ config(materialized=capi_step()) }}

with
    persons as (select * from {{ ref("int_capi__person_inputs") }}),

    countries as (select distinct country as value from persons where country is not null),

    {{ capi_country_steps("countries") }},

    hashed as (select *, {{ capi_hash("trimmed", "verdict", "country") }} as outcome from country_judged),

    placed as (

        select
            persons.*,
            hashed.outcome as country_outcome,
            coalesce({{ capi_kept("hashed.verdict") }}, persons.fallback_country) as context_country
        from persons
        left join hashed on persons.country = hashed.value

    )

select *
from placed
