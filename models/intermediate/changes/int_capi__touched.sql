{{ config(post_hook="{{ offline_capi.capi_forget_touched() }}") }}
{%- set known = capi_last_judgement() %}

with
    fingerprints as (select * from {{ ref("int_capi__fingerprints") }}),

    {% if known %}
        known as (select * from {{ known }}),

        touched as (

            select coalesce(fingerprints.order_group, known.order_group) as order_group, fingerprints.fingerprint
            from fingerprints
            full outer join known on fingerprints.order_group = known.order_group
            where
                fingerprints.fingerprint is distinct from known.fingerprint
                or known.judge_again_at <= {{ capi_now() }}
                -- A replay of an earlier moment, with capi_as_of.
                or known.judged_at > {{ capi_now() }}

        ),
    {% else %}
        -- A first run that failed has left rows of orders behind that may be gone by now.
        touched as (

            select *
            from fingerprints
            {%- for mart in capi_incremental_marts() if capi_last_built(mart) %}
                    {{ "union all select order_group, null from (" if loop.first else "union" }}
                select order_group
                from {{ capi_last_built(mart) }}
                where order_group not in (select order_group from fingerprints) {{- ")" if loop.last }}
            {%- endfor %}

        ),
    {% endif %}

    marked as (select order_group, fingerprint, {{ "false" if known else "true" }} as is_whole from touched)

select *
from marked
