{{ config(materialized="view") }}

with
    orders as (select * from {{ ref("stg_capi__orders") }}),

    known as (

        select
            status_key,
            -- If systems disagree about a word, only the shop knows what it means.
            case when min(meaning) = max(meaning) then min(meaning) else 'unknown' end as meaning
        from {{ ref("int_capi__statuses") }}
        group by status_key

    ),

    own_words as (
        {%- for setting, meaning in [("capi_statuses_sales", "sale"), ("capi_statuses_not_sales", "not_a_sale")] %}
            {%- for status in capi_own_statuses(setting) %}
                select {{ capi_literal(status) }} as status, '{{ meaning }}' as meaning
                union all
            {%- endfor %}
        {%- endfor %}
        select cast(null as {{ dbt.type_string() }}) as status, cast(null as {{ dbt.type_string() }}) as meaning
        where 1 = 0
    ),

    {{ capi_status_key_steps("own_words", "own_keyed") }},

    -- If two words are the same once they are cleaned, the no counts.
    own as (select status_key, min(meaning) as meaning from own_keyed group by status_key),

    -- This column has few different texts, so each text is read once instead of once per row.
    said as (select distinct status from orders where status is not null),

    {{ capi_status_key_steps("said", "said_keyed") }},

    keyed as (select status, status_key, {{ capi_says_nothing("status") }} as says_nothing from said_keyed),

    understood as (

        select
            keyed.status,
            case
                when own.meaning = 'not_a_sale' and known.meaning in ('cancelled', 'refund')
                then known.meaning
                when own.meaning is not null
                then own.meaning
                when known.meaning is not null
                then known.meaning
                -- Elsewhere these words mean an empty value, but as a status they are an answer.
                when keyed.says_nothing and keyed.status_key not in ('unknown', 'undefined', '?')
                then 'sale'
                else 'unknown'
            end as meaning
        from keyed
        left join own on keyed.status_key = own.status_key
        left join known on keyed.status_key = known.status_key

    )

select *
from understood
