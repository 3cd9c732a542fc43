{%- set today = (
    "cast('"
    ~ modules.datetime.datetime.fromtimestamp(capi_now(), modules.pytz.utc).strftime("%Y-%m-%d")
    ~ "' as date)"
) %}
{%- set hashed_fields = {
    "fn": "first_name",
    "ln": "last_name",
    "ge": "gender",
    "db": "date_of_birth",
    "ct": "city",
    "st": "state",
    "zp": "postal_code",
    "country": "country",
    "external_id": "external_id",
} %}
{%- set hashes_external_id = var("capi_hash_external_id", true) %}

with
    persons as (select * from {{ ref("int_capi__person_inputs") }}),

    -- Each step is a CTE of its own, because an expression that stands twice in one is also computed twice.
    prepared as (

        select
            *,
            {{ capi_country_text("country") }} as country_text,
            {{ capi_name_text("first_name") }} as first_name_text,
            {{ capi_name_text("last_name") }} as last_name_text,
            {{ capi_gender_text("gender") }} as gender_text,
            {{ capi_date_of_birth_text("date_of_birth") }} as date_of_birth_text,
            {{ capi_city_text("city") }} as city_text,
            {{ capi_state_text("state") }} as state_text,
            {{ capi_postal_code_text("postal_code") }} as postal_code_text,
            {{ capi_external_id_text("external_id") }} as external_id_text,
            {{ capi_madid_text("madid") }} as madid_text,
            {{ capi_lead_id_text("lead_id") }} as lead_id_text
        from persons

    ),

    placed as (select *, {{ capi_country_verdict("country_text") }} as country_verdict from prepared),

    -- The person's own country, else that of the store: what a national phone, a state or a postcode is read in.
    in_context as (select *, coalesce({{ capi_kept("country_verdict") }}, fallback_country) as context_country from placed),

    judged as (

        select
            *,
            {{ capi_name_verdict("first_name_text") }} as first_name_verdict,
            {{ capi_name_verdict("last_name_text") }} as last_name_verdict,
            {{ capi_gender_verdict("gender_text") }} as gender_verdict,
            {{ capi_date_of_birth_verdict("date_of_birth_text", today) }} as date_of_birth_verdict,
            {{ capi_city_verdict("city_text") }} as city_verdict,
            {{ capi_state_verdict("state_text", "context_country") }} as state_verdict,
            {{ capi_postal_code_verdict("postal_code_text", "context_country") }} as postal_code_verdict,
            {{ capi_external_id_verdict("external_id_text") }} as external_id_verdict,
            {{ capi_madid_verdict("madid_text") }} as madid_verdict,
            {{ capi_lead_id_verdict("lead_id_text") }} as lead_id_verdict,
            {{ capi_data_processing_state("state", "context_country") }} as data_processing_state
        from in_context

    ),

    hashed as (

        select
            *,
            {%- for field, column in hashed_fields.items() %}
                {%- if field != "external_id" %}
                    {{ capi_hash(column, column ~ "_verdict", column) }} as {{ field }}_outcome,
                {%- endif %}
            {%- endfor %}
            {{
                (
                    capi_hash("external_id", "external_id_verdict", "external_id", md5_is_plain=true)
                    if hashes_external_id
                    else "external_id_verdict"
                )
            }} as external_id_outcome
        from judged

    ),

    -- E-mail and phone may hold several values in one text.
    emails as (select person_key, {{ capi_unnest(capi_split("email", ";")) }} as value from in_context where email is not null),

    prepared_emails as (select person_key, value, {{ capi_email_text("value") }} as text from emails),

    judged_emails as (select person_key, value, {{ capi_email_verdict("text") }} as verdict from prepared_emails),

    hashed_emails as (select person_key, {{ capi_hash("value", "verdict", "email") }} as outcome from judged_emails),

    phones as (

        select person_key, context_country, {{ capi_unnest(capi_split("phone", ";")) }} as value
        from in_context
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
            hashed.person_key,
            email_lists.em,
            phone_lists.ph,
            {%- for field in hashed_fields %} {{ capi_kept("hashed." ~ field ~ "_outcome") }} as {{ field }}, {%- endfor %}
            {{ capi_kept("hashed.madid_verdict") }} as madid,
            {{ capi_kept("hashed.lead_id_verdict") }} as lead_id,
            hashed.data_processing_state,
            {{
                capi_present_texts(
                    ["email_lists.dropped", "phone_lists.dropped"],
                    [
                        "'fn:' || " ~ capi_dropped("fn_outcome"),
                        "'ln:' || " ~ capi_dropped("ln_outcome"),
                        "'ge:' || " ~ capi_dropped("ge_outcome"),
                        "'db:' || " ~ capi_dropped("db_outcome"),
                        "'ct:' || " ~ capi_dropped("ct_outcome"),
                        "'st:' || " ~ capi_dropped("st_outcome"),
                        "'zp:' || " ~ capi_dropped("zp_outcome"),
                        "'country:' || " ~ capi_dropped("country_outcome"),
                        "'external_id:' || " ~ capi_dropped("external_id_outcome"),
                        "'madid:' || " ~ capi_dropped("madid_verdict"),
                        "'lead_id:' || " ~ capi_dropped("lead_id_verdict"),
                    ],
                )
            }} as dropped
        from hashed
        left join email_lists on hashed.person_key = email_lists.person_key
        left join phone_lists on hashed.person_key = phone_lists.person_key

    )

select *
from joined
