{%- set single = capi_shared_columns().keys() | list + ["country", "external_id", "madid", "lead_id"] %}
{%- set dropped = ["'em:' || " ~ capi_dropped("email_outcome"), "'ph:' || " ~ capi_dropped("phone_outcome")] %}
{%- for field in single %} {%- do dropped.append("'" ~ field ~ ":' || " ~ capi_dropped(field ~ "_outcome")) -%} {%- endfor %}

with
    persons as (select * from {{ ref("int_capi__contacts") }}),

    {{ capi_shared_value_steps("first_name", capi_name_text("cleaned"), capi_name_verdict("text", "first_name")) }},

    {{ capi_shared_value_steps("last_name", capi_name_text("cleaned"), capi_name_verdict("text", "last_name")) }},

    {{ capi_shared_value_steps("gender", capi_gender_text("cleaned"), capi_gender_verdict("text")) }},

    {{ capi_shared_value_steps("city", capi_city_text("cleaned"), capi_city_verdict("text")) }},

    {{
        capi_shared_value_steps(
            "state",
            capi_state_text("cleaned", "country"),
            capi_state_verdict("text", "found", "country"),
            found=capi_state_found("text"),
            country="context_country",
            also_missing=capi_number_words(),
        )
    }},

    {{
        capi_shared_value_steps(
            "postal_code",
            capi_postal_code_text("cleaned", "country"),
            capi_postal_code_verdict("text", "country"),
            country="context_country",
            also_missing=capi_number_words(),
        )
    }},

    {{ capi_cleaned_value_steps("date_of_birth") }},

    dates as (select *, {{ capi_date_of_birth_text("cleaned") }} as date_text from date_of_birth_cleaned),

    {{ capi_date_of_birth_steps("dates", capi_today()) }},

    date_of_birth_hashed as (select *, {{ capi_hash("trimmed", "date_verdict", "date_of_birth") }} as outcome from date_judged),

    states as (select *, {{ capi_data_processing_state("verdict", "country") }} as data_processing_state from state_hashed),

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
            first_names.outcome as fn_outcome,
            last_names.outcome as ln_outcome,
            genders.outcome as ge_outcome,
            births.outcome as db_outcome,
            cities.outcome as ct_outcome,
            states.outcome as st_outcome,
            postal_codes.outcome as zp_outcome,
            states.data_processing_state,
            lists.em as em_list,
            lists.ph as ph_list,
            lists.em_dropped,
            lists.ph_dropped
        from persons
        left join lists on persons.person_key = lists.person_key
        left join first_name_hashed as first_names on persons.first_name = first_names.value
        left join last_name_hashed as last_names on persons.last_name = last_names.value
        left join gender_hashed as genders on persons.gender = genders.value
        left join date_of_birth_hashed as births on persons.date_of_birth = births.value
        left join city_hashed as cities on persons.city = cities.value
        left join states on persons.state = states.value and persons.context_country is not distinct from states.country
        left join
            postal_code_hashed as postal_codes
            on persons.postal_code = postal_codes.value
            and persons.context_country is not distinct from postal_codes.country
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
