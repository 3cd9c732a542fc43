{#- A date of birth as YYYYMMDD: a real calendar date from 1900 on. The year has four digits and comes first or last. If it comes last and
    both other numbers could be the month, capi_date_order (dmy or mdy) decides; without it the date is dropped. A month may be
    a name. A time of day after it must be midnight, otherwise it is not known which day is meant. Future days and 1900-01-01 are values
    that people fill in, so they count as missing. Takes today as a SQL date.
    Source: Meta's customer information parameters page. -#}
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

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_date_of_birth_drop_reason(value, today) -%} {{ offline_capi.capi_normalise_date_of_birth(value, today, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the cleaned value with plain digits, in lower case, without a spreadsheet's quotes and the day of the week.
    In C's form (Mon Apr 23 00:00:00 1990) the year is moved before the clock. -#}
{% macro capi_date_of_birth_text(cleaned) -%}
    {%- set text = offline_capi.capi_fold_digits(offline_capi.capi_lower(cleaned)) -%}
    case
        when ascii({{ text }}) between 48 and 57 then {{ text }}
        else
            {{ offline_capi.capi_replaced(text, [
                ("^[='\"]+|['\"]+$", ""),
                ("^(" ~ offline_capi.capi_weekday_pattern() ~ "(-feira)?[.]?,?|(mar|paz)[.]?,)[\\s\\p{Z}]+", ""),
                ("^(\\p{L}+[\\s\\p{Z}]+[0-9]{1,2}) ([0-9]{1,2}:[0-9:]+( ?(utc|gmt|[+-][0-9:]+))?) ([0-9]{4})$", "\\1 \\5 \\2"),
            ]) }}
    end
{%- endmacro %}

{#- The verdict as CTEs. Takes a CTE with the column date_text; the last one, date_judged, has all its columns and date_verdict. Each step
    needs the one before: the time is cut off, what stands between the parts becomes a dash, a month's name becomes its number, and
    the parts get their order. -#}
{% macro capi_date_of_birth_steps(given, today) -%}
    {%- set order = offline_capi.capi_setting("capi_date_order", [none, "dmy", "mdy", "ymd"]) -%}
    {%- set zone = "( ?(z|utc|gmt|[+-][0-9]{2}(:?[0-9]{2})?))?" -%}
    {%- set time = "[t ,]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?[ap][.]?m[.]?)?" ~ zone -%}
    {%- set midnight = "[t ,]+(0?0:00(:00([.,]0+)?)?|12:00(:00([.,]0+)?)? ?a[.]?m[.]?)" ~ zone -%}
            date_timed as (

                select
                    *,
                    {{ offline_capi.capi_matches("date_text", ".*[0-9]" ~ time) }} as has_time,
                    {{ offline_capi.capi_matches("date_text", ".*[0-9]" ~ midnight) }} as is_midnight,
                    {{ offline_capi.capi_replace("date_text", time ~ "$", "") }} as day_text
                from {{ given }}

            ),

            date_dashed as (

                select
                    *,
                    case
                        when {{ offline_capi.capi_matches("day_text", "[0-9]+([-/. ][0-9]+)*") }}
                        then {{ offline_capi.capi_replace("day_text", "[-/. ]+", "-") }}
                        else
                            -- 23rd, 1er, den 23., 23 de abril de 1990, 23apr1990, 1990年4月23日, Mon, 23 Apr 1990
                            {%- set bare = offline_capi.capi_replaced("day_text", [
                                ("[(（][日月火水木金土一二三四五六일월화수목금토][)）]$", ""),
                                ("([0-9])(st|nd|rd|th|er|º|ª)([^\\p{L}]|$)", "\\1 \\3"),
                                ("([0-9]{1,2}) (tháng|thg) ([0-9]{1,2}),? (năm )?([0-9]{4})", "\\5-\\3-\\1"),
                            ]) %}
                            {%- set apart = offline_capi.capi_replace("translate(" ~ bare ~ ", '年月日년월일', '------')", "([0-9])(\\p{L})", "\\1-\\2") %}
                            {%- set spaced = offline_capi.capi_replace(offline_capi.capi_replace(apart, "(\\p{L})([0-9])", "\\1-\\2"), "[\\s\\p{Z}.,/−\\p{Pd}]+", "-") %}
                            {{ offline_capi.capi_replace(spaced, "^(-|den-|le-|el-|il-)+|-[гр]-*$|-+$|-(?:del?|of)(-)", "\\2") }}
                    end as dashed
                from date_timed

            ),

            date_named as (

                select
                    *,
                    case
                        when {{ offline_capi.capi_matches("dashed", "[0-9-]*") }} then null
                        when {{ offline_capi.capi_matches("dashed", "[0-9]{1,2}-\\p{L}+-[0-9]{4}|\\p{L}+-[0-9]{1,2}-[0-9]{4}|[0-9]{4}-\\p{L}+-[0-9]{1,2}") }}
                        then {{ offline_capi.capi_replace("dashed", "[0-9-]+", "") }}
                    end as month_name
                from date_dashed

            ),

            date_numbered as (select *, {{ offline_capi.capi_month_number("month_name") }} as month_number from date_named),

            date_parts as (

                select
                    *,
                    {{ offline_capi.capi_matches("dashed", "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}") }} as year_first,
                    {{ offline_capi.capi_matches("dashed", "[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}") }} as year_last,
                    -- Eight digits that are a date from 1900 on with the year first are not one with the year last, and vice versa.
                    {{ offline_capi.capi_matches("dashed", "(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]") }} as is_compact,
                    {{ offline_capi.capi_matches("dashed", "[0-9]{8}") }} as has_eight_digits,
                    -- The numbers beside the name of a month are the year, which has four digits, and the day.
                    {{ offline_capi.capi_replace("dashed", ".*?([0-9]{4}).*", "\\1") }} as year_part,
                    {{ offline_capi.capi_replace("dashed", "^([0-9]{4})?[^0-9]*([0-9]{1,2})([^0-9].*)?$", "\\2") }} as day_part,
                    try_cast(split_part(dashed, '-', 1) as integer) as first_part,
                    try_cast(split_part(dashed, '-', 2) as integer) as second_part,
                    try_cast(split_part(dashed, '-', 3) as integer) as third_part
                from date_numbered

            ),

            date_ordered as (

                select
                    *,
                    case
                        when month_number is not null then year_part || '-' || month_number || '-' || day_part
                        when year_first then lpad(cast(first_part as {{ dbt.type_string() }}), 4, '0') || '-' || second_part || '-' || third_part
                        when is_compact then substr(dashed, 1, 4) || '-' || substr(dashed, 5, 2) || '-' || substr(dashed, 7, 2)
                        {%- if order == "dmy" %}
                        when year_last then third_part || '-' || second_part || '-' || first_part
                        when has_eight_digits then substr(dashed, 5, 4) || '-' || substr(dashed, 3, 2) || '-' || substr(dashed, 1, 2)
                        {%- elif order == "mdy" %}
                        when year_last then third_part || '-' || first_part || '-' || second_part
                        when has_eight_digits then substr(dashed, 5, 4) || '-' || substr(dashed, 1, 2) || '-' || substr(dashed, 3, 2)
                        {%- else %}
                        when year_last and (first_part > 12 or first_part = second_part) then third_part || '-' || second_part || '-' || first_part
                        when year_last and second_part > 12 then third_part || '-' || first_part || '-' || second_part
                        when has_eight_digits then '0000-00-00'
                        {%- endif %}
                    end as iso
                from date_parts

            ),

            date_dated as (select *, try_cast(iso as date) as day_of_birth from date_ordered),

            date_judged as (

                select
                    *,
                    case
                        when date_text is null then null
                        when year_last and iso is null then {{ offline_capi.capi_drop("date_ambiguous") }}
                        when iso is null then {{ offline_capi.capi_drop("date_not_readable") }}
                        when day_of_birth is null then {{ offline_capi.capi_drop("date_impossible") }}
                        when day_of_birth < date '1900-01-01' then {{ offline_capi.capi_drop("date_out_of_range") }}
                        when day_of_birth > {{ today }} or {{ offline_capi.capi_is_placeholder(offline_capi.capi_format_date("day_of_birth"), "date_of_birth") }} then null
                        when has_time and not is_midnight then {{ offline_capi.capi_drop("date_with_a_time") }}
                        else {{ offline_capi.capi_format_date("day_of_birth") }}
                    end as date_verdict
                from date_dated

            )
{%- endmacro %}
