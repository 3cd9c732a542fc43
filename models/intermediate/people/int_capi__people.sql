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
{%- set dropped = ["'em:' || " ~ capi_dropped("phoned.email_outcome"), "'ph:' || " ~ capi_dropped("phoned.phone_outcome")] %}
{%- for field in shared_fields %}
    {%- do dropped.append("'" ~ field[0] ~ ":' || " ~ capi_dropped("hashed_" ~ field[0] ~ ".outcome")) -%}
{%- endfor %}
{%- for field in own_fields %}
    {%- do dropped.append("'" ~ field ~ ":' || " ~ capi_dropped("phoned." ~ field ~ "_outcome")) -%}
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

    -- The person's own country, else that of the store: what a national phone, a state or a postcode is read in.
    placed as (

        select
            persons.*,
            hashed_countries.outcome as country_outcome,
            coalesce(hashed_countries.country_code, persons.fallback_country) as phone_country,
            coalesce(hashed_countries.country_code, persons.fallback_country, '') as place
        from persons
        left join hashed_countries on persons.country = hashed_countries.raw

    ),

    -- E-mail and phone may hold several values in one text; nearly all hold one, which needs no list to be taken apart.
    single as (

        select
            *,
            case when email not like '%;%' then email end as single_email,
            case when phone not like '%;%' then phone end as single_phone
        from placed

    ),

    cleaned_persons as (

        select
            *,
            {{ capi_lower(capi_clean("single_email")) }} as clean_email,
            {{ capi_phone_text("single_phone") }} as phone_text,
            {{ capi_clean("external_id", capi_number_words()) }} as clean_external_id
        from single

    ),

    prepared_persons as (

        select
            *,
            {{ capi_email_unwrapped("clean_email") }} as email_text,
            {{ capi_external_id_stripped("clean_external_id") }} as external_id_text,
            {{ capi_madid_text("madid") }} as madid_text,
            {{ capi_lead_id_text("lead_id") }} as lead_id_text
        from cleaned_persons

    ),

    judged_persons as (

        select
            *,
            {{ capi_email_verdict("email_text") }} as email_verdict,
            {{ capi_external_id_verdict("external_id_text") }} as external_id_verdict,
            {{ capi_madid_verdict("madid_text") }} as madid_outcome,
            {{ capi_lead_id_verdict("lead_id_text") }} as lead_id_outcome
        from prepared_persons

    ),

    hashed_persons as (

        select
            *,
            {{ capi_hash("single_email", "email_verdict", "email") }} as email_outcome,
            {{
                (
                    capi_hash("external_id", "external_id_verdict", "external_id", md5_is_plain=true)
                    if var("capi_hash_external_id", true)
                    else "external_id_verdict"
                )
            }} as external_id_outcome
        from judged_persons

    ),

    {{ capi_phone_steps("hashed_persons") }},

    phoned as (select *, {{ capi_hash("single_phone", "phone_verdict", "phone") }} as phone_outcome from phone_judged),

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

    emails as (select person_key, {{ capi_unnest(capi_split("email", ";")) }} as value from persons where email like '%;%'),

    prepared_emails as (select person_key, value, {{ capi_email_text("value") }} as email_text from emails),

    judged_emails as (select person_key, value, {{ capi_email_verdict("email_text") }} as verdict from prepared_emails),

    hashed_emails as (select person_key, {{ capi_hash("value", "verdict", "email") }} as outcome from judged_emails),

    phones as (

        select person_key, phone_country, {{ capi_unnest(capi_split("phone", ";")) }} as value from placed where phone like '%;%'

    ),

    prepared_phones as (select person_key, value, phone_country, {{ capi_phone_text("value") }} as listed_phone from phones),

    judged_phones as (

        select
            person_key,
            value,
            {{ capi_phone_verdict("prepared_phones.listed_phone", "prepared_phones.phone_country") }} as verdict
        from prepared_phones

    ),

    hashed_phones as (select person_key, {{ capi_hash("value", "verdict", "phone") }} as outcome from judged_phones),

    {%- for field, values in [("em", "emails"), ("ph", "phones")] %}

        {{ field }}_lists as (

            select
                person_key,
                {{ capi_sorted_list(capi_kept("outcome")) }} as {{ field }},
                {{ capi_sorted_list("'" ~ field ~ ":' || " ~ capi_dropped("outcome")) }} as dropped
            from hashed_{{ values }}
            group by person_key

        ),
    {%- endfor %}

    joined as (

        select
            phoned.person_key,
            phoned.is_receipt,
            coalesce(em_lists.em, {{ capi_list_of(capi_kept("phoned.email_outcome")) }}) as em,
            coalesce(ph_lists.ph, {{ capi_list_of(capi_kept("phoned.phone_outcome")) }}) as ph,
            {%- for field, column, text, verdict, depends_on_place in shared_fields %}
                {{ capi_kept("hashed_" ~ field ~ ".outcome") }} as {{ field }},
            {%- endfor %}
            hashed_st.data_processing_state,
            {%- for field in own_fields %} {{ capi_kept("phoned." ~ field ~ "_outcome") }} as {{ field }}, {%- endfor %}
            {{ capi_present_texts(["em_lists.dropped", "ph_lists.dropped"], dropped) }} as dropped
        from phoned
        left join em_lists on phoned.person_key = em_lists.person_key
        left join ph_lists on phoned.person_key = ph_lists.person_key
        {%- for field, column, text, verdict, depends_on_place in shared_fields %}
            left join
                hashed_{{ field }} on phoned.{{ column }} = hashed_{{ field }}.raw
                {%- if depends_on_place %} and phoned.place = hashed_{{ field }}.place {%- endif %}
        {%- endfor %}

    )

select *
from joined
