{#- The names of the fields in which two payloads differ, as a sorted list, such as event_time, user_data.em, custom_data.value. -#}
{% macro capi_changed_fields(before, after) %}
    {{ return(adapter.dispatch("capi_changed_fields", "offline_capi")(before, after)) }}
{% endmacro %}

{% macro duckdb__capi_changed_fields(before, after) -%}
    list_sort(
        list_filter(
            list_distinct(
                list_concat(
                    list_filter(list_concat(json_keys({{ before }}), json_keys({{ after }})), lambda name: name not in ('user_data', 'custom_data'))
                    {%- for group in ["user_data", "custom_data"] %},
                    list_transform(
                        list_concat(json_keys({{ before }}, '/{{ group }}'), json_keys({{ after }}, '/{{ group }}')), lambda name: '{{ group }}.' || name
                    )
                    {%- endfor %}
                )
            ),
            lambda field:
                json_extract({{ before }}, '/' || replace(field, '.', '/')) is distinct from json_extract({{ after }}, '/' || replace(field, '.', '/'))
        )
    )
{%- endmacro %}
