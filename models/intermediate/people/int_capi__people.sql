{%- set columns = capi_shared_columns() %}
{%- set single = columns.keys() | list + ["country", "external_id", "madid", "lead_id"] %}
{%- set dropped = ["'em:' || " ~ capi_dropped("email_outcome"), "'ph:' || " ~ capi_dropped("phone_outcome")] %}
{%- for field in single %} {%- do dropped.append("'" ~ field ~ ":' || " ~ capi_dropped(field ~ "_outcome")) -%} {%- endfor %}

{%- set placed = ["st", "zp"] %}

with
    persons as (select * from {{ ref("int_capi__contacts") }}),

    -- Each value once and not once a person, which makes all of it twice as fast. Only states and postcodes are read in a
    -- country.
    shared as (

        {%- for field, column in columns.items() %}
            select
                '{{ field }}' as field,
                value,
                {{ "country" if field in placed else "cast(null as " ~ dbt.type_string() ~ ")" }} as country
            from
                (
                    select distinct {{ column }} as value {%- if field in placed %}, context_country as country {%- endif %}
                    from persons
                    where {{ column }} is not null
                ) as {{ column }}_values
                {{ "union all" if not loop.last }}
        {%- endfor %}

    ),

    trimmed as (select *, {{ capi_trim("value") }} as trimmed from shared),

    cleaned as (

        select
            *,
            case
                when field in ('st', 'zp')
                then {{ capi_unless_missing("trimmed", capi_number_words()) }}
                else {{ capi_unless_missing("trimmed") }}
            end as cleaned
        from trimmed

    ),

    texts as (

        select
            *,
            case
                when field in ('fn', 'ln')
                then {{ capi_name_text("cleaned") }}
                when field = 'ge'
                then {{ capi_gender_text("cleaned") }}
                when field = 'ct'
                then {{ capi_city_text("cleaned") }}
                when field = 'st'
                then {{ capi_state_text("cleaned") }}
                when field = 'zp'
                then {{ capi_postal_code_text("cleaned") }}
            end as text
        from cleaned
        where field <> 'db'

    ),

    judged as (

        select
            *,
            case
                when field in ('fn', 'ln')
                then {{ capi_name_verdict("text") }}
                when field = 'ge'
                then {{ capi_gender_verdict("text") }}
                when field = 'ct'
                then {{ capi_city_verdict("text") }}
                when field = 'st'
                then {{ capi_state_verdict("text", "country") }}
                when field = 'zp'
                then {{ capi_postal_code_verdict("text", "country") }}
            end as verdict,
            case when field = 'st' then {{ capi_data_processing_state("text", "country") }} end as data_processing_state
        from texts

    ),

    dates as (select *, {{ capi_date_of_birth_text("cleaned") }} as date_text from cleaned where field = 'db'),

    {{ capi_date_of_birth_steps("dates", capi_today()) }},

    unioned as (

        select field, value, country, trimmed, verdict, data_processing_state
        from judged
        union all
        select field, value, country, trimmed, date_verdict, null
        from date_judged

    ),

    hashed as (

        select
            field,
            value,
            country,
            data_processing_state,
            case
                field
                {%- for field, column in columns.items() %}
                    when '{{ field }}' then {{ capi_hash("trimmed", "verdict", column) }}
                {%- endfor %}
            end as outcome
        from unioned

    ),

    lists as (

        select
            person_key,
            {{ capi_sorted_list(capi_kept("email_outcome")) }} as em,
            {{ capi_sorted_list(capi_kept("phone_outcome")) }} as ph,
            {{ capi_sorted_list("'em:' || " ~ capi_dropped("email_outcome")) }} as em_dropped,
            {{ capi_sorted_list("'ph:' || " ~ capi_dropped("phone_outcome")) }} as ph_dropped
        from persons
        where is_further
        group by person_key

    ),

    joined as (

        select
            persons.person_key,
            persons.is_receipt,
            persons.country_outcome,
            persons.email_outcome,
            persons.phone_outcome,
            persons.external_id_outcome,
            persons.madid_outcome,
            persons.lead_id_outcome,
            {%- for field in columns %} {{ field }}.outcome as {{ field }}_outcome, {%- endfor %}
            st.data_processing_state,
            lists.em as em_list,
            lists.ph as ph_list,
            lists.em_dropped,
            lists.ph_dropped
        from persons
        left join lists on persons.person_key = lists.person_key
        {%- for field, column in columns.items() %}
            left join
                hashed as {{ field }} on {{ field }}.field = '{{ field }}' and persons.{{ column }} = {{ field }}.value
                {%- if field in placed %} and persons.context_country is not distinct from {{ field }}.country {%- endif %}
        {%- endfor %}
        where not persons.is_further

    ),

    kept as (

        select
            person_key,
            is_receipt,
            coalesce(em_list, {{ capi_list_of(capi_kept("email_outcome")) }}) as em,
            coalesce(ph_list, {{ capi_list_of(capi_kept("phone_outcome")) }}) as ph,
            {%- for field in single %} {{ capi_kept(field ~ "_outcome") }} as {{ field }}, {%- endfor %}
            data_processing_state,
            {{ capi_present_texts(["em_dropped", "ph_dropped"], dropped) }} as dropped
        from joined

    )

select *
from kept
