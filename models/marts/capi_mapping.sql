{% do capi_needs("int_capi__raw_values") %}
{% set mapped = {} %}
{% for table in capi_raw_tables() %} {% do mapped.update({table: capi_mapped_columns(table)}) %} {% endfor %}
{% do capi_warn_of_ignored_columns(mapped) %}
{%- set readings = capi_readings() %}
{%- set text = dbt.type_string() %}

with
    mapped_columns(raw_table, raw_column, used_as, likely_column) as (
        values
            (null, null, null, null)
            {%- for table, columns in mapped.items() %}
                {%- for column in columns %}
                    ,
                    (
                        '{{ table }}'
                        {%- for value in [column.name, column.used_as, column.likely] %}
                            , {{ capi_literal(value) if value else "null" }}
                        {%- endfor -%}
                    )
                {%- endfor %}
            {%- endfor %}
    ),

    raw_values as (select * from {{ ref("int_capi__raw_values") }}),

    answers as (select * from {{ ref("int_capi__answers") }}),

    columns as (

        select
            raw_table,
            cast(raw_column as {{ text }}) as raw_column,
            cast(used_as as {{ text }}) as used_as,
            cast(likely_column as {{ text }}) as likely_column
        from mapped_columns
        where raw_table is not null

    ),

    {% for columns, reading in readings.items() -%}
        read_{{ loop.index }} as (
            select *, {{ reading }} as reading from raw_values where used_as in {{ capi_literals(columns.split()) }} and is_filled
        ),
    {% endfor %}

    read_answers as (

        select
            raw_values.raw_table,
            raw_values.raw_column,
            raw_values.used_as,
            raw_values.rows_read,
            case
                raw_values.used_as
                {%- for question in capi_questions() %} when '{{ question }}' then answers.{{ question }} {%- endfor %}
            end as reading
        from raw_values
        left join answers on raw_values.value = answers.said
        where raw_values.used_as in {{ capi_literals(capi_questions()) }} and raw_values.is_filled

    ),

    -- A column, not a filter, which would be evaluated for every value, including those of the other columns.
    judged as (
        {%- for columns in readings %}
            select raw_table, raw_column, used_as, rows_read, {{ capi_is_read(columns, "reading") }} as is_read
            from read_{{ loop.index }}
            union all
        {%- endfor %}
        select raw_table, raw_column, used_as, rows_read, reading <> 'unreadable'
        from read_answers
        union all
        select raw_table, raw_column, used_as, rows_read, true
        from raw_values
        where is_filled and used_as not in {{ capi_literals((readings.keys() | join(" ")).split() + capi_questions()) }}
    ),

    shares as (

        select
            raw_table,
            raw_column,
            used_as,
            sum(rows_read) as rows_read,
            sum(case when is_filled then rows_read else 0 end) as filled
        from raw_values
        group by raw_table, raw_column, used_as

    ),

    readable_shares as (
        select raw_table, raw_column, used_as, sum(case when is_read then rows_read else 0 end) as readable
        from judged
        group by raw_table, raw_column, used_as
    ),

    mapped as (

        select
            columns.raw_table,
            columns.raw_column,
            columns.used_as,
            cast(round(shares.filled / shares.rows_read, 4) as double) as filled_share,
            case
                when columns.used_as is not null
                then cast(round(coalesce(readable_shares.readable, 0) / nullif(shares.filled, 0), 4) as double)
            end as readable_share,
            columns.likely_column,
            cast(shares.rows_read as bigint) as rows_read
        from columns
        left join
            shares
            on columns.raw_table = shares.raw_table
            and columns.raw_column = shares.raw_column
            and coalesce(columns.used_as, '') = coalesce(shares.used_as, '')
        left join
            readable_shares
            on columns.raw_table = readable_shares.raw_table
            and columns.raw_column = readable_shares.raw_column
            and columns.used_as = readable_shares.used_as

    )

select *
from mapped
