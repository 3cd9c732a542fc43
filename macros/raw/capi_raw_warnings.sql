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
    {%- for field in offline_capi.capi_custom_fields() if execute and field.raw not in order_columns -%}
        {%- do exceptions.warn(
            "offline_capi: capi_custom_fields names `" ~ field.name ~ "`, which orders have no column for, so nothing is sent for it."
            ~ " Columns found: " ~ offline_capi.capi_found_columns("orders", offline_capi.capi_raw_relation("orders")) | join(", ") ~ "."
        ) -%}
    {%- endfor -%}
{% endmacro %}

{#- Warns when ids of customers look like addresses or phones: they are in capi_dropped_values and capi_rejected_events as they are. -#}
{% macro capi_warn_of_contact_ids() -%}
    {%- set counted = run_query("select count(*) from " ~ this ~ " where is_customer_id_contact") if execute -%}
    {%- set found = counted.columns[0].values()[0] if counted else 0 -%}
    {%- if found > 0 -%}
        {%- do exceptions.warn(
            "offline_capi: the customer_id of " ~ found ~ " orders looks like an e-mail address or a phone. capi_rejected_events and"
            ~ " capi_dropped_values show it as it is: give customers a number of their own, or keep these tables from those who may not see it."
        ) -%}
    {%- endif -%}
{%- endmacro %}
