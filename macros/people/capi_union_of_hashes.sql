{#- One parameter of user_data as what stands between the ends of a JSON array of texts: the values of the receipt and of the customer
    together, sorted and without duplicates; NULL when neither has one. Hashes need no escaping. -#}
{% macro capi_union_of_hashes(own, customer) -%}
    case
        when {{ own }} is null then {{ customer }}
        when {{ customer }} is null or {{ own }} = {{ customer }} then {{ own }}
        else least({{ own }}, {{ customer }}) || '","' || greatest({{ own }}, {{ customer }})
    end
{%- endmacro %}

{#- As capi_union_of_hashes, for two lists. -#}
{% macro capi_union_of_hash_lists(own, customer) %}
    {{ return(adapter.dispatch("capi_union_of_hash_lists", "offline_capi")(own, customer)) }}
{% endmacro %}

{% macro duckdb__capi_union_of_hash_lists(own, customer) -%}
    case
        when {{ own }} is null then array_to_string({{ customer }}, '","')
        when {{ customer }} is null or {{ own }} = {{ customer }} then array_to_string({{ own }}, '","')
        else array_to_string(list_sort(list_distinct(list_concat({{ own }}, {{ customer }}))), '","')
    end
{%- endmacro %}
