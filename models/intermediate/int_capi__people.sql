{%- set today = (
    "cast('"
    ~ modules.datetime.datetime.fromtimestamp(capi_now(), modules.pytz.utc).strftime("%Y-%m-%d")
    ~ "' as date)"
) %}
{%- set shared_fields = [
    ("fn", "first_name", capi_name_text("raw"), capi_name_verdict("cleaned"), false),
    ("ln", "last_name", capi_name_text("raw"), capi_name_verdict("cleaned"), false),
    ("ge", "gender", capi_gender_text("raw"), capi_gender_verdict("cleaned"), false),
    ("db", "date_of_birth", capi_date_of_birth_text("raw"), capi_date_of_birth_verdict("cleaned", today), false),
    ("ct", "city", capi_city_text("raw"), capi_city_verdict("cleaned"), false),
    ("st", "state", capi_state_text("raw"), capi_state_verdict("cleaned", "context_country"), true),
    ("zp", "postal_code", capi_postal_code_text("raw"), capi_postal_code_verdict("cleaned", "context_country"), true),
] %}

{%- set own_fields = ["country", "external_id", "madid", "lead_id"] %}
{%- set dropped = [] %}
{%- for field in shared_fields %}
    {%- do dropped.append("'" ~ field[0] ~ ":' || " ~ capi_dropped("hashed_" ~ field[0] ~ ".outcome")) -%}
{%- endfor %}
{%- for field in own_fields %}
    {%- do dropped.append("'" ~ field ~ ":' || " ~ capi_dropped("placed." ~ field ~ "_outcome")) -%}
{%- endfor %}

with
    persons as (select * from {{ ref("int_capi__person_inputs") }}),

    distinct_countries as (select distinct country as raw from persons where country is not null),

    prepared_countries as (select raw, {{ capi_country_text("raw") }} as cleaned from distinct_countries),

    judged_countries as (select raw, {{ capi_country_verdict("cleaned") }} as verdict from prepared_countries),

    hashed_countries as (

        select raw, {{ capi_kept("verdict") }} as country_code, {{ capi_hash("raw", "verdict", "country") }} as outcome
        from judged_countries

    ),

    prepared_persons as (

        select
            *,
            {{ capi_external_id_text("external_id") }} as external_id_text,
            {{ capi_madid_text("madid") }} as madid_text,
            {{ capi_lead_id_text("lead_id") }} as lead_id_text
        from persons

    ),

    judged_persons as (

        select
            *,
            {{ capi_external_id_verdict("external_id_text") }} as external_id_verdict,
            {{ capi_madid_verdict("madid_text") }} as madid_outcome,
            {{ capi_lead_id_verdict("lead_id_text") }} as lead_id_outcome
        from prepared_persons

    ),

    hashed_persons as (

        select
            *,
            {{
                (
                    capi_hash("external_id", "external_id_verdict", "external_id", md5_is_plain=true)
                    if var("capi_hash_external_id", true)
                    else "external_id_verdict"
                )
            }} as external_id_outcome
        from judged_persons

    ),

    -- The person's own country, else that of the store: what a national phone, a state or a postcode is read in.
    placed as (

        select
            hashed_persons.*,
            hashed_countries.outcome as country_outcome,
            coalesce(hashed_countries.country_code, hashed_persons.fallback_country, '') as place
        from hashed_persons
        left join hashed_countries on hashed_persons.country = hashed_countries.raw

    ),

    -- What many persons share is worked out once a value and not once a person, which makes this model twice as fast. Each step
    -- is a
    -- CTE of its own, because an expression that stands twice in one is also computed twice.
    {%- for field, column, text, verdict, depends_on_place in shared_fields %}
        {%- set key = "raw, place" if depends_on_place else "raw" %}

        distinct_{{ field }} as (

            select distinct {{ column }} as raw{{ ", place, nullif(place, '') as context_country" if depends_on_place }}
            from placed
            where {{ column }} is not null

        ),

        prepared_{{ field }} as (select *, {{ text }} as cleaned from distinct_{{ field }}),

        judged_{{ field }} as (select *, {{ verdict }} as verdict from prepared_{{ field }}),

        hashed_{{ field }} as (

            select
                {{ key }},
                {%- if field == "st" %}
                    {{ capi_data_processing_state("raw", "context_country") }} as data_processing_state,
                {%- endif %}
                {{ capi_hash("raw", "verdict", column) }} as outcome
            from judged_{{ field }}

        ),
    {%- endfor %}

    -- E-mail and phone may hold several values in one text.
    emails as (select person_key, {{ capi_unnest(capi_split("email", ";")) }} as value from persons where email is not null),

    prepared_emails as (select person_key, value, {{ capi_email_text("value") }} as text from emails),

    judged_emails as (select person_key, value, {{ capi_email_verdict("text") }} as verdict from prepared_emails),

    hashed_emails as (select person_key, {{ capi_hash("value", "verdict", "email") }} as outcome from judged_emails),
    phones as (

        select person_key, nullif(place, '') as context_country, {{ capi_unnest(capi_split("phone", ";")) }} as value
        from placed
        where phone is not null

    ),

    prepared_phones as (select person_key, context_country, value, {{ capi_phone_text("value") }} as text from phones),

    judged_phones as (

        select person_key, value, {{ capi_phone_verdict("prepared_phones.text", "prepared_phones.context_country") }} as verdict
        from prepared_phones

    ),

    hashed_phones as (select person_key, {{ capi_hash("value", "verdict", "phone") }} as outcome from judged_phones),

    email_lists as (

        select
            person_key,
            {{ capi_sorted_list(capi_kept("outcome")) }} as em,
            {{ capi_sorted_list("'em:' || " ~ capi_dropped("outcome")) }} as dropped
        from hashed_emails
        group by person_key

    ),

    phone_lists as (

        select
            person_key,
            {{ capi_sorted_list(capi_kept("outcome")) }} as ph,
            {{ capi_sorted_list("'ph:' || " ~ capi_dropped("outcome")) }} as dropped
        from hashed_phones
        group by person_key

    ),

    joined as (

        select
            placed.person_key,
            email_lists.em,
            phone_lists.ph,
            {%- for field, column, text, verdict, depends_on_place in shared_fields %}
                {{ capi_kept("hashed_" ~ field ~ ".outcome") }} as {{ field }},
            {%- endfor %}
            hashed_st.data_processing_state,
            {%- for field in own_fields %} {{ capi_kept("placed." ~ field ~ "_outcome") }} as {{ field }}, {%- endfor %}
            {{ capi_present_texts(["email_lists.dropped", "phone_lists.dropped"], dropped) }} as dropped
        from placed
        left join email_lists on placed.person_key = email_lists.person_key
        left join phone_lists on placed.person_key = phone_lists.person_key
        {%- for field, column, text, verdict, depends_on_place in shared_fields %}
            left join
                hashed_{{ field }} on placed.{{ column }} = hashed_{{ field }}.raw
                {%- if depends_on_place %} and placed.place = hashed_{{ field }}.place {%- endif %}
        {%- endfor %}

    )

select *
from joined
