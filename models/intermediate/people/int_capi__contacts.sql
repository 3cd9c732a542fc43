{{ config(materialized=capi_step()) }}
{%- set columns = ["person_key", "is_receipt", "country_outcome", "context_country"] %}
{%- do columns.extend(capi_person_columns()) %}
{%- set further = {"email": ["person_key", "email"], "phone": ["person_key", "phone", "context_country"]} %}

with
    persons as (select * from {{ ref("int_capi__placed_persons") }}),

    -- Nearly everybody has at most one e-mail and one phone. If a text has several, each gets a row of its own, in addition to
    -- the person's.
    single as (

        select
            {%- for column in columns %}
                {% if column in further -%} case when {{ column }} not like '%;%' then {{ column }} end as {{ column }},
                {%- else -%} {{ column }},
                {%- endif %}
            {%- endfor %}
            false as is_further
        from persons

    ),

    {%- for contact in further %}

        further_{{ contact }}s as (

            select person_key, context_country, {{ capi_unnest(capi_split(contact, ";")) }} as {{ contact }}
            from persons
            where {{ contact }} like '%;%'

        ),
    {%- endfor %}

    unioned as (

        select *
        from single
        {%- for contact, kept in further.items() %}
            union all
            select {% for column in columns %} {{ column if column in kept else "null" }}, {% endfor %} true
            from further_{{ contact }}s
        {%- endfor %}

    ),

    trimmed as (

        select
            *,
            {{ capi_trim("email") }} as email_trimmed,
            {{ capi_trim("phone") }} as phone_trimmed,
            {{ capi_trim("external_id") }} as external_id_trimmed,
            {{ capi_trim("madid") }} as madid_trimmed,
            {{ capi_trim("lead_id") }} as lead_id_trimmed
        from unioned

    ),

    cleaned as (

        select
            *,
            {{ capi_unless_missing("email_trimmed") }} as email_cleaned,
            {{ capi_unless_missing("external_id_trimmed", capi_number_words()) }} as external_id_cleaned,
            {{ capi_unless_missing("madid_trimmed") }} as madid_cleaned,
            {{ capi_unless_missing("lead_id_trimmed") }} as lead_id_cleaned
        from trimmed

    ),

    texts as (

        select
            *,
            {{ capi_email_text("email_cleaned") }} as email_text,
            {{ capi_phone_text("phone_trimmed") }} as phone_text,
            {{ capi_external_id_text("external_id_cleaned") }} as external_id_text,
            {{ capi_madid_text("madid_cleaned") }} as madid_text,
            {{ capi_lead_id_text("lead_id_cleaned") }} as lead_id_text
        from cleaned

    ),

    judged as (

        select
            *,
            {{ capi_email_verdict("email_text") }} as email_verdict,
            {{ capi_external_id_verdict("external_id_text") }} as external_id_verdict,
            {{ capi_madid_verdict("madid_text") }} as madid_verdict,
            {{ capi_lead_id_verdict("lead_id_text") }} as lead_id_verdict
        from texts

    ),

    phones as (select *, context_country as phone_country from judged),

    {{ capi_phone_steps("phones") }},

    hashed as (

        select
            *,
            {{ capi_hash("email_trimmed", "email_verdict", "email") }} as email_outcome,
            {{ capi_hash("phone_trimmed", "phone_verdict", "phone") }} as phone_outcome,
            {% if var("capi_hash_external_id", true) -%}
                {{ capi_hash("external_id_trimmed", "external_id_verdict", "external_id", md5_is_plain=true) }}
            {%- else -%} external_id_verdict
            {%- endif %} as external_id_outcome
        from phone_judged

    ),

    kept as (

        select
            person_key,
            is_receipt,
            is_further,
            context_country,
            {%- for column in capi_shared_columns().values() %} {{ column }}, {%- endfor %}
            country_outcome,
            email_outcome,
            phone_outcome,
            external_id_outcome,
            madid_verdict as madid_outcome,
            lead_id_verdict as lead_id_outcome
        from hashed

    )

select *
from kept
