{#- One parameter of user_data as the inside of a JSON array of texts: the values of the receipt and of the customer
    together, sorted and without duplicates; NULL if neither has one. Hashes need no escaping. -#}
{% macro capi_union_of_hashes(own, customer) -%}
    case
        when {{ own }} is null then {{ customer }}
        when {{ customer }} is null or {{ own }} = {{ customer }} then {{ own }}
        else least({{ own }}, {{ customer }}) || '","' || greatest({{ own }}, {{ customer }})
    end
{%- endmacro %}
