{{ config(post_hook="{{ offline_capi.capi_forget_touched() }}") }}
{%- set known = capi_last_judgement() %}
{%- set columns = adapter.get_columns_in_relation(known) | map(attribute="name") | list if known else [] %}
-- Emptied when it is built: from here on, parts count anew.
-- depends_on: {{ ref("int_capi__parts") }}
with
    fingerprints as (select * from {{ ref("int_capi__fingerprints") }}),

    {% if known %}
        -- The memory of a version with other columns says nothing about the facts: then every order is judged again.
        known as (

            select
                order_group,
                judge_again_at,
                judged_at,
                {%- for column in ["facts", "persons"] %}
                    {{ column if column in columns else "cast(null as " ~ dbt.type_string() ~ ")" }}
                    as {{ column }}{{ "," if not loop.last }}
                {%- endfor %}
            from {{ known }}

        ),

        touched as (

            select
                coalesce(fingerprints.order_group, known.order_group) as order_group,
                fingerprints.facts,
                fingerprints.persons,
                fingerprints.names_somebody
            from fingerprints
            full outer join known on fingerprints.order_group = known.order_group
            where
                fingerprints.facts is distinct from known.facts
                or known.persons <> fingerprints.persons
                or known.judge_again_at <= {{ capi_now() }}
                -- A replay of an earlier moment, with capi_as_of.
                or known.judged_at > {{ capi_now() }}

        ),
    {% else %}
        -- A failed first run has left rows of orders that may be gone by now.
        touched as (

            select order_group, facts, persons, names_somebody
            from fingerprints
            {%- for mart in capi_incremental_marts() if capi_last_built(mart) %}
                    {{ "union all select order_group, null, null, null from (" if loop.first else "union" }}
                select order_group
                from {{ capi_last_built(mart) }} as built
                where
                    not exists (
                        select 1 from fingerprints where fingerprints.order_group = built.order_group
                    ) {{- ")" if loop.last }}
            {%- endfor %}

        ),
    {% endif %}

    marked as (select *, {{ "false" if known else "true" }} as is_whole from touched)

select *
from marked
