{#- A text without white space, invisible characters or direction marks at its ends, in Unicode form C; NULL when nothing is left
    or when it is a word for a missing value. -#}
{% macro capi_clean(value, also_missing=[]) -%} {{ offline_capi.capi_unless_missing(offline_capi.capi_trim(value), also_missing) }} {%- endmacro %}

{#- The same of a text that has been trimmed. `also_missing` names further words, in lower case, that would be real values elsewhere: `na` is a
    surname, `nan` a city. Source: Meta documents none of this; the hash of a missing-value word would match everybody else who
    has none. -#}
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

{#- Words for a missing value that pandas and spreadsheets write, for columns in which they can be nothing else. -#}
{% macro capi_number_words() %} {{ return(["na", "nan", "nat", "inf", "0.0"]) }} {% endmacro %}
