{#- The value of a column in the one row of a look-up model whose key columns equal the given expressions; NULL when there is none.
    `keys` maps key columns to SQL expressions. The columns are renamed, so that an expression that speaks of a column of the
    same name still means the caller's. The expressions are columns before they are compared: compared directly, DuckDB 2.0 tries
    every row of the model for every value, a thousand times slower. -#}
{% macro capi_look_up(model, column, keys) -%}
    (
        select max(capi_known.capi_found)
        from (select {% for expression in keys.values() %}{{ expression }} as capi_wanted_{{ loop.index }}{{ ", " if not loop.last }}{% endfor %}) as capi_asked
        left join
            (
                select {{ column }} as capi_found{% for key in keys %}, {{ key }} as capi_key_{{ loop.index }}{% endfor %}
                from {{ ref("offline_capi", model) }}
            ) as capi_known
            on {% for key in keys %}capi_known.capi_key_{{ loop.index }} = capi_asked.capi_wanted_{{ loop.index }}{{ " and " if not loop.last }}{% endfor %}
    )
{%- endmacro %}
