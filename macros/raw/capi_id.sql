{#- The columns by which the raw tables are joined, in staging's names; what stands in them is compared after capi_id. Of orders, order_id
    stays as the shop wrote it, for people to find the row by; receipt_id of int_capi__order_rows is the cleaned one. -#}
{% macro capi_id_columns(table) %}
    {{
        return(
            {
                "orders": ["store_id", "customer_id"], "order_items": ["order_id"], "customers": ["customer_id"], "stores": ["store_id"],
            }[table]
        )
    }}
{% endmacro %}

{#- An id as all tables compare it: without white space, invisible characters, quotes, brackets and a spreadsheet's guards (="007", '007)
    around it, without the .0 of a number that went through a floating-point column, in Unicode form C; NULL for a word for a missing
    value. Case and leading zeros stay: they may tell two ids apart. -#}
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

{#- Whether an id is as it has to be at first sight, which is cheap: ASCII, between letters or digits, no fraction, and no word for a missing
    value, all of which begin with n or u where they begin with a letter. Each run reads the ids of all rows. -#}
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
