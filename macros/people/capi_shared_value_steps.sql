{#- CTEs for a column whose values many people share: each value is read once, not once per person, which is twice as fast. Takes
    the CTE persons. The last one, <column>_hashed, has value, the verdict on it and the outcome: its hash, or the verdict that drops
    it. `text`, `found` and `verdict` are the column's own macros, called with the columns cleaned, text, found and country. `country` is the
    column of persons with the country in which the value is read, if that matters. -#}
{% macro capi_shared_value_steps(column, text, verdict, found=none, country=none, also_missing=[]) -%}
    {{ offline_capi.capi_cleaned_value_steps(column, country, also_missing) }},

    {{ column }}_texts as (select *, {{ text }} as text from {{ column }}_cleaned),

    {% if found %} {{ column }}_found as (select *, {{ found }} as found from {{ column }}_texts), {%- endif %}

    {{ column }}_judged as (select *, {{ verdict }} as verdict from {{ column }}_{{ "found" if found else "texts" }}),

    {{ column }}_hashed as (select *, {{ offline_capi.capi_hash("trimmed", "verdict", column) }} as outcome from {{ column }}_judged)
{%- endmacro %}

{#- The first of these steps, which are the same for all columns. -#}
{% macro capi_cleaned_value_steps(column, country=none, also_missing=[]) -%}
    {{ column }}_values as (

        select distinct {{ column }} as value {%- if country %}, {{ country }} as country {%- endif %}
        from persons
        where {{ column }} is not null

    ),

    {{ column }}_trimmed as (select *, {{ offline_capi.capi_trim("value") }} as trimmed from {{ column }}_values),

    {{ column }}_cleaned as (select *, {{ offline_capi.capi_unless_missing("trimmed", also_missing) }} as cleaned from {{ column }}_trimmed)
{%- endmacro %}
