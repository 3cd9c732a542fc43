{#- updated_at, which decides the newest row of a receipt: a time with an offset, one without, or a number that grows, such as Unix
    seconds or a version. Two of them are compared only if they have the same form. Times that are not ISO 8601 but that ordered_at may
    have are first written as ISO by capi_iso_text. -#}

{#- The result of capi_clock_steps, a local time and its offset in seconds, as one text in ISO 8601; NULL if it could not be read. -#}
{% macro capi_iso_text(clock, offset) -%}
    {{ clock }} || case
        when {{ offset }} is null then ''
        else
            case when {{ offset }} < 0 then '-' else '+' end
            || lpad(cast(cast(floor(abs({{ offset }}) / 3600) as integer) as {{ dbt.type_string() }}), 2, '0')
            || ':' || lpad(cast(cast(floor(abs({{ offset }}) % 3600 / 60) as integer) as {{ dbt.type_string() }}), 2, '0')
    end
{%- endmacro %}

{#- The form: number, zoned or local; NULL for a text that cannot be read. -#}
{% macro capi_change_form(text) -%}
    {%- set time = "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?" -%}
    case
        when {{ offline_capi.capi_matches(offline_capi.capi_trim(text), "[0-9]{1,20}([.][0-9]{1,9})?") }} then 'number'
        when {{ offline_capi.capi_matches(offline_capi.capi_trim(text), time ~ " ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)") }} then 'zoned'
        when {{ offline_capi.capi_matches(offline_capi.capi_trim(text), time ~ "|[0-9]{4}-[0-9]{2}-[0-9]{2}") }} then 'local'
    end
{%- endmacro %}

{#- The number that rows are compared by. -#}
{% macro capi_change(text, form) -%}
    {%- set joined = offline_capi.capi_replace(offline_capi.capi_trim(text), " (Z|[+-][0-9:]+)$", "\\1") -%}
    case {{ form }}
        when 'number' then try_cast({{ offline_capi.capi_trim(text) }} as decimal(38, 9))
        when 'zoned' then cast({{ offline_capi.capi_zoned_microseconds(joined) }} as decimal(38, 9))
        when 'local' then cast({{ offline_capi.capi_local_microseconds(offline_capi.capi_trim(text)) }} as decimal(38, 9))
    end
{%- endmacro %}

{#- The day of a receipt, as YYYY-MM-DD, for shops whose receipt numbers start over each day: the store's day for a time with an
    offset or Unix seconds, else the written day in any notation. Takes ordered_at as text and the store's zone. -#}
{% macro capi_receipt_day(text, zone) -%}
    {%- set trimmed = offline_capi.capi_trim(text) -%}
    {%- set moment = offline_capi.capi_zoned_epoch(offline_capi.capi_replace(trimmed, " (Z|[+-][0-9:]+)$", "\\1")) -%}
    {%- set number = "try_cast(split_part(" ~ trimmed ~ ", '.', 1) as bigint)" -%}
    case
        when {{ offline_capi.capi_matches(trimmed, "[0-9]{9,10}([.][0-9]*)?") }}
        then {{ offline_capi.capi_wall_day(offline_capi.capi_local_timestamp(number, "coalesce(" ~ zone ~ ", 'UTC')")) }}
        when {{ zone }} is not null and {{ offline_capi.capi_matches(trimmed, "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+ ?(Z|UTC|[+-][0-9:]+)") }}
        then {{ offline_capi.capi_wall_day(offline_capi.capi_local_timestamp(moment, zone)) }}
        else split_part(split_part({{ trimmed }}, ' ', 1), 'T', 1)
    end
{%- endmacro %}
