{{ config(materialized="view") }}

with
    orders as (select * from {{ ref("stg_capi__orders") }}),

    customers as (select * from {{ ref("stg_capi__customers") }}),

    known_words as (select {{ capi_consent_word("word") }} as word, question, answer from {{ ref("int_capi__consent_words") }}),

    own_words as (
        {%- for word, answer in capi_own_consent_words() %}
            select {{ capi_consent_word(capi_literal(word)) }} as word, '{{ answer }}' as answer
            union all
        {%- endfor %}
        select cast(null as {{ dbt.type_string() }}) as word, cast(null as {{ dbt.type_string() }}) as answer
        where 1 = 0
    ),

    -- These columns have few different texts, so each text is read once instead of once per row.
    said as (
        {%- for question in capi_questions() %}
            {{ "union" if not loop.first }}
            select {{ question }} as said
            from orders
            where {{ question }} is not null
            union
            select {{ question }}
            from customers
            where {{ question }} is not null
        {%- endfor %}
    ),

    worded as (select said, {{ capi_consent_word("said") }} as word, {{ capi_says_nothing("said") }} as says_nothing from said),

    -- If two words are the same once they are cleaned, the no counts.
    understood as (

        select
            word
            {%- for question in capi_questions() %}
                , min(case when question in ('any', '{{ question }}') then answer end) as {{ question }}
            {%- endfor %}
        from known_words
        group by word

    ),

    declared as (select word, min(answer) as answer from own_words group by word),

    answered as (

        select
            worded.said,
            coalesce(
                declared.answer, understood.marketing_consent, case when not worded.says_nothing then 'unreadable' end
            ) as marketing_consent,
            coalesce(understood.limited_data_use, case when not worded.says_nothing then 'unreadable' end) as limited_data_use,
            coalesce(understood.opt_out, case when not worded.says_nothing then 'unreadable' end) as opt_out
        from worded
        left join understood on worded.word = understood.word
        left join declared on worded.word = declared.word

    )

select *
from answered
