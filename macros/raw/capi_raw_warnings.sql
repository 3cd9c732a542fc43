{#- Warns when no raw table says whether a person allowed marketing use, because then everybody counts as having done so. -#}
{% macro capi_warn_without_consent(order_columns) %}
    {%- set customer_columns = offline_capi.capi_raw_columns("customers") -%}
    {%- if execute and "marketing_consent" not in order_columns and "marketing_consent" not in customer_columns -%}
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
            ~ " Columns found: " ~ order_columns | join(", ") ~ "."
        ) -%}
    {%- endfor -%}
{% endmacro %}
