{#- Raises an error for a text that YAML changed because it has no quotes: a country NO becomes false, an upload tag 0123 becomes 83, a day
    becomes a date. The original text is lost, so it is not read. Only a dataset's number cannot lose anything. -#}
{% macro capi_check_text(name) %}
    {%- set value = var(name, none) -%}
    {%- if value is not none and value is not string and not (name == "capi_dataset_id" and value is integer and value is not boolean) -%}
        {{ offline_capi.capi_refuse_unquoted(name, value) }}
    {%- endif -%}
{% endmacro %}

{#- The texts of a setting that is a list of texts. -#}
{% macro capi_text_list(name) %}
    {%- set values = var(name, none) -%}
    {%- if values is none -%} {{ return([]) }} {%- endif -%}
    {%- if values is string or values is mapping or values is not iterable -%}
        {{ offline_capi.capi_refuse_setting(name, values, "write a list, such as [" ~ values ~ "]") }}
    {%- endif -%}
    {%- for value in values if value is not string -%} {{ offline_capi.capi_refuse_unquoted(name, value) }} {%- endfor -%}
    {{ return(values) }}
{% endmacro %}

{#- The error about a value that is no longer a text. -#}
{% macro capi_refuse_unquoted(name, value) %}
    {%- if value is boolean -%} {%- set read = "yes, no, on, off, true or false" -%}
    {%- elif value is number -%} {%- set read = "a number, which may have been written differently, such as 0x1F or 007" -%}
    {%- elif value is none -%} {%- set read = "nothing" -%}
    {%- else -%} {%- set read = "a date or another value" -%}
    {%- endif -%}
    {{ offline_capi.capi_refuse_setting(name, value, "YAML read it as " ~ read ~ "; write it in quotes, exactly as the shop writes it") }}
{% endmacro %}
