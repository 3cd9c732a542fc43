{{ config(materialized="view") }}

with
    persons as (select * from {{ ref("int_capi__person_inputs") }}),

    countries as (select distinct country as value from persons where country is not null),

    trimmed as (select *, {{ capi_trim("value") }} as trimmed from countries),

    cleaned as (select *, {{ capi_unless_missing("trimmed") }} as cleaned from trimmed),

    texts as (select *, {{ capi_country_text("cleaned") }} as text from cleaned),

    looked_up as (select *, {{ capi_country_found("text") }} as found from texts),

    judged as (select *, {{ capi_country_verdict("text", "found") }} as verdict from looked_up),

    hashed as (select *, {{ capi_hash("trimmed", "verdict", "country") }} as outcome from judged),

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
