{#- Text functions whose names, pattern rules or notion of a letter differ between engines. Patterns use RE2 syntax; an
    engine with other rules translates them. Arguments are SQL text expressions, unless a macro says "literal". -#}

{#- SQL literal of a text. -#}
{% macro capi_literal(text) %} {{ return(adapter.dispatch("capi_literal", "offline_capi")(text)) }} {% endmacro %}

{#- SQL list of texts for `in`; matches nothing if the list is empty. One call for all of them: a model may list hundreds. -#}
{% macro capi_literals(texts) -%}
    ({{ offline_capi.capi_literal(texts | join("\u001f")) | replace("\u001f", "', '") if texts else "null" }})
{%- endmacro %}

{#- Whether the whole text matches a pattern: a literal, or an SQL expression if is_column is true. -#}
{% macro capi_matches(text, pattern, is_column=false) %}
    {{ return(adapter.dispatch("capi_matches", "offline_capi")(text, pattern, is_column)) }}
{% endmacro %}

{#- Whether a part of the text matches a pattern: an SQL expression. -#}
{% macro capi_finds(text, pattern) %} {{ return(adapter.dispatch("capi_finds", "offline_capi")(text, pattern)) }} {% endmacro %}

{#- A text with every match of a literal pattern replaced; the replacement is a literal with groups as \1. -#}
{% macro capi_replace(text, pattern, replacement) %}
    {{ return(adapter.dispatch("capi_replace", "offline_capi")(text, pattern, replacement)) }}
{% endmacro %}

{#- A text with the first match of a pattern replaced. Pattern and replacement are SQL expressions; the replacement has groups
    as #1, which no engine reads as an escape. -#}
{% macro capi_replace_first(text, pattern, replacement) %}
    {{ return(adapter.dispatch("capi_replace_first", "offline_capi")(text, pattern, replacement)) }}
{% endmacro %}

{#- Whether a text begins with another. -#}
{% macro capi_starts_with(text, beginning) %}
    {{ return(adapter.dispatch("capi_starts_with", "offline_capi")(text, beginning)) }}
{% endmacro %}

{#- A text in lower case, character by character: İ becomes i, and a sigma at the end of a word σ. -#}
{% macro capi_lower(text) %} {{ return(adapter.dispatch("capi_lower", "offline_capi")(text)) }} {% endmacro %}

{#- A text without white space, control characters, invisible characters and direction marks at its ends. -#}
{% macro capi_trim(text) %} {{ return(adapter.dispatch("capi_trim", "offline_capi")(text)) }} {% endmacro %}

{#- A text in Unicode normalisation form C. -#}
{% macro capi_nfc(text) %} {{ return(adapter.dispatch("capi_nfc", "offline_capi")(text)) }} {% endmacro %}

{#- Whether a text is plain ASCII, and so needs no Unicode handling. -#}
{% macro capi_is_ascii(text) %} {{ return(adapter.dispatch("capi_is_ascii", "offline_capi")(text)) }} {% endmacro %}

{#- A text with some non-ASCII characters each replaced by another: two literals of equal length. A text that was `written` only in ASCII
    has none of them, which an engine may check first. -#}
{% macro capi_fold(text, characters, others, written=none) %}
    {{ return(adapter.dispatch("capi_fold", "offline_capi")(text, offline_capi.capi_literal(characters), offline_capi.capi_literal(others), written or text)) }}
{% endmacro %}

{#- Concatenated texts; a NULL is left out. -#}
{% macro capi_concat(texts) %} {{ return(adapter.dispatch("capi_concat", "offline_capi")(texts)) }} {% endmacro %}

{#- A column of a raw table as text, the same on every day, in every session and for every type; type is the engine's name, empty
    if it is not known. A list or JSON array with one value becomes that value; with several it becomes the values with the separator
    between them or, without a separator, a text that cannot be read, because picking one would be a guess. With is_day it is a day: for
    an instant at midnight, the day that was meant. -#}
{% macro capi_as_text(value, type, separator=none, is_day=false) %}
    {{ return(adapter.dispatch("capi_as_text", "offline_capi")(value, type | upper, separator, is_day)) }}
{% endmacro %}

{#- A date as YYYYMMDD. -#}
{% macro capi_format_date(value) %} {{ return(adapter.dispatch("capi_format_date", "offline_capi")(value)) }} {% endmacro %}
