{#- How the models read a value of one of our columns: names of columns -> an expression of `value`, trimmed, and of `place`, the country
    in which it is read. NULL if the value cannot be used. Answers about consent are not here, because one join reads all of them; other columns
    take any text. Amounts are read without currency signs, which belong to the order. -#}
{% macro capi_readings() %}
    {%- set one = "split_part(value, ';', 1)" -%}
    {%- set readings = {
        "ordered_at updated_at": offline_capi.capi_time_reading("value"),
        "email": offline_capi.capi_normalise_email(one),
        "phone": offline_capi.capi_normalise_phone(one, "place"),
        "first_name": offline_capi.capi_normalise_name("value"),
        "last_name": offline_capi.capi_normalise_name("value"),
        "gender": offline_capi.capi_normalise_gender("value"),
        "date_of_birth": offline_capi.capi_normalise_date_of_birth("value", offline_capi.capi_today()),
        "city": offline_capi.capi_normalise_city("value"),
        "state": offline_capi.capi_normalise_state("value", "place"),
        "postal_code": offline_capi.capi_normalise_postal_code("value", "place"),
        "country": offline_capi.capi_normalise_country("value"),
        "external_id": offline_capi.capi_normalise_external_id("value"),
        "madid": offline_capi.capi_normalise_madid("value"),
        "lead_id": offline_capi.capi_normalise_lead_id("value"),
        "total refunded unit_price quantity": offline_capi.capi_amount("value", "false", "cast(null as " ~ dbt.type_string() ~ ")"),
        "currency": offline_capi.capi_normalise_currency("value"),
        "time_zone": offline_capi.capi_look_up(
            "int_capi__time_zones", "time_zone", {"name_key": offline_capi.capi_time_zone_key("value")}
        ),
    } -%}
    {%- do readings.update({
        "status": "nullif(" ~ offline_capi.capi_look_up("int_capi__order_statuses", "meaning", {"status": "value"}) ~ ", 'unknown')",
    }) -%}
    {{ return(readings) }}
{% endmacro %}

{#- A readable time in any zone, or Unix seconds; NULL if it is neither. -#}
{% macro capi_time_reading(value) -%}
    case
        when {{ offline_capi.capi_matches(value, "[0-9]{9,10}([.][0-9]*)?") }} then {{ value }}
        else
            (
                with
                    capi_given as (select {{ value }} as other_text),
                    {{ offline_capi.capi_clock_steps("capi_given") }}
                select other_clock from clocked
            )
    end
{%- endmacro %}

{#- Whether the result of a reading can be used: it is not NULL or, in a column that may hold hashes, the value is already a hash. -#}
{% macro capi_is_read(column, reading) -%}
    {%- if column in offline_capi.capi_hashable_columns() -%}
        not {{ offline_capi.capi_is_dropped(offline_capi.capi_hash("value", reading, column, md5_is_plain=(column == "external_id"))) }}
    {%- else -%} {{ reading }} is not null
    {%- endif -%}
{%- endmacro %}
