{#- Text functions whose names, pattern rules or idea of a letter differ between engines. Patterns are written as RE2 reads them; an
    engine with other rules translates. Arguments are SQL text expressions, but where a macro says "literal". -#}

{#- SQL literal of a text. -#}
{% macro capi_literal(text) %} {{ return(adapter.dispatch("capi_literal", "offline_capi")(text)) }} {% endmacro %}

{#- SQL list of texts for `in`; matches nothing when the list is empty. -#}
{% macro capi_literals(texts) -%}
    ({% for text in texts %}{{ offline_capi.capi_literal(text) }}{{ ", " if not loop.last }}{% else %}null{% endfor %})
{%- endmacro %}

{#- Whether the whole text matches a pattern: a literal, or an SQL expression when is_column is true. -#}
{% macro capi_matches(text, pattern, is_column=false) %}
    {{ return(adapter.dispatch("capi_matches", "offline_capi")(text, pattern, is_column)) }}
{% endmacro %}

{#- Whether a part of the text matches a pattern: an SQL expression. -#}
{% macro capi_finds(text, pattern) %} {{ return(adapter.dispatch("capi_finds", "offline_capi")(text, pattern)) }} {% endmacro %}

{#- A text with every match of a literal pattern replaced; the replacement, a literal, names groups as \1. -#}
{% macro capi_replace(text, pattern, replacement) %}
    {{ return(adapter.dispatch("capi_replace", "offline_capi")(text, pattern, replacement)) }}
{% endmacro %}

{#- A text with the first match of a pattern replaced. Pattern and replacement are SQL expressions; the replacement names groups
    as #1, which no engine takes for an escape. -#}
{% macro capi_replace_first(text, pattern, replacement) %}
    {{ return(adapter.dispatch("capi_replace_first", "offline_capi")(text, pattern, replacement)) }}
{% endmacro %}

{#- Whether a text begins with another. -#}
{% macro capi_starts_with(text, beginning) %}
    {{ return(adapter.dispatch("capi_starts_with", "offline_capi")(text, beginning)) }}
{% endmacro %}

{#- A text in lower case, each character by itself: İ becomes i, and a sigma at the end of a word σ. -#}
{% macro capi_lower(text) %} {{ return(adapter.dispatch("capi_lower", "offline_capi")(text)) }} {% endmacro %}

{#- A text without white space, controls, invisible characters and direction marks at its ends. -#}
{% macro capi_trim(text) %} {{ return(adapter.dispatch("capi_trim", "offline_capi")(text)) }} {% endmacro %}

{#- A text in Unicode normalisation form C. -#}
{% macro capi_nfc(text) %} {{ return(adapter.dispatch("capi_nfc", "offline_capi")(text)) }} {% endmacro %}

{#- Whether a text is plain ASCII, so that nothing Unicode has to be done to it. -#}
{% macro capi_is_ascii(text) %} {{ return(adapter.dispatch("capi_is_ascii", "offline_capi")(text)) }} {% endmacro %}

{#- A text with some characters, none of them ASCII, each replaced by another: two literals of one length. A text that was `written` in ASCII alone
    has none, which an engine may look at first. -#}
{% macro capi_fold(text, characters, others, written=none) %}
    {{ return(adapter.dispatch("capi_fold", "offline_capi")(text, offline_capi.capi_literal(characters), offline_capi.capi_literal(others), written or text)) }}
{% endmacro %}

{#- Texts one after the other; a NULL is left out. -#}
{% macro capi_concat(texts) %} {{ return(adapter.dispatch("capi_concat", "offline_capi")(texts)) }} {% endmacro %}

{#- A column of a raw table as text, the same on every day, in every session and whatever the type; type is a name of the engine's, empty
    when it is not known. Of a list or JSON array with one value that value; with several the values with the separator between
    them, and without a separator a text that nothing can be read from, as any of them would be a guess. With is_day it is a day: of an
    instant the day that was meant, when it is a midnight. -#}
{% macro capi_as_text(value, type, separator=none, is_day=false) %}
    {{ return(adapter.dispatch("capi_as_text", "offline_capi")(value, type | upper, separator, is_day)) }}
{% endmacro %}

{#- A date as YYYYMMDD. -#}
{% macro capi_format_date(value) %} {{ return(adapter.dispatch("capi_format_date", "offline_capi")(value)) }} {% endmacro %}
