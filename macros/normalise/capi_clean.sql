{#- A text without white space, invisible characters or direction marks at its ends, in Unicode form C; NULL if nothing is left
    or if it is a word for a missing value. -#}
{% macro capi_clean(value, also_missing=[]) -%} {{ offline_capi.capi_unless_missing(offline_capi.capi_trim(value), also_missing) }} {%- endmacro %}

{#- The same for a trimmed text. `also_missing` lists further words, in lower case, that would be real values elsewhere: `na` is a
    surname, `nan` a city. Source: Meta documents none of this; the hash of a missing-value word would match everybody else without
    a value. -#}
{% macro capi_unless_missing(trimmed, also_missing=[]) -%}
    {%- set words = offline_capi.capi_missing_words() + also_missing -%}
    case when {{ offline_capi.capi_lower(trimmed) }} not in {{ offline_capi.capi_literals(words) }} then {{ offline_capi.capi_nfc(trimmed) }} end
{%- endmacro %}

{#- Words for a missing value, in lower case. -#}
{% macro capi_missing_words() %}
    {{
        return(
            [
                "", "-", "--", "---", "?", ".", "n/a", "n.a.", "#n/a", "#null!", "null", "(null)", "<null>", "[null]", "\\n", "none", "(none)", "nil",
                "undefined", "unknown", "(unknown)", "(blank)", "(empty)", "not available", "not provided", "not applicable", "not given",
            ]
        )
    }}
{% endmacro %}

{#- Words that pandas and spreadsheets write for a missing value, for columns in which they cannot mean anything else. -#}
{% macro capi_number_words() %} {{ return(["na", "nan", "nat", "inf", "0.0"]) }} {% endmacro %}
