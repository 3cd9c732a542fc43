{#- How the time of a sale is read if it is not written in ISO 8601: a date, a time of day, and perhaps an offset. The
    date has the year first, or the name of a month, or the order that capi_date_order says; two-digit years mean
    2000 to 2099, and come last unless the order is ymd. Nothing else is guessed: no offset from an abbreviation (CET, EST), no
    24:00, no leap second, no hour of 0 or over 12 with AM or PM. -#}

{#- CTEs that read the column other_text, which is NULL for everything that was recognised before, and then costs next to nothing. The last
    one, clocked, has two columns more: other_clock, what a wall clock shows, YYYY-MM-DD HH:MM:SS, and other_offset, seconds east of UTC,
    NULL where none is written. Both are NULL for what cannot be read. -#}
{% macro capi_clock_steps(given) -%}
    {%- set order = offline_capi.capi_setting("capi_date_order", [none, "dmy", "mdy", "ymd"]) -%}
    {%- set offset = "( ?(?:z|utc|gmt)| ?(?:utc|gmt)?[+-](?:[0-9]{2}(?::?[0-9]{2})?|[0-9](?::[0-9]{2})?))?" -%}
    {#- Any lower-case letter and anything outside ASCII: capi_month_number knows which are months. \p{L} has 650 ranges, and DuckDB compiles
        each pattern anew in every pipeline and thread. -#}
    {%- set letter = "[^\\x00-`{-\\x7f]" -%}
    {%- set month = "(" ~ letter ~ "{3,})[.]?" -%}
    {%- set day = "([0-9]{1,2})(?:st|nd|rd|th|er|º|ª)?" -%}
    {%- set weekday = offline_capi.capi_weekday_pattern() -%}
    {%- set gap = "[-/., ]+(?:of |del? )?" -%}
    {%- set written = offline_capi.capi_lower(offline_capi.capi_fold_digits("other_text")) -%}
    {#- First, whatever adds nothing to date, clock and offset is removed. Then come the forms of C and Unix (Tue Nov 24 10:15:30 UTC 2026),
        of SAS (24NOV2026:10:15:30) and of web servers (24/Nov/2026:10:15:30). Most times are only digits and marks, which take a third of
        the time. -#}
    {%- set worded = offline_capi.capi_replaced("case when " ~ offline_capi.capi_is_ascii("other_text") ~ " then translate(" ~ written ~ ", " ~ offline_capi.capi_literal("'=\"") ~ ", '') else "
        ~ offline_capi.capi_clock_of_other_scripts(written) ~ " end", [
        ("[\\s\\p{Z}]+", " "),
        ("\\p{C}| ?(?:uhr|hrs?|hs?|ч|óra)[.]?$", ""),
        ("([+-][0-9]{2}:?[0-9]{2}) ?(?:[(][^()]*[)]|\\[[^\\[\\]]*\\])$", "\\1"),
        ("^(?:" ~ weekday ~ "(?:-feira)?[.]?,?|(?:mar|paz)[.]?,) | ?[(]" ~ weekday ~ "[.]?[)]", ""),
        (",? (?:at|um|à|om|kl[.]?|klo|a las|às|(?:alle )?ore|alle|в|(?:o )?godz[.]?|[oоv]|saat|pukul|στις) ", " "),
        ("([0-9]) ?h ?([0-9]{2})\\b", "\\1:\\2"),
        ("^(" ~ letter ~ "+ [0-9]{1,2}) ([0-9:]+)" ~ offset ~ " ([0-9]{4})$", "\\1 \\4 \\2\\3"),
        ("^([0-9]{1,2})([-/]?)(" ~ letter ~ "{3,})([-/]?)([0-9]{4})[: ]([0-9])", "\\1-\\3-\\5 \\6"),
        (" ([ap])[.]?m[.]? ([0-9:.]+)$", " \\2 \\1m"),
        ("([0-9]) ?([ap])$", "\\1 \\2m"),
        (" ?([ap])[.]? ?m[.]?" ~ offset ~ "$", " \\1m\\2"),
    ]) -%}
    {#- 2026-11-24-10.15.30.000000 is how IBM's databases write a time. -#}
    {%- set bare = "case when substr(other_text, 11, 1) = '-' and substr(other_text, 5, 1) = '-' then " ~ offline_capi.capi_replace("other_text", "^([0-9-]{10})-([0-9]{2}[.][0-9]{2}[.])", "\\1 \\2") ~ " when " ~ offline_capi.capi_matches("other_text", "[0-9:./+-]+(?: [0-9:./+-]+)*") ~ " then other_text else " ~ worded ~ " end" -%}
    plain as (

        select
            *,
            case
                when other_text is not null
                then {{ offline_capi.capi_replaced(bare, [
                    ("^([0-9]{4})([0-9]{2})([0-9]{2})[t _]?([0-9]{2})([0-9]{2})([0-9]{2})?([.,][0-9]+)?" ~ offset ~ "$", "\\1-\\2-\\3 \\4:\\5:\\6\\8"),
                    ("^([0-9]{4})([0-9]{2})([0-9]{2})[t _]", "\\1-\\2-\\3 "),
                    ("^(.+[t ])([0-9]{1,2})[.]([0-9]{2})(?:[.]([0-9]{2})(?:[.,][0-9]{3,})?)?( [ap]m)?" ~ offset ~ "$", "\\1\\2:\\3:\\4\\5\\6"),
                ]) }}
            end as plain_text
        from {{ given }}

    ),

    {%- set whole = "^(.*[0-9a-z])[.]?(?:[t _]|, ?| - )([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})?(?:[.,][0-9]+)?)?(?: ([ap]m))?" ~ offset ~ "$" %}
    parted as (

        select
            *,
            {{ offline_capi.capi_matches("plain_text", whole) }} as has_clock,
            {%- for part, place in {"date_part": 1, "hour_part": 2, "minute_part": 3, "second_part": 4, "half_part": 5, "offset_part": 6}.items() %}
            {{ offline_capi.capi_replace("plain_text", whole, "\\" ~ place) }} as {{ part }}{{ "," if not loop.last }}
            {%- endfor %}
        from plain

    ),

    dated as (

        select
            *,
            {{ offline_capi.capi_replace("offset_part", "^.*[+-]([0-9]{1,2}):?([0-9]{2})?$", "\\1:\\2") }} as offset_numbers,
            {#- Each form gives year, month and day with dashes between, the month as a number or as its name. -#}
            case
                when has_clock is null or not has_clock then null
                when {{ offline_capi.capi_matches("date_part", "[0-9]{4}(?:- ?[0-9]{1,2}- ?|/[0-9]{1,2}/|[.] ?[0-9]{1,2}[.] ?)[0-9]{1,2}") }} then {{ offline_capi.capi_replace("date_part", "[-/.] ?", "-") }}
                {%- for pattern, places in [
                    ("([0-9]{4})" ~ gap ~ month ~ gap ~ day, "\\1-\\2-\\3"),
                    (day ~ gap ~ month ~ gap ~ "([0-9]{4})", "\\3-\\2-\\1"),
                    (month ~ gap ~ day ~ gap ~ "([0-9]{4})", "\\3-\\1-\\2"),
                ] + ([
                    (day ~ gap ~ month ~ gap ~ "([0-9]{2})", "20\\3-\\2-\\1"),
                    (month ~ gap ~ day ~ gap ~ "([0-9]{2})", "20\\3-\\1-\\2"),
                ] if order in ["dmy", "mdy"] else []) + ([
                    ("([0-9]{1,2})(?:-|/|[.] ?)([0-9]{1,2})(?:-|/|[.] ?)([0-9]{4})", "\\3-\\2-\\1" if order == "dmy" else "\\3-\\1-\\2"),
                    ("([0-9]{1,2})(?:-|/|[.] ?)([0-9]{1,2})(?:-|/|[.] ?)([0-9]{2})", "20\\3-\\2-\\1" if order == "dmy" else "20\\3-\\1-\\2"),
                ] if order in ["dmy", "mdy"] else []) + ([
                    ("([0-9]{2})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", "20\\1-\\2-\\3"),
                ] if order == "ymd" else []) %}
                when {{ offline_capi.capi_matches("date_part", pattern) }} then {{ offline_capi.capi_replace("date_part", "^" ~ pattern ~ "$", places) }}
                {%- endfor %}
            end as ymd
        from parted

    ),

    numbered as (

        select
            *,
            lpad(split_part(ymd, '-', 1), 4, '0') as year_text,
            case
                when {{ offline_capi.capi_matches("split_part(ymd, '-', 2)", "[0-9]+") }} then lpad(split_part(ymd, '-', 2), 2, '0')
                else {{ offline_capi.capi_month_number("split_part(ymd, '-', 2)") }}
            end as month_text,
            lpad(split_part(ymd, '-', 3), 2, '0') as day_text,
            try_cast(hour_part as integer) as hour_number,
            case
                when offset_part is null or offset_part = '' then null
                when offset_part not like '%+%' and offset_part not like '%-%' then 0
                else
                    (case when offset_part like '%-%' then -1 else 1 end)
                    * (
                        3600 * try_cast(split_part(offset_numbers, ':', 1) as integer)
                        + 60 * coalesce(try_cast(nullif(split_part(offset_numbers, ':', 2), '') as integer), 0)
                    )
            end as written_offset
        from dated

    ),

    clocked as (

        select
            *,
            case
                when ymd is null or minute_part > '59' or second_part > '59' then null
                -- No place on earth is further from UTC than 14 hours.
                when written_offset not between -50400 and 50400 or {{ offline_capi.capi_matches("offset_part", ".*[+-][0-9]{1,2}:?[6-9][0-9]") }} then null
                when half_part = '' and hour_number > 23 then null
                when half_part <> '' and hour_number not between 1 and 12 then null
                else
                    year_text || '-' || month_text || '-' || day_text || ' '
                    || lpad(
                        cast(
                            case half_part when 'am' then hour_number % 12 when 'pm' then hour_number % 12 + 12 else hour_number end as {{ dbt.type_string() }}
                        ),
                        2,
                        '0'
                    )
                    || ':' || minute_part || ':' || coalesce(nullif(second_part, ''), '00')
            end as other_clock,
            written_offset as other_offset
        from numbered

    )
{%- endmacro %}

{#- A text in lower case, with the signs that other scripts use in dates and times as ASCII: 2026年11月22日 8時30分, 2026. 11. 22. 오전 8:30. -#}
{% macro capi_clock_of_other_scripts(text) %}
    {%- set weekday = "[(（][日月火水木金土天一二三四五六일월화수목금토][)）]|[日月火水木金土]曜日?|(?:星期|周|週)[日天一二三四五六]|[일월화수목금토]요일" -%}
    {%- set written = "：，−‐‑–年月년월日일時时点點시분分'=\"秒초" -%}
    {%- set signs = "translate(" ~ offline_capi.capi_replace(text, weekday, " ") ~ ", " ~ offline_capi.capi_literal(written) ~ ", ':,--------  :::::::')" -%}
    {{
        return(
            offline_capi.capi_replaced(signs, [
                ("([0-9]:) +([0-9])", "\\1\\2"), ("(?:午前|上午|오전) ?([0-9:]+) *$", " \\1 am"), ("(?:午後|下午|오후) ?([0-9:]+) *$", " \\1 pm"),
                ("([0-9]) ?(?:π[.]? ?μ[.]?|öö|ص)$", "\\1 am"), ("([0-9]) ?(?:μ[.]? ?μ[.]?|ös|م)$", "\\1 pm"),
                ("([0-9]{4}) ?[гр]([., ]|$)", "\\1\\2"),
                ("(?:ngày )?([0-9]{1,2}) (?:tháng|thg) ([0-9]{1,2}),? (?:năm )?([0-9]{4})", "\\3-\\2-\\1"),
            ])
        )
    }}
{% endmacro %}

{#- A text after several (pattern, replacement) pairs, applied one after the other. -#}
{% macro capi_replaced(text, replacements) %}
    {%- set steps = [text] -%}
    {%- for pattern, replacement in replacements -%} {%- do steps.append(offline_capi.capi_replace(steps[-1], pattern, replacement)) -%} {%- endfor -%}
    {{ return(steps[-1]) }}
{% endmacro %}
