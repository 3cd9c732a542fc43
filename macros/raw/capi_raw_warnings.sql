{#- Warns when no raw table says whether a person allowed marketing use, because then everybody counts as having done so. -#}
{% macro capi_warn_without_consent(order_columns) %}
    {%- set customers = offline_capi.capi_raw_relation("customers") -%}
    {%- if not execute -%} {{ return("") }} {%- endif -%}
    {#- What is wrong with customers themselves their own model says. -#}
    {%- set found = offline_capi.capi_columns_in(customers) if offline_capi.capi_uses("customers") else [] -%}
    {%- set customer_columns = offline_capi.capi_matched_columns("customers", found or []) -%}
    {%- if "marketing_consent" not in order_columns and "marketing_consent" not in customer_columns -%}
        {%- do exceptions.warn(
            "offline_capi: neither orders nor customers have a column marketing_consent, so every order counts as consented to."
            ~ " Add the column if the shop records consent, or name it in capi_columns."
        ) -%}
    {%- endif -%}
{% endmacro %}

{#- Warns when capi_custom_fields names what orders do not have: nothing would be sent for it. -#}
{% macro capi_warn_of_unknown_fields(order_columns) %}
    {%- for field in var("capi_custom_fields", []) if execute and field | lower not in order_columns -%}
        {%- do exceptions.warn(
            "offline_capi: capi_custom_fields names `" ~ field ~ "`, which orders have no column for, so nothing is sent for it."
            ~ " Columns found: " ~ offline_capi.capi_found_columns("orders", offline_capi.capi_raw_relation("orders")) | join(", ") ~ "."
        ) -%}
    {%- endfor -%}
{% endmacro %}
