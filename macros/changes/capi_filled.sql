{#- How many of some columns have a value. -#}
{% macro capi_filled(columns) -%}
    {% for column in columns %}case when {{ column }} is null then 0 else 1 end{{ " + " if not loop.last }}{% endfor %}
{%- endmacro %}

{#- The columns of a relation except some, as a list of quoted names; one constant while dbt only parses or may not look. -#}
{% macro capi_columns_but(relation, others) %}
    {%- if not execute or not flags.INTROSPECT -%} {{ return(["1"]) }} {%- endif -%}
    {%- set kept = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) if column.name not in others -%}
        {%- do kept.append(adapter.quote(column.name)) -%}
    {%- endfor -%}
    {{ return(kept) }}
{% endmacro %}
