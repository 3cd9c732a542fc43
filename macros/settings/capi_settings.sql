{#- The values of all variables that decide what becomes of an order, by name, and the version of the rules: if any of them changes, every
    order is judged again. Raise `rules` by one for each change between two releases that judges or writes an order differently: words,
    reasons and expressions of the package have no fingerprint of their own. -#}
{% macro capi_settings() %}
    {%- set values = {"version": offline_capi.capi_version(), "rules": 7} -%}
    {%- for name in [
        "capi_action_source", "capi_columns", "capi_consent_when_unknown", "capi_consent_words", "capi_custom_fields", "capi_dataset_id",
        "capi_date_order", "capi_decimal_mark", "capi_default_country", "capi_default_time_zone", "capi_event_name", "capi_external_id_from_customer_id",
        "capi_future_tolerance_seconds", "capi_hash_external_id", "capi_hashed_columns", "capi_ids_of_nobody", "capi_max_age_days_other",
        "capi_max_age_days_physical_store", "capi_order_id_scope", "capi_placeholders", "capi_status_when_unknown", "capi_statuses_not_sales", "capi_statuses_sales",
        "capi_store_when_unknown", "capi_test_stores", "capi_upload_tag",
    ] -%}
        {%- do values.update({name: var(name, none)}) -%}
    {%- endfor -%}
    {{ return(values) }}
{% endmacro %}

{#- The version of this package, as in dbt_project.yml, which macros cannot read. -#}
{% macro capi_version() %} {{ return("0.1.0") }} {% endmacro %}
