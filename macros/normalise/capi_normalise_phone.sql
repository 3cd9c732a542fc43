{#- One phone number in any notation as E.164 digits without the plus sign; NULL if it is missing or impossible.
    Source of the rule: Meta's customer information parameters page (no symbols, letters or leading zeros, with the calling
    code). The calling code comes from the number itself or from the country; it is never guessed. -#}
{% macro capi_normalise_phone(value, country, answer="kept") -%}
    (
        with
            phone_given as (select {{ value }} as phone_value, {{ country }} as phone_country),
            phone_trimmed as (select *, {{ offline_capi.capi_trim("phone_value") }} as phone_trimmed from phone_given),
            phone_cleaned as (select *, {{ offline_capi.capi_phone_text("phone_trimmed") }} as phone_text from phone_trimmed),
            {{ offline_capi.capi_phone_steps("phone_cleaned") }}
        select {{ offline_capi.capi_kept("phone_verdict") if answer == "kept" else offline_capi.capi_dropped("phone_verdict") }}
        from phone_judged
    )
{%- endmacro %}

{#- Why a phone number that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_phone_drop_reason(value, country) -%} {{ offline_capi.capi_normalise_phone(value, country, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the trimmed value; NULL for a word for a missing value. -#}
{% macro capi_phone_text(trimmed) -%} {{ offline_capi.capi_unless_missing(trimmed, offline_capi.capi_number_words()) }} {%- endmacro %}

{#- The verdict as CTEs: a look-up for each row costs twice the time of a join. Takes a CTE with the columns phone_text and
    phone_country; the last one, phone_judged, has all its columns and phone_verdict. Each step needs the one before: what is
    written, whose number it could be, with its calling code, without its trunk prefix. -#}
{% macro capi_phone_steps(given) -%}
            phone_folded as (

                select *, {{ offline_capi.capi_fold_digits(offline_capi.capi_lower("phone_text")) }} as folded
                from {{ given }}

            ),

            -- Most phones only have digits and the usual signs, and need no replacement of patterns: that takes a third of the time.
            phone_recognised as (

                select *, {{ offline_capi.capi_matches("folded", "[+0-9 ()./-]*") }} and not contains(folded, '(0)') as is_plain
                from phone_folded

            ),

            phone_unextended as (

                select
                    *,
                    case
                        when is_plain then folded
                        else {{ offline_capi.capi_replace("folded", "([0-9)])[ ,;.]*(ext|extn|extension|extensión|x|#|доб|anexo)[ .:=#]*[0-9]+[^0-9]*$", "\\1") }}
                    end as main_text
                from phone_recognised

            ),

            phone_written as (

                select
                    *,
                    case when {{ offline_capi.capi_starts_with("main_text", "'+'") }} then true else {{ offline_capi.capi_matches("main_text", "[^0-9]*[+].*") }} end as has_plus,
                    case
                        when is_plain then translate(main_text, '+ ()-./', '')
                        -- (0) is what a national caller dials after the code of an international number.
                        else {{ offline_capi.capi_replace(offline_capi.capi_replace("main_text", "([+].*)[(]0[)]", "\\1"), "[^0-9]", "") }}
                    end as digits
                from phone_unextended

            ),

            phone_planned as (

                select
                    phone_written.*,
                    {{ offline_capi._capi_plan_columns("own", ["calling_code", "lengths", "number_pattern", "trunk_prefix", "trunk_pattern", "trunk_rule"]) }},
                    case when not has_plus then digits end as own_digits,
                    case when not has_plus then substr(digits, length(own.calling_code) + 1) end as digits_after_own_code,
                    case
                        when has_plus
                        then trim(leading '0' from digits)
                        when own.exit_prefix <> '' and {{ offline_capi.capi_starts_with("digits", "own.exit_prefix") }} and length(digits) > length(own.exit_prefix) + 7
                        then trim(leading '0' from substr(digits, length(own.exit_prefix) + 1))
                        when {{ offline_capi.capi_starts_with("digits", "'00'") }}
                        then trim(leading '0' from digits)
                    end as international
                from phone_written
                left join {{ ref("offline_capi", "int_capi__phone_plans") }} as own on phone_written.phone_country = own.country

            ),

            {{ offline_capi._capi_trunk_steps("phone_owned", "phone_planned", "own", {"own_number": "own_digits", "number_after_own_code": "digits_after_own_code"}) }},

            phone_placed as (

                select
                    *,
                    -- A number that is complete but lacks its plus sign: of no national length, or no such one exists. Branches
                    -- and not `and`, so that the pattern is tried only on the few rows where lengths leave it open.
                    case
                        when international is not null or not {{ offline_capi.capi_starts_with("digits", "own_calling_code") }}
                        then false
                        when not {{ offline_capi._capi_has_length("own_lengths", "number_after_own_code") }}
                        then false
                        when not {{ offline_capi._capi_has_length("own_lengths", "own_number") }}
                        then true
                        when {{ offline_capi.capi_matches("digits", "own_number_pattern", is_column=true) }}
                        then false
                        else {{ offline_capi.capi_matches("number_after_own_code", "own_number_pattern", is_column=true) }}
                    end as lacks_plus
                from phone_owned

            ),

            phone_numbered as (

                select *, coalesce(international, case when lacks_plus then digits else own_calling_code || own_number end) as number
                from phone_placed

            ),

            phone_coded as (select *, {{ offline_capi._capi_calling_code("number") }} as calling_code from phone_numbered),

            phone_split as (

                select
                    phone_coded.*,
                    substr(number, length(phone_coded.calling_code) + 1) as number_after_code,
                    {{ offline_capi._capi_plan_columns("main", ["lengths", "number_pattern", "trunk_prefix", "trunk_pattern", "trunk_rule", "zero_leads"]) }}
                from phone_coded
                left join
                    (select * from {{ ref("offline_capi", "int_capi__phone_plans") }} where main_of_code) as main
                    on phone_coded.calling_code = main.calling_code

            ),

            {{ offline_capi._capi_trunk_steps("phone_stripped", "phone_split", "main", {"main_number": "number_after_code"}) }},

            phone_national as (

                select *, case when international is null and not lacks_plus then own_number else main_number end as national_number
                from phone_stripped

            ),

            phone_judged as (

                select
                    *,
                    case
                        when phone_text is null then null
                        when {{ offline_capi.capi_is_float_text("folded") }} then {{ offline_capi.capi_drop("float_text") }}
                        -- Shorter rows of digits are real numbers: 01 23 45 67 89 is one in Paris.
                        when digits in ('1234567890', '9876543210') or {{ offline_capi.capi_is_placeholder_phone("digits") }} then null
                        when digits = '' then {{ offline_capi.capi_drop("phone_has_no_digits") }}
                        when number is null then {{ offline_capi.capi_drop("phone_country_unknown") }}
                        when {{ offline_capi.capi_is_placeholder_phone("national_number") }} then null
                        when main_lengths is null then {{ offline_capi.capi_drop("phone_calling_code_unknown") }}
                        -- What still begins with a zero or a trunk prefix, where no number does, is a number of another country.
                        when {{ offline_capi.capi_starts_with("national_number", "'0'") }} and not main_zero_leads
                        then {{ offline_capi.capi_drop("phone_length_impossible") }}
                        when main_trunk_prefix <> '' and main_trunk_pattern = '' and {{ offline_capi.capi_starts_with("national_number", "main_trunk_prefix") }}
                        then {{ offline_capi.capi_drop("phone_length_impossible") }}
                        when {{ offline_capi._capi_has_length("main_lengths", "national_number") }} and length(calling_code || national_number) between 7 and 15
                        then calling_code || national_number
                        else {{ offline_capi.capi_drop("phone_length_impossible") }}
                    end as phone_verdict
                from phone_national

            )
{%- endmacro %}

{#- Columns of a joined plan, prefixed with the plan's name. -#}
{% macro _capi_plan_columns(plan, columns) -%}
    {% for column in columns %}{{ plan }}.{{ column }} as {{ plan }}_{{ column }}{{ ", " if not loop.last }}{% endfor %}
{%- endmacro %}

{#- Whether a plan's list of lengths, such as ',9,10,', holds the length of a number. -#}
{% macro _capi_has_length(lengths, number) -%} contains({{ lengths }}, ',' || length({{ number }}) || ',') {%- endmacro %}

{#- CTEs that remove a plan's trunk prefix from columns of digits: `numbers` maps each result to its column. The last CTE has the
    given name. If the prefix is not plain text, libphonenumber's rules apply: the replacement is used only if its group has
    matched, and nothing is cut off an existing number that would not exist without it. -#}
{% macro _capi_trunk_steps(name, given, plan, numbers) -%}
    {%- set pattern = "'^(?:' || " ~ plan ~ "_trunk_pattern || ')'" -%}
            {{ name }}_begun as (

                select
                    *
                    {%- for number, digits in numbers.items() %}
                    {%- set bare = "trim(leading '0' from " ~ digits ~ ")" %},
                    -- A zero in front of another trunk prefix is dialled by nobody but typed by many: 01 (650) in the United States.
                    case
                        when {{ plan }}_trunk_prefix in ('', '0') or {{ plan }}_trunk_pattern <> '' then {{ digits }}
                        when {{ offline_capi.capi_starts_with(digits, "'0'") }} and {{ offline_capi.capi_starts_with(bare, plan ~ "_trunk_prefix") }} then {{ bare }}
                        else {{ digits }}
                    end as {{ number }}_bare,
                    case
                        when {{ plan }}_trunk_pattern = '' or not {{ offline_capi.capi_finds(digits, pattern) }} then null
                        when {{ plan }}_trunk_rule <> '' and {{ offline_capi.capi_replace_first(digits, pattern ~ " || '.*$'", "right(" ~ plan ~ "_trunk_rule, 2)") }} <> '' then {{ plan }}_trunk_rule
                        else ''
                    end as {{ number }}_replacement
                    {%- endfor %}
                from {{ given }}

            ),

            {{ name }}_cut as (

                select
                    *
                    {%- for number, digits in numbers.items() %},
                    substr({{ number }}_bare, length({{ plan }}_trunk_prefix) + 1) as {{ number }}_shorter,
                    case when {{ number }}_replacement is not null then {{ offline_capi.capi_replace_first(digits, pattern, number ~ "_replacement") }} end as {{ number }}_cut
                    {%- endfor %}
                from {{ name }}_begun

            ),

            {{ name }} as (

                select
                    *
                    {%- for number, digits in numbers.items() %},
                    case
                        when {{ plan }}_trunk_prefix <> '' and {{ offline_capi.capi_starts_with(number ~ "_bare", plan ~ "_trunk_prefix") }}
                            and ({{ plan }}_trunk_pattern = '' or ({{ offline_capi._capi_has_length(plan ~ "_lengths", number ~ "_shorter") }} and not {{ offline_capi._capi_has_length(plan ~ "_lengths", digits) }}))
                        then {{ number }}_shorter
                        when {{ number }}_cut is null
                        then {{ digits }}
                        when not {{ offline_capi.capi_matches(digits, plan ~ "_number_pattern", is_column=true) }}
                        then {{ number }}_cut
                        when {{ offline_capi.capi_matches(number ~ "_cut", plan ~ "_number_pattern", is_column=true) }}
                        then {{ number }}_cut
                        else {{ digits }}
                    end as {{ number }}
                    {%- endfor %}
                from {{ name }}_cut

            )
{%- endmacro %}

{#- The calling code at the beginning of an international number: no code is the beginning of another (ITU-T E.164). -#}
{% macro _capi_calling_code(digits) -%}
    case
        when substr({{ digits }}, 1, 1) in ('1', '7') then substr({{ digits }}, 1, 1)
        when
            substr({{ digits }}, 1, 2) in (
                '20', '27', '30', '31', '32', '33', '34', '36', '39', '40', '41', '43', '44', '45', '46', '47', '48', '49', '51', '52', '53',
                '54', '55', '56', '57', '58', '60', '61', '62', '63', '64', '65', '66', '81', '82', '84', '86', '90', '91', '92', '93', '94',
                '95', '98'
            )
        then substr({{ digits }}, 1, 2)
        else substr({{ digits }}, 1, 3)
    end
{%- endmacro %}
