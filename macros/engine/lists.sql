{#- Lists of texts: every engine builds and reads them in its own way. -#}

{#- A text split at a separator, a literal of one character. -#}
{% macro capi_split(text, separator) %} {{ return(adapter.dispatch("capi_split", "offline_capi")(text, separator)) }} {% endmacro %}

{#- One row per element of a list column, for the select list. -#}
{% macro capi_unnest(list) %} {{ return(adapter.dispatch("capi_unnest", "offline_capi")(list)) }} {% endmacro %}

{#- A list of one text; NULL for NULL. -#}
{% macro capi_list_of(text) %} {{ return(adapter.dispatch("capi_list_of", "offline_capi")(text)) }} {% endmacro %}

{#- The texts of a group as a sorted list without duplicates; NULL if there are none. -#}
{% macro capi_sorted_list(text) %} {{ return(adapter.dispatch("capi_sorted_list", "offline_capi")(text)) }} {% endmacro %}

{#- One list of all texts that are not NULL, from lists and single texts that may be NULL; NULL if there are none. -#}
{% macro capi_present_texts(lists, texts) %}
    {{ return(adapter.dispatch("capi_present_texts", "offline_capi")(lists, texts)) }}
{% endmacro %}

{#- The texts of two lists, sorted and without duplicates, joined by "," as inside a JSON array of texts; NULL if both lists
    are NULL. Hashes need no escaping. -#}
{% macro capi_union_of_hash_lists(own, customer) %}
    {{ return(adapter.dispatch("capi_union_of_hash_lists", "offline_capi")(own, customer)) }}
{% endmacro %}
