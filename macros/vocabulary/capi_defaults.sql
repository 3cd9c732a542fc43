{#- SQL literals of the defaults that a user may declare; NULL when none is declared. -#}
{% macro capi_default_country() -%}
    {%- set country = var("capi_default_country", none) -%}
    {%- if country is none -%} cast(null as {{ dbt.type_string() }})
    {%- elif modules.re.match("^[A-Za-z]{2}$", country) -%} '{{ country | lower }}'
    {%- else -%}
        {{ exceptions.raise_compiler_error("offline_capi: capi_default_country is '" ~ country ~ "'; write an ISO 3166-1 code of two letters, such as FR.") }}
    {%- endif -%}
{%- endmacro %}

{% macro capi_default_time_zone() -%}
    {%- set zone = var("capi_default_time_zone", none) -%}
    {%- if zone is none -%} cast(null as {{ dbt.type_string() }}) {%- else -%} {{ capi_literal(zone) }} {%- endif -%}
{%- endmacro %}

{#- Statuses, lower case and letters only, that stand for no completed sale. -#}
{% macro capi_statuses_not_sales() %}
    {{
        return(
            var(
                "capi_statuses_not_sales",
                ["abandoned", "declined", "deleted", "draft", "error", "expired", "failed", "pending", "quote", "test", "unpaid"],
            )
        )
    }}
{% endmacro %}

{#- The branches of the verdict that concern consent. Where neither orders nor customers record it, everything counts as
    consented and a warning says so. -#}
{% macro capi_consent_case() -%}
    {%- set recorded = (
        "marketing_consent" in capi_raw_columns("orders", [])
        or "marketing_consent" in capi_raw_columns("customers", [])
    ) -%}
    {%- if execute and not recorded -%}
        {% do exceptions.warn(
            "offline_capi: neither orders nor customers have a column marketing_consent, so every order counts as consented to. Add it if you record consent."
        ) %}
    {%- elif recorded %}
                when has_consent = false then 'consent_denied'
        {%- if capi_setting("capi_consent_when_unknown", ["not_sent", "sent"]) == "not_sent" %}
                when has_consent is null then 'consent_unknown'
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
