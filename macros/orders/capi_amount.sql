{#- How amounts are read: total, refunded, unit_price and quantity. A typed number is taken as it is. A text is a number of digits of any
    script with a decimal mark and thousands in threes (or in twos, as in India), with the signs and codes of its own currency at either end;
    brackets and a minus at either end are negative. A comma or point before three digits alone may be either mark: capi_decimal_mark says
    which, else the amount is ambiguous. Source of the rule: what is ambiguous is not guessed.

    All of these macros take SQL expressions: the raw text, whether its raw column is typed as a number, the signs of the currency as
    int_capi__currencies has them, and whether the currency has three decimals, so that a point before three digits is no thousand.
    Where the currency is not known no sign contradicts it. -#}

{#- The amount as decimal(22, 8); NULL for what is no number, ambiguous or in another currency. The first two branches are nearly all. -#}
{% macro capi_amount(value, is_number, signs, has_three_decimals="false") -%}
    {%- set mark = offline_capi.capi_setting("capi_decimal_mark", [none, ".", ","]) -%}
    {%- set text = offline_capi.capi_amount_text(value) -%}
    {%- set digits = offline_capi.capi_amount_part(value, 4) -%}
    {%- set minus = offline_capi.capi_amount_part(value, "1\\3\\6") -%}
    case
        when {{ is_number }} then try_cast({{ value }} as decimal(22, 8))
        when {{ offline_capi.capi_matches(value, "-?[0-9]{1,14}" ~ ("" if mark == "," else "([.][0-9]{1,2})?")) }} then try_cast({{ value }} as decimal(22, 8))
        when {{ value }} is null then null
        when {{ offline_capi.capi_matches(text, "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,2}") }} then try_cast({{ text }} as decimal(22, 8))
        when not {{ offline_capi.capi_is_amount(value) }} or {{ minus }} not in ('', '+', '-', '()') then null
        when not {{ offline_capi.capi_signs_agree(value, signs) }} then null
        {%- if mark is none %}
        when {{ offline_capi.capi_is_ambiguous(digits, has_three_decimals) }} then null
        {%- endif %}
        else
            case when {{ minus }} in ('-', '()') then -1 else 1 end
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
    end
{%- endmacro %}

{#- Why a text that is there gave no amount, as a code; NULL when it gave one. `code` is that of what is no number at all. -#}
{% macro capi_amount_reason(value, amount, signs, has_three_decimals, code) -%}
    case
        when {{ amount }} is not null or {{ offline_capi.capi_clean(value) }} is null then null
        when not {{ offline_capi.capi_is_amount(value) }} then '{{ code }}'
        when not {{ offline_capi.capi_signs_agree(value, signs) }} then 'value_in_another_currency'
        {%- if offline_capi.capi_setting("capi_decimal_mark", [none, ".", ","]) is none %}
        when {{ offline_capi.capi_is_ambiguous(offline_capi.capi_amount_part(value, 4), has_three_decimals) }} then 'value_ambiguous'
        {%- endif %}
        else '{{ code }}'
    end
{%- endmacro %}

{#- What the shop has kept of a sale: the total less what was given back. Where all of it was given back the order is rejected, and its
    total is told. Takes amounts; an amount given back that is NULL is nothing. -#}
{% macro capi_kept_amount(total, refunded) -%} case when {{ refunded }} < {{ total }} then {{ total }} - {{ refunded }} else {{ total }} end {%- endmacro %}

{#- The text with digits, marks and signs as ASCII; an apostrophe stands for every apostrophe and space, and cents that are written as a
    dash are gone: 12,- is 12. -#}
{% macro capi_amount_text(value) -%}
    {%- set ascii = "translate(" ~ offline_capi.capi_fold_digits(offline_capi.capi_trim(value)) ~ ", '٫٬，−﹣–', '.''," ~ "---')" -%}
    {%- set joined = offline_capi.capi_replace(offline_capi.capi_replace(ascii, "[\\s\\p{Z}’‘ʼ´`]+", "'"), "\\p{C}+", "") -%}
    {{ offline_capi.capi_replace(joined, "([0-9])[.,]-{1,2}('*[^0-9']*)$", "\\1\\2") }}
{%- endmacro %}

{#- Groups: 1 minus or bracket, 2 sign, 3 minus or bracket, 4 the number, 5 sign, 6 minus or bracket, 7 sign. A sign ends in a point only where
    a space stands between the point and the number. -#}
{% macro capi_amount_pattern() %}
    {%- set sign = "[^0-9.,'()+-](?:[^0-9.,()+-]{0,6}[^0-9.,'()+-])?" -%}
    {{ return("([-+(]?)'*(" ~ sign ~ "|" ~ sign ~ "[.]'+)?'*([-+(]?)'*([.,]?[0-9](?:[0-9.,']*[0-9.,])?)'*(" ~ sign ~ "[.]?)?'*([-)]?)'*(" ~ sign ~ "[.]?)?") }}
{% endmacro %}

{#- Whether a text is a number with nothing but signs around it. Rs.500 may be 500 or 0.500. -#}
{% macro capi_is_amount(value) -%}
    (
        {{ offline_capi.capi_matches(offline_capi.capi_amount_text(value), offline_capi.capi_amount_pattern()) }}
        and not {{ offline_capi.capi_finds(offline_capi.capi_amount_text(value), offline_capi.capi_literal("[\\p{L}\\p{M}][.,][0-9]")) }}
    )
{%- endmacro %}

{#- A part of it, by the number of its group or of several: 1\3. -#}
{% macro capi_amount_part(value, groups) -%}
    {{ offline_capi.capi_replace(offline_capi.capi_amount_text(value), "^" ~ offline_capi.capi_amount_pattern() ~ "$", "\\" ~ groups) }}
{%- endmacro %}

{#- Whether each sign at an amount is one of the currency's own. -#}
{% macro capi_signs_agree(value, signs) -%}
    ({{ signs }} is null
    {%- for groups in ["2", "5\\7"] %}
    {{ "or (" if loop.first else "and" }} contains({{ signs }}, ',' || {{ offline_capi.capi_currency_sign(offline_capi.capi_amount_part(value, groups)) }} || ',')
    {%- endfor %}))
{%- endmacro %}

{#- A sign as int_capi__currencies has it. -#}
{% macro capi_currency_sign(text) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(text), "[\\p{Z}\\p{C}'\".]+", "") }} {%- endmacro %}

{#- The pattern of whole numbers with thousands between apostrophes or one of the marks. -#}
{% macro capi_grouped(marks) %}
    {%- set patterns = ["[0-9]+", "[1-9][0-9]{0,2}('[0-9]{3})+"] -%}
    {%- for mark in marks -%}
        {%- do patterns.append("[1-9][0-9]{0,2}([" ~ mark ~ "][0-9]{3})+") -%}
        {%- if mark == "," -%} {%- do patterns.append("[1-9][0-9]?(,[0-9]{2})+,[0-9]{3}") -%} {%- endif -%}
    {%- endfor -%}
    {{ return("(" ~ patterns | join("|") ~ ")") }}
{% endmacro %}

{#- Whether the only mark of a number may be of decimals or of thousands. -#}
{% macro capi_is_ambiguous(digits, has_three_decimals) -%}
    (
        {{ offline_capi.capi_matches(digits, "[1-9][0-9]{0,2}[.,][0-9]{3}") }}
        and not ({{ has_three_decimals }} and {{ digits }} like '%.%')
    )
{%- endmacro %}
