{#- How amounts are read: total, refunded, unit_price and quantity. A typed number is used unchanged. A text is a number in digits of any
    script with a decimal mark and thousands in threes (or in twos, as in India), with signs and codes of its own currency at either end;
    brackets, or a minus at either end, make it negative. If the only mark is a comma or point before three digits, it may be either:
    capi_decimal_mark decides, otherwise the amount is ambiguous. Source of the rule: what is ambiguous is not guessed.

    All of these macros take SQL expressions. Currency signs are those in int_capi__currencies; if the currency is not known, no
    sign contradicts it. If it has three decimals, a point before three digits is not a thousands mark. -#}

{#- CTEs that read amounts: `amounts` maps a name to (raw text, whether its raw column is typed as a number). The last CTE, `name`, has all columns
    of `given`, and of each amount <amount>_amount, a decimal(22, 8), NULL for what is no number, ambiguous or in another currency, and
    <amount>_fault, which of these it is, as a code. Each expression stands once, and those on <amount>_written cost next to nothing: it is NULL for
    a typed number and for plain digits, which are nearly all. -#}
{% macro capi_amount_steps(given, name, amounts, signs, has_three_decimals="false") -%}
    {%- set mark = offline_capi.capi_setting("capi_decimal_mark", [none, ".", ","]) -%}
    {%- set plain = "-?[0-9]{1,14}" ~ ("" if mark == "," else "([.][0-9]{1,2})?") -%}
    {%- set pattern = offline_capi.capi_amount_pattern() -%}
            {{ name }}_written as (

                select
                    *
                    {%- for amount, (text, is_number) in amounts.items() %},
                    case when {{ is_number }} or {{ offline_capi.capi_matches(text, plain) }} then null else {{ offline_capi.capi_amount_text(text) }} end as {{ amount }}_written
                    {%- endfor %}
                from {{ given }}

            ),

            {{ name }}_parted as (

                select
                    *
                    {%- for amount in amounts %}
                    {%- set written = amount ~ "_written" %},
                    {{ offline_capi.capi_matches(written, "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,2}") }} as {{ amount }}_is_power,
                    -- Rs.500 may be 500 or 0.500.
                    {{ offline_capi.capi_matches(written, pattern) }}
                    and not {{ offline_capi.capi_finds(written, offline_capi.capi_literal("[\\p{L}\\p{M}][.,][0-9]")) }} as {{ amount }}_is_amount,
                    {%- for part, groups in {"digits": "\\4", "minus": "\\1\\3\\6", "sign_before": "\\2", "sign_after": "\\5\\7"}.items() %}
                    {{ offline_capi.capi_replace(written, "^" ~ pattern ~ "$", groups) }} as {{ amount }}_{{ part }}{{ "," if not loop.last }}
                    {%- endfor %}
                    {%- endfor %}
                from {{ name }}_written

            ),

            {{ name }}_judged as (

                select
                    *
                    {%- for amount in amounts %},
                    case
                        when {{ amount }}_written is null or {{ amount }}_is_power then null
                        when not {{ amount }}_is_amount then 'value_not_a_number'
                        when {{ signs }} is not null and not (
                            contains({{ signs }}, ',' || {{ offline_capi.capi_currency_sign(amount ~ "_sign_before") }} || ',')
                            and contains({{ signs }}, ',' || {{ offline_capi.capi_currency_sign(amount ~ "_sign_after") }} || ',')
                        )
                        then 'value_in_another_currency'
                        {%- if mark is none %}
                        -- The only mark may separate decimals or thousands.
                        when
                            {{ offline_capi.capi_matches(amount ~ "_digits", "[1-9][0-9]{0,2}[.,][0-9]{3}") }}
                            and not ({{ has_three_decimals }} and {{ amount }}_digits like '%.%')
                        then 'value_ambiguous'
                        {%- endif %}
                        when {{ amount }}_minus not in ('', '+', '-', '()') then 'value_not_a_number'
                    end as {{ amount }}_fault
                    {%- endfor %}
                from {{ name }}_parted

            ),

            {{ name }} as (

                select
                    *
                    {%- for amount, (text, is_number) in amounts.items() %}
                    {%- set digits = amount ~ "_digits" %},
                    case
                        when {{ amount }}_written is null then try_cast({{ text }} as decimal(22, 8))
                        when {{ amount }}_is_power then try_cast({{ amount }}_written as decimal(22, 8))
                        when {{ amount }}_fault is null
                        then
                            case when {{ amount }}_minus in ('-', '()') then -1 else 1 end
                            * case
                                {%- if mark != "," %}
                                when {{ offline_capi.capi_matches(digits, offline_capi.capi_grouped(",") ~ "[.][0-9]*|[.][0-9]+") }}
                                then try_cast({{ offline_capi.capi_replace(digits, "[,']", "") }} as decimal(22, 8))
                                {%- endif %}
                                {%- if mark != "." %}
                                when {{ offline_capi.capi_matches(digits, offline_capi.capi_grouped(".") ~ ",[0-9]*|,[0-9]+") }}
                                then try_cast({{ offline_capi.capi_replace(offline_capi.capi_replace(digits, "[.']", ""), ",", ".") }} as decimal(22, 8))
                                {%- endif %}
                                when {{ offline_capi.capi_matches(digits, offline_capi.capi_grouped(",.".replace(mark or " ", ""))) }}
                                then try_cast({{ offline_capi.capi_replace(digits, "[.,']", "") }} as decimal(22, 8))
                            end
                    end as {{ amount }}_amount
                    {%- endfor %}
                from {{ name }}_judged

            )
{%- endmacro %}

{#- A single amount, for callers that read few: the last column of these steps. -#}
{% macro capi_amount(value, is_number, signs, has_three_decimals="false") -%}
    (
        with
            capi_given as (
                select {{ value }} as capi_text, {{ is_number }} as capi_is_number, {{ signs }} as capi_signs, {{ has_three_decimals }} as capi_three_decimals
            ),
            {{ offline_capi.capi_amount_steps("capi_given", "capi_read", {"capi": ("capi_text", "capi_is_number")}, "capi_signs", "capi_three_decimals") }}
        select capi_amount
        from capi_read
    )
{%- endmacro %}

{#- What the shop kept of a sale: the total minus the refund. If all of it was refunded, the order is rejected and its
    total is shown. Takes amounts; a refund that is NULL counts as zero. -#}
{% macro capi_kept_amount(total, refunded) -%} case when {{ refunded }} < {{ total }} then {{ total }} - {{ refunded }} else {{ total }} end {%- endmacro %}

{#- The text with digits, marks and signs as ASCII. Every apostrophe and space becomes an apostrophe, and cents written as a
    dash are removed: 12,- is 12. -#}
{% macro capi_amount_text(value) -%}
    {%- set ascii = "translate(" ~ offline_capi.capi_fold_digits(offline_capi.capi_trim(value)) ~ ", '٫٬，＄￡−﹣‐‑–—', '.'',$£" ~ "------')" -%}
    {%- set joined = offline_capi.capi_replace(offline_capi.capi_replace(ascii, "[\\s\\p{Z}’‘ʼ´`]+", "'"), "^=\"|\\p{C}+", "") -%}
    {{ offline_capi.capi_replace(joined, "([0-9])[.,]-{1,2}('*[^0-9']*)$", "\\1\\2") }}
{%- endmacro %}

{#- Groups: 1 minus or bracket, 2 sign, 3 minus or bracket, 4 the number, 5 sign, 6 minus or bracket, 7 sign. A sign ends in a point only if
    there is a space between the point and the number. -#}
{% macro capi_amount_pattern() %}
    {%- set sign = "[^0-9.,'()+-](?:[^0-9,()+-]{0,8}[^0-9.,'()+-])?" -%}
    {{ return("([-+(]?)'*(" ~ sign ~ "|" ~ sign ~ "[.]'+)?'*([-+(]?)'*([.,]?[0-9](?:[0-9.,']*[0-9.,])?)'*(" ~ sign ~ "[.]?)?'*([-)]?)'*(" ~ sign ~ "[.]?)?") }}
{% endmacro %}

{#- A sign as written in int_capi__currencies. -#}
{% macro capi_currency_sign(text) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(text), "[\\p{Z}\\p{C}'\".]+", "") }} {%- endmacro %}

{#- The pattern of whole numbers with thousands separated by apostrophes or one of the marks. -#}
{% macro capi_grouped(marks) %}
    {%- set patterns = ["[0-9]+", "[1-9][0-9]{0,2}('[0-9]{3})+"] -%}
    {%- for mark in marks -%}
        {%- do patterns.append("[1-9][0-9]{0,2}([" ~ mark ~ "][0-9]{3})+") -%}
        {%- if mark == "," -%} {%- do patterns.append("[1-9][0-9]?(,[0-9]{2})+,[0-9]{3}") -%} {%- endif -%}
    {%- endfor -%}
    {{ return("(" ~ patterns | join("|") ~ ")") }}
{% endmacro %}
