{#- Text functions whose names or pattern rules differ between engines; patterns are RE2 on DuckDB. -#}

{#- Whether the whole text matches a pattern: a literal, or a column when is_column is true. -#}
{% macro capi_matches(text, pattern, is_column=false) %}
    {{ return(adapter.dispatch("capi_matches", "offline_capi")(text, pattern if is_column else offline_capi.capi_literal(pattern))) }}
{% endmacro %}

{% macro duckdb__capi_matches(text, pattern) -%} regexp_full_match({{ text }}, {{ pattern }}) {%- endmacro %}

{#- Texts one after the other; a NULL is left out. -#}
{% macro capi_concat(texts) %} {{ return(adapter.dispatch("capi_concat", "offline_capi")(texts)) }} {% endmacro %}

{% macro duckdb__capi_concat(texts) -%} concat({{ texts | join(", ") }}) {%- endmacro %}

{#- A text with every match of a literal pattern replaced. -#}
{% macro capi_replace(text, pattern, replacement) %}
    {{ return(adapter.dispatch("capi_replace", "offline_capi")(text, offline_capi.capi_literal(pattern), offline_capi.capi_literal(replacement))) }}
{% endmacro %}

{% macro duckdb__capi_replace(text, pattern, replacement) -%} regexp_replace({{ text }}, {{ pattern }}, {{ replacement }}, 'g') {%- endmacro %}

{#- A text in Unicode normalisation form C. -#}
{% macro capi_nfc(text) %} {{ return(adapter.dispatch("capi_nfc", "offline_capi")(text)) }} {% endmacro %}

{% macro duckdb__capi_nfc(text) -%} nfc_normalize({{ text }}) {%- endmacro %}

{#- SHA-256 of the UTF-8 bytes of a text, 64 lower-case hex digits; NULL for NULL and for the empty text. -#}
{% macro capi_sha256_hex(text) %} {{ return(adapter.dispatch("capi_sha256_hex", "offline_capi")(text)) }} {% endmacro %}

{% macro duckdb__capi_sha256_hex(text) -%} sha256(nullif({{ text }}, '')) {%- endmacro %}

{#- A text without white space, controls, invisible characters and direction marks at its ends. -#}
{% macro capi_trim(text) %} {{ return(adapter.dispatch("capi_trim", "offline_capi")(text)) }} {% endmacro %}

{# DuckDB's trim() alone leaves tabs, line ends and everything invisible. Looking at the first and the last character first makes
   this 2.5 times as fast on the values that need nothing (1,000,000 addresses: 0.14 s, 0.05 s). #}
{% macro duckdb__capi_trim(text) -%}
    case
        when ascii({{ text }}) between 33 and 126 and ascii(right({{ text }}, 1)) between 33 and 126 then {{ text }}
        else regexp_replace({{ text }}, '^[\p{Z}\p{C}]+|[\p{Z}\p{C}]+$', '', 'g')
    end
{%- endmacro %}

{#- Whether a text is plain ASCII, so that nothing Unicode has to be done to it. -#}
{% macro capi_is_ascii(text) %} {{ return(adapter.dispatch("capi_is_ascii", "offline_capi")(text)) }} {% endmacro %}

{% macro duckdb__capi_is_ascii(text) -%} strlen({{ text }}) = length({{ text }}) {%- endmacro %}

{#- The parts of a text between a separator, a list. -#}
{% macro capi_split(text, separator) %} {{ return(adapter.dispatch("capi_split", "offline_capi")(text, offline_capi.capi_literal(separator))) }} {% endmacro %}

{% macro duckdb__capi_split(text, separator) -%} string_split({{ text }}, {{ separator }}) {%- endmacro %}

{#- A date as YYYYMMDD. -#}
{% macro capi_format_date(value) %} {{ return(adapter.dispatch("capi_format_date", "offline_capi")(value)) }} {% endmacro %}

{% macro duckdb__capi_format_date(value) -%} strftime({{ value }}, '%Y%m%d') {%- endmacro %}

{#- The texts of a group as a sorted list without duplicates; NULL when there is none. -#}
{% macro capi_sorted_list(text) %} {{ return(adapter.dispatch("capi_sorted_list", "offline_capi")(text)) }} {% endmacro %}

{% macro duckdb__capi_sorted_list(text) -%} list_sort(list(distinct {{ text }}) filter ({{ text }} is not null)) {%- endmacro %}

{#- One list of the texts that are not NULL, from lists that may be NULL and single texts that may be; NULL when there is none. -#}
{% macro capi_present_texts(lists, texts) %} {{ return(adapter.dispatch("capi_present_texts", "offline_capi")(lists, texts)) }} {% endmacro %}

{# Nearly every row has none: the branches keep lists from being built for them. #}
{% macro duckdb__capi_present_texts(lists, texts) -%}
    case
        when {{ (lists + texts) | join(" is null and ") }} is null then null
        else
            list_filter(
                list_concat({% for list in lists %}coalesce({{ list }}, []), {% endfor %}[{{ texts | join(", ") }}]), lambda text: text is not null
            )
    end
{%- endmacro %}

{#- A list of one text; NULL for NULL. -#}
{% macro capi_list_of(text) %} {{ return(adapter.dispatch("capi_list_of", "offline_capi")(text)) }} {% endmacro %}

{% macro duckdb__capi_list_of(text) -%} case when {{ text }} is not null then [{{ text }}] end {%- endmacro %}
