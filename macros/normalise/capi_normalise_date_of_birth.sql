{#- A date of birth as YYYYMMDD: a real calendar date between 1900 and today (a SQL date). The year has four digits and stands first, or
    last; where it stands last and both other parts could be the month, capi_date_order (dmy or mdy) decides, and without it the
    date is dropped. Source: Meta's customer information parameters page. -#}
{% macro capi_normalise_date_of_birth(value, today) -%} {{ offline_capi.capi_kept(offline_capi.capi_date_of_birth_verdict(offline_capi.capi_date_of_birth_text(value), today)) }} {%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_date_of_birth_drop_reason(value, today) -%} {{ offline_capi.capi_dropped(offline_capi.capi_date_of_birth_verdict(offline_capi.capi_date_of_birth_text(value), today)) }} {%- endmacro %}

{#- What the verdict is about: the value without what does not count, such as the time of day of a typed timestamp. -#}
{% macro capi_date_of_birth_text(value) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_digits(offline_capi.capi_clean(value)), "^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}.*$", "\\1") }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_date_of_birth_verdict(text, today) -%}
    {%- set order = offline_capi.capi_setting("capi_date_order", [none, "dmy", "mdy", "ymd"]) -%}
    (
        with
            given as (

                select
                    {{ text }} as text

            ),

            split as (

                select
                    text,
                    {{ offline_capi.capi_matches("text", "[0-9]{4}([-/. ])[0-9]{1,2}[-/. ][0-9]{1,2}") }} as year_first,
                    {{ offline_capi.capi_matches("text", "[0-9]{1,2}([-/. ])[0-9]{1,2}[-/. ][0-9]{4}") }} as year_last,
                    {{ offline_capi.capi_matches("text", "[0-9]{8}") }} as is_compact,
                    {{ offline_capi.capi_replace("text", "[-/. ]", "-") }} as dashed
                from given

            ),

            parts as (

                select
                    *,
                    try_cast({{ "substr(text, 1, 2)" if order in ["dmy", "mdy"] else "null" }} as integer) as compact_first,
                    try_cast(split_part(dashed, '-', 1) as integer) as first_part,
                    try_cast(split_part(dashed, '-', 2) as integer) as second_part,
                    try_cast(split_part(dashed, '-', 3) as integer) as third_part
                from split

            ),

            ordered as (

                select
                    *,
                    case
                        when year_first then lpad(cast(first_part as {{ dbt.type_string() }}), 4, '0') || '-' || second_part || '-' || third_part
                        when year_last and {{ "true" if order == "dmy" else "false" }} then third_part || '-' || second_part || '-' || first_part
                        when year_last and {{ "true" if order == "mdy" else "false" }} then third_part || '-' || first_part || '-' || second_part
                        when year_last and (first_part > 12 or first_part = second_part) then third_part || '-' || second_part || '-' || first_part
                        when year_last and second_part > 12 then third_part || '-' || first_part || '-' || second_part
                        when is_compact and {{ "true" if order == "dmy" else "false" }} then substr(text, 5, 4) || '-' || substr(text, 3, 2) || '-' || substr(text, 1, 2)
                        when is_compact and {{ "true" if order == "mdy" else "false" }} then substr(text, 5, 4) || '-' || substr(text, 1, 2) || '-' || substr(text, 3, 2)
                        when is_compact then substr(text, 1, 4) || '-' || substr(text, 5, 2) || '-' || substr(text, 7, 2)
                    end as iso
                from parts

            )

        select
            case
                when text is null then null
                when year_last and iso is null then {{ offline_capi.capi_drop("date_ambiguous") }}
                when iso is null then {{ offline_capi.capi_drop("date_not_readable") }}
                when try_cast(iso as date) is null then {{ offline_capi.capi_drop("date_impossible") }}
                when try_cast(iso as date) not between date '1900-01-01' and {{ today }} then {{ offline_capi.capi_drop("date_out_of_range") }}
                else {{ offline_capi.capi_format_date("try_cast(iso as date)") }}
            end
        from ordered
    )
{%- endmacro %}
