{#- A date of birth as YYYYMMDD: a real calendar date between 1900 and today (a SQL date). The year has four digits and stands first, or
    last; where it stands last and both other parts could be the month, capi_date_order (dmy or mdy) decides, and without it the
    date is dropped. Source: Meta's customer information parameters page. -#}
{% macro capi_normalise_date_of_birth(value, today, answer="kept") -%}
    (
        with
            date_given as (select {{ value }} as date_value),
            date_trimmed as (select {{ offline_capi.capi_trim("date_value") }} as date_trimmed from date_given),
            date_cleaned as (select {{ offline_capi.capi_unless_missing("date_trimmed") }} as date_cleaned from date_trimmed),
            date_texts as (select {{ offline_capi.capi_date_of_birth_text("date_cleaned") }} as date_text from date_cleaned),
            {{ offline_capi.capi_date_of_birth_steps("date_texts", today) }}
        select {{ offline_capi.capi_kept("date_verdict") if answer == "kept" else offline_capi.capi_dropped("date_verdict") }}
        from date_judged
    )
{%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_date_of_birth_drop_reason(value, today) -%} {{ offline_capi.capi_normalise_date_of_birth(value, today, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the cleaned value without what does not count, such as the time of day of a typed timestamp. -#}
{% macro capi_date_of_birth_text(cleaned) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_digits(cleaned), "^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}.*$", "\\1") }} {%- endmacro %}

{#- The verdict as CTEs. Takes a CTE with the column date_text; the last one, date_judged, has all its columns and date_verdict. -#}
{% macro capi_date_of_birth_steps(given, today) -%}
    {%- set order = offline_capi.capi_setting("capi_date_order", [none, "dmy", "mdy", "ymd"]) -%}
            date_recognised as (

                select
                    *,
                    {{ offline_capi.capi_matches("date_text", "[0-9]{4}([-/. ])[0-9]{1,2}[-/. ][0-9]{1,2}") }} as year_first,
                    {{ offline_capi.capi_matches("date_text", "[0-9]{1,2}([-/. ])[0-9]{1,2}[-/. ][0-9]{4}") }} as year_last,
                    {{ offline_capi.capi_matches("date_text", "[0-9]{8}") }} as is_compact,
                    {{ offline_capi.capi_replace("date_text", "[-/. ]", "-") }} as dashed
                from {{ given }}

            ),

            date_parts as (

                select
                    *,
                    try_cast(split_part(dashed, '-', 1) as integer) as first_part,
                    try_cast(split_part(dashed, '-', 2) as integer) as second_part,
                    try_cast(split_part(dashed, '-', 3) as integer) as third_part
                from date_recognised

            ),

            date_ordered as (

                select
                    *,
                    case
                        when year_first then lpad(cast(first_part as {{ dbt.type_string() }}), 4, '0') || '-' || second_part || '-' || third_part
                        {%- if order == "dmy" %}
                        when year_last then third_part || '-' || second_part || '-' || first_part
                        when is_compact then substr(date_text, 5, 4) || '-' || substr(date_text, 3, 2) || '-' || substr(date_text, 1, 2)
                        {%- elif order == "mdy" %}
                        when year_last then third_part || '-' || first_part || '-' || second_part
                        when is_compact then substr(date_text, 5, 4) || '-' || substr(date_text, 1, 2) || '-' || substr(date_text, 3, 2)
                        {%- else %}
                        when year_last and (first_part > 12 or first_part = second_part) then third_part || '-' || second_part || '-' || first_part
                        when year_last and second_part > 12 then third_part || '-' || first_part || '-' || second_part
                        when is_compact then substr(date_text, 1, 4) || '-' || substr(date_text, 5, 2) || '-' || substr(date_text, 7, 2)
                        {%- endif %}
                    end as iso
                from date_parts

            ),

            date_judged as (

                select
                    *,
                    case
                        when date_text is null then null
                        when year_last and iso is null then {{ offline_capi.capi_drop("date_ambiguous") }}
                        when iso is null then {{ offline_capi.capi_drop("date_not_readable") }}
                        when try_cast(iso as date) is null then {{ offline_capi.capi_drop("date_impossible") }}
                        when try_cast(iso as date) not between date '1900-01-01' and {{ today }} then {{ offline_capi.capi_drop("date_out_of_range") }}
                        else {{ offline_capi.capi_format_date("try_cast(iso as date)") }}
                    end as date_verdict
                from date_ordered

            )
{%- endmacro %}
