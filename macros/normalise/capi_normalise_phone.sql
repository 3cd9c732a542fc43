{#- One phone number in any notation as E.164 digits without the plus sign; NULL when it is missing or impossible.
    Source of the rule: Meta's customer information parameters page (no symbols, letters or leading zeros, with the calling
    code). The calling code comes from the number itself or from the country; it is never guessed. -#}
{% macro capi_normalise_phone(value, country) -%} {{ offline_capi.capi_kept(offline_capi.capi_phone_verdict(offline_capi.capi_phone_text(value), country)) }} {%- endmacro %}

{#- Why a phone number that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_phone_drop_reason(value, country) -%} {{ offline_capi.capi_dropped(offline_capi.capi_phone_verdict(offline_capi.capi_phone_text(value), country)) }} {%- endmacro %}

{#- What the verdict is about: the value without white space around it; NULL for a word for a missing value. -#}
{% macro capi_phone_text(value) -%} {{ offline_capi.capi_clean(value, offline_capi.capi_number_words()) }} {%- endmacro %}

{#- E.164 digits, or '! ' and the reason for which there are none; NULL for NULL. -#}
{% macro capi_phone_verdict(value, country) -%}
    (
        with
            phone_given as (select {{ value }} as phone_text, {{ country }} as phone_country),
            {{ offline_capi.capi_phone_steps("phone_given") }}
        select phone_verdict from phone_judged
    )
{%- endmacro %}

{#- The same as CTEs, for a model that has many phones: a look-up for each row costs twice the time of a join. Takes a CTE with the
    columns phone_text and phone_country; the last one, phone_judged, has all its columns and phone_verdict. Each step needs the one
    before: what is written, whose number it could be, with its calling code, without its trunk prefix. -#}
{% macro capi_phone_steps(given) -%}
            phone_folded as (

                select *, {{ offline_capi.capi_fold_digits(offline_capi.capi_lower("phone_text")) }} as folded
                from {{ given }}

            ),

            -- Most phones hold nothing but digits and usual signs, which takes no replacement of patterns: a third of the time.
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
                    own.calling_code as own_code,
                    own.lengths as own_lengths,
                    own.number_pattern as own_pattern,
                    case when not has_plus then {{ offline_capi._capi_without_trunk("phone_written.digits", "own") }} end as own_number,
                    case
                        when not has_plus
                        then {{ offline_capi._capi_without_trunk("substr(phone_written.digits, length(own.calling_code) + 1)", "own") }}
                    end as number_after_own_code,
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

            phone_placed as (

                select
                    *,
                    -- A number that is complete but lacks its plus sign: of no national length, or no such one exists. Branches
                    -- and not `and`, so that the pattern is tried only on the few rows where lengths leave it open.
                    case
                        when international is not null or not {{ offline_capi.capi_starts_with("digits", "own_code") }}
                        then false
                        when not {{ offline_capi._capi_has_length("own_lengths", "number_after_own_code") }}
                        then false
                        when not {{ offline_capi._capi_has_length("own_lengths", "own_number") }}
                        then true
                        when {{ offline_capi.capi_matches("digits", "own_pattern", is_column=true) }}
                        then false
                        else {{ offline_capi.capi_matches("number_after_own_code", "own_pattern", is_column=true) }}
                    end as lacks_plus
                from phone_planned

            ),

            phone_numbered as (

                select *, coalesce(international, case when lacks_plus then digits else own_code || own_number end) as number
                from phone_placed

            ),

            phone_coded as (select *, {{ offline_capi._capi_calling_code("number") }} as calling_code from phone_numbered),

            phone_split as (select *, substr(number, length(calling_code) + 1) as number_after_code from phone_coded),

            phone_stripped as (

                select
                    phone_split.*,
                    main.lengths,
                    main.trunk_prefix,
                    main.trunk_pattern,
                    main.zero_leads,
                    case
                        when international is null and not lacks_plus
                        then own_number
                        else {{ offline_capi._capi_without_trunk("phone_split.number_after_code", "main") }}
                    end as national_number
                from phone_split
                left join
                    (select * from {{ ref("offline_capi", "int_capi__phone_plans") }} where main_of_code) as main
                    on phone_split.calling_code = main.calling_code

            ),

            phone_judged as (

                select
                    *,
                    case
                        when phone_text is null then null
                        when {{ offline_capi.capi_is_float_text("folded") }} then {{ offline_capi.capi_drop("float_text") }}
                        when digits = '' then {{ offline_capi.capi_drop("phone_has_no_digits") }}
                        when number is null then {{ offline_capi.capi_drop("phone_country_unknown") }}
                        when lengths is null then {{ offline_capi.capi_drop("phone_calling_code_unknown") }}
                        -- What still begins with a zero or a trunk prefix, where no number does, is a number of another country.
                        when {{ offline_capi.capi_starts_with("national_number", "'0'") }} and not zero_leads
                        then {{ offline_capi.capi_drop("phone_length_impossible") }}
                        when trunk_prefix <> '' and trunk_pattern = '' and {{ offline_capi.capi_starts_with("national_number", "trunk_prefix") }}
                        then {{ offline_capi.capi_drop("phone_length_impossible") }}
                        when {{ offline_capi._capi_has_length("lengths", "national_number") }} and length(calling_code || national_number) between 7 and 15
                        then calling_code || national_number
                        else {{ offline_capi.capi_drop("phone_length_impossible") }}
                    end as phone_verdict
                from phone_stripped

            )
{%- endmacro %}

{#- Whether a plan's list of lengths, such as ',9,10,', holds the length of a number. -#}
{% macro _capi_has_length(lengths, number) -%} contains({{ lengths }}, ',' || length({{ number }}) || ',') {%- endmacro %}

{#- Digits without the trunk prefix of a plan. Where the prefix is no plain text, libphonenumber's rules hold: the replacement
    is used only when its group has matched, and nothing is cut off an existing number that would not exist without it. -#}
{% macro _capi_without_trunk(digits, plan) -%}
    {%- set prefix = "'^(?:' || " ~ plan ~ ".trunk_pattern || ')'" -%}
    {%- set group = offline_capi.capi_replace_first(digits, prefix ~ " || '.*$'", "right(" ~ plan ~ ".trunk_rule, 2)") -%}
    {%- set cut -%}
    {{ offline_capi.capi_replace_first(digits, prefix, "case when " ~ plan ~ ".trunk_rule <> '' and " ~ group ~ " <> '' then " ~ plan ~ ".trunk_rule else '' end") }}
    {%- endset -%}
    {#- A zero in front of another trunk prefix is dialled by nobody but typed by many: 01 (650) in the United States. -#}
    {%- set bare -%}
    case
        when {{ offline_capi.capi_starts_with(digits, "'0'") }} and {{ plan }}.trunk_prefix not in ('', '0') and {{ plan }}.trunk_pattern = '' and {{ offline_capi.capi_starts_with("trim(leading '0' from " ~ digits ~ ")", plan ~ ".trunk_prefix") }}
        then trim(leading '0' from {{ digits }})
        else {{ digits }}
    end
    {%- endset -%}
    {%- set shorter = "substr(" ~ bare ~ ", length(" ~ plan ~ ".trunk_prefix) + 1)" -%}
    case
        when {{ plan }}.trunk_prefix <> '' and {{ offline_capi.capi_starts_with(bare, plan ~ ".trunk_prefix") }}
            and ({{ plan }}.trunk_pattern = '' or ({{ offline_capi._capi_has_length(plan ~ ".lengths", shorter) }} and not {{ offline_capi._capi_has_length(plan ~ ".lengths", digits) }}))
        then {{ shorter }}
        when {{ plan }}.trunk_pattern = ''
        then {{ digits }}
        when not {{ offline_capi.capi_finds(digits, prefix) }}
        then {{ digits }}
        when not {{ offline_capi.capi_matches(digits, plan ~ ".number_pattern", is_column=true) }}
        then {{ cut }}
        when {{ offline_capi.capi_matches(cut, plan ~ ".number_pattern", is_column=true) }}
        then {{ cut }}
        else {{ digits }}
    end
{%- endmacro %}

{#- The calling code with which an international number begins: no code is the beginning of another (ITU-T E.164). -#}
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
