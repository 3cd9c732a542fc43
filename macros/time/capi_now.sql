{#- "Now" as a literal in Unix seconds: capi_as_of (ISO 8601, UTC if it has no zone) if it is set, else the start of the run. -#}
{% macro capi_now() %}
    {%- set as_of = var("capi_as_of", none) -%}
    {%- if as_of is none -%} {{ return(run_started_at.timestamp() | int) }} {%- endif -%}
    {%- set pattern = "^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?$" -%}
    {%- if not modules.re.match(pattern, as_of | string) -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: capi_as_of is '" ~ as_of ~ "', which is not ISO 8601; write it like 2026-11-24T06:00:00Z."
            )
        }}
    {%- endif -%}
    {#- dbt 2 reads no time without seconds, and Python before 3.11 no Z. -#}
    {%- set in_full = modules.re.sub("([T ][0-9]{2}:[0-9]{2})(Z|[+-].*)?$", "\\1:00\\2", as_of | string) | replace("Z", "+00:00") -%}
    {%- set moment = modules.datetime.datetime.fromisoformat(in_full) -%}
    {%- if moment.tzinfo is none -%} {%- set moment = modules.pytz.utc.localize(moment) -%} {%- endif -%}
    {{ return(moment.timestamp() | int) }}
{% endmacro %}

{#- The day of "now" in UTC, a SQL date. -#}
{% macro capi_today() -%}
    date '{{ modules.datetime.datetime.fromtimestamp(offline_capi.capi_now(), modules.pytz.utc).strftime("%Y-%m-%d") }}'
{%- endmacro %}
