{#- What engines do differently with JSON; macros/json builds on it. -#}

{#- A text as a JSON string with its quotes, valid for any text; NULL for NULL. -#}
{% macro capi_json_string(value) %} {{ return(adapter.dispatch("capi_json_string", "offline_capi")(value)) }} {% endmacro %}

{#- The JSON values of a group as a JSON array, ordered by an expression. -#}
{% macro capi_json_array_agg(value, order_by) %}
    {{ return(adapter.dispatch("capi_json_array_agg", "offline_capi")(value, order_by)) }}
{% endmacro %}

{#- A text or number inside a JSON text, as a text; NULL if there is none. The path is written like $.custom_data.value. -#}
{% macro capi_json_text_at(json, path) %} {{ return(adapter.dispatch("capi_json_text_at", "offline_capi")(json, path)) }} {% endmacro %}

{#- The names of the fields in which two payloads differ, as a sorted list, such as event_time, user_data.em, custom_data.value. -#}
{% macro capi_changed_fields(before, after) %}
    {{ return(adapter.dispatch("capi_changed_fields", "offline_capi")(before, after)) }}
{% endmacro %}
