{#- The value of a column in the one row of a look-up model whose key columns equal the given expressions; NULL when there is none.
    `keys` maps key columns to SQL expressions. The columns are renamed, so that an expression that speaks of a column of the
    same name still means the caller's. -#}
{% macro capi_look_up(model, column, keys) -%}
    (
        select max(capi_found)
        from
            (
                select {{ column }} as capi_found{% for key in keys %}, {{ key }} as capi_key_{{ loop.index }}{% endfor %}
                from {{ ref("offline_capi", model) }}
            ) as capi_look_up
        where {% for expression in keys.values() %}capi_key_{{ loop.index }} = {{ expression }}{{ " and " if not loop.last }}{% endfor %}
    )
{%- endmacro %}
