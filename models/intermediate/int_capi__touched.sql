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
    {% else %} touched as (select * from fingerprints),
    {% endif %}

    marked as (select order_group, fingerprint, {{ "false" if known else "true" }} as is_whole from touched)

select *
from marked
