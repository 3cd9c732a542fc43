{#- Warns if no raw table says whether a person allowed marketing use, because then everybody counts as having consented. -#}
{% macro capi_warn_without_consent(order_columns) %}
    {%- set customers = offline_capi.capi_raw_relation("customers") -%}
    {%- if not execute -%} {{ return("") }} {%- endif -%}
    {#- Problems of customers are reported by their own model. -#}
    {%- set found = offline_capi.capi_columns_in(customers) if offline_capi.capi_uses("customers") else [] -%}
    {%- set customer_columns = offline_capi.capi_matched_columns("customers", found or []) -%}
    {%- if "marketing_consent" not in order_columns and "marketing_consent" not in customer_columns -%}
        {%- do exceptions.warn(
            "offline_capi: neither orders nor customers has a column marketing_consent, so everybody counts as having consented."
            ~ " Add the column if the shop records consent, or name it in capi_columns."
        ) -%}
    {%- endif -%}
{% endmacro %}

{#- Warns if capi_custom_fields names a column that orders does not have: nothing would be sent for it. -#}
{% macro capi_warn_of_unknown_fields(order_columns) %}
    {%- for field in offline_capi.capi_custom_fields() if execute and field.raw not in order_columns -%}
        {%- do exceptions.warn(
            "offline_capi: capi_custom_fields names `" ~ field.name ~ "`, but orders has no such column, so nothing is sent for it."
            ~ " Columns found: " ~ offline_capi.capi_found_columns("orders", offline_capi.capi_raw_relation("orders")) | join(", ") ~ "."
        ) -%}
    {%- endfor -%}
{% endmacro %}

{#- Warns if customer ids look like addresses or phones: capi_dropped_values and capi_rejected_events store them unchanged. -#}
{% macro capi_warn_of_contact_ids() -%}
    {%- set counted = run_query("select count(*) from " ~ this ~ " where is_customer_id_contact") if execute -%}
    {%- set found = counted.columns[0].values()[0] if counted else 0 -%}
    {%- if found > 0 -%}
        {%- do exceptions.warn(
            "offline_capi: the customer_id of " ~ found ~ " orders looks like an e-mail address or a phone. capi_rejected_events and"
            ~ " capi_dropped_values show it unchanged: give customers another id, or keep these tables from people who may not see it."
        ) -%}
    {%- endif -%}
{%- endmacro %}
