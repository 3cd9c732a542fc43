{#- A view, because it shows persons. If a table has more than 10,000 rows, about that many are looked at. -#}
{{ config(materialized="view") }}
{%- set enough = 10000 %}
{%- set read_in_country = ["phone", "state", "postal_code"] %}

-- After staging, because its errors about a raw table are enough.
-- depends_on: {{ ref("stg_capi__orders") }}, {{ ref("stg_capi__order_items") }}, {{ ref("stg_capi__customers") }}
with
    {%- for table in capi_raw_tables() if capi_uses(table) %}
        raw_{{ table }} as (select * from {{ capi_some_rows(capi_raw_relation(table), enough) }}),
    {%- endfor %}

    -- A store's country applies to its customers' numbers only if all stores are in one country.
    store_country as (

        select case when min(country) = max(country) then min(country) end as country from {{ ref("int_capi__stores") }}

    ),

    every_value as (
        {%- for table in capi_raw_tables() if capi_uses(table) %}
            {%- set columns = capi_raw_columns(table) %}
            {%- for column in capi_mapped_columns(table) if column.name %}
                select
                    '{{ table }}' as raw_table,
                    {{ capi_literal(column.name) }} as raw_column,
                    {{ capi_literal(column.used_as) if column.used_as else "null" }} as used_as,
                    {{ capi_trim("cast(" ~ capi_quoted(column.name) ~ " as " ~ dbt.type_string() ~ ")") }} as value,
                    {% if column.used_as in read_in_country and "country" in columns %}
                        cast({{ capi_quoted(columns["country"]) }} as {{ dbt.type_string() }}) as country_text
                    {% else %} cast(null as {{ dbt.type_string() }}) as country_text
                    {% endif %}
                from raw_{{ table }}
                union all
            {%- endfor %}
        {%- endfor %}
        select null, null, null, null, null
        where 1 = 0
    ),

    counted as (

        select raw_table, raw_column, used_as, value, country_text, count(*) as rows_read
        from every_value
        group by raw_table, raw_column, used_as, value, country_text

    ),

    cleaned as (select *, {{ capi_unless_missing("value") }} is not null as is_filled from counted),

    placed as (

        select
            cleaned.raw_table,
            cleaned.raw_column,
            cleaned.used_as,
            cleaned.value,
            cleaned.rows_read,
            cleaned.is_filled,
            coalesce(
                {{ capi_normalise_country("cleaned.country_text") }}, store_country.country, {{ capi_default_country() }}
            ) as place
        from cleaned
        cross join store_country

    )

select *
from placed
