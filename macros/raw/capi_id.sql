{#- The columns that join the raw tables, in staging's names; their values are compared after capi_id. In orders, order_id
    stays as the shop wrote it, so that people can find the row; receipt_id of int_capi__order_rows is the cleaned one. -#}
{% macro capi_id_columns(table) %}
    {{
        return(
            {
                "orders": ["store_id", "customer_id"], "order_items": ["order_id"], "customers": ["customer_id"], "stores": ["store_id"],
            }[table]
        )
    }}
{% endmacro %}

{#- An id in the form in which all tables compare it: without the white space, invisible characters, quotes, brackets and spreadsheet guards
    (="007", '007) around it, without the .0 of a number that went through a floating-point column, in Unicode form C; NULL for a word
    that means a missing value. Case and leading zeros stay: they may tell two ids apart. -#}
{% macro capi_id(text) -%}
    {%- set bare = namespace(text=offline_capi.capi_nfc(offline_capi.capi_trim(text))) -%}
    {%- for wrapping in [
        "^\\[\\s*([^\\[\\],]*?)\\s*\\]$", "^=?\"\\s*([^\"]*?)\\s*\"$", "^'\\s*([^']*?)\\s*'?$", "^([+-]?[0-9]{1,15})[.]0+$",
    ] -%}
        {%- set bare.text = offline_capi.capi_replace(bare.text, wrapping, "\\1") -%}
    {%- endfor -%}
    {%- set words = [] -%}
    {%- for word in offline_capi.capi_missing_words() + ["na", "nan", "nat", "…"] -%} {%- do words.append(modules.re.escape(word)) -%} {%- endfor -%}
    case
        when {{ offline_capi.capi_is_plain_id(text) }} then {{ text }}
        else nullif({{ offline_capi.capi_replace(bare.text, "(?i)^(" ~ words | join("|") ~ ")$", "") }}, '')
    end
{%- endmacro %}

{#- Whether an id obviously needs no cleaning, which is cheap to see: ASCII, begins and ends with a letter or digit, no fraction, and no word
    for a missing value (those that begin with a letter begin with n or u). Each run reads the ids of all rows. -#}
{% macro capi_is_plain_id(text) -%}
    {{ offline_capi.capi_is_ascii(text) }}
    and (
        ascii({{ text }}) between 48 and 57
        or (ascii({{ text }}) between 65 and 90 or ascii({{ text }}) between 97 and 122)
        and ascii({{ text }}) not in (78, 85, 110, 117)
    )
    and (
        ascii(right({{ text }}, 1)) between 49 and 57
        or ascii(right({{ text }}, 1)) = 48 and {{ text }} not like '%.%'
        or ascii(right({{ text }}, 1)) between 65 and 90
        or ascii(right({{ text }}, 1)) between 97 and 122
    )
{%- endmacro %}
