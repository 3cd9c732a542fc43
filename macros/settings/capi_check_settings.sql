{#- Raises an error for a variable of the wrong kind, which would be silently ignored or misread: one word instead of a list, a status
    that no cleaned status can equal, an unknown column, a text instead of true, false or a number. -#}
{% macro capi_check_settings() %}
    {%- do offline_capi.capi_check_names() -%}
    {%- set text_settings = [
        "capi_action_source", "capi_dataset_id", "capi_default_country", "capi_default_time_zone", "capi_delivery_state", "capi_event_name",
        "capi_source_database", "capi_source_schema", "capi_upload_tag",
    ] -%}
    {%- for table in offline_capi.capi_raw_tables() -%}
        {%- do text_settings.extend(["capi_" ~ table ~ "_identifier", "capi_" ~ table ~ "_model"]) -%}
    {%- endfor -%}
    {%- for name in text_settings -%} {%- do offline_capi.capi_check_text(name) -%} {%- endfor -%}

    {%- for name in ["capi_ids_of_nobody", "capi_test_stores"] -%} {%- do offline_capi.capi_text_list(name) -%} {%- endfor -%}
    {%- do offline_capi.capi_custom_fields() -%}

    {%- set sales, not_sales = offline_capi.capi_own_statuses("capi_statuses_sales"), offline_capi.capi_own_statuses("capi_statuses_not_sales") -%}
    {%- for status in sales if status | lower in not_sales | map("lower") -%}
        {{ offline_capi.capi_refuse_setting("capi_statuses_sales", status, "it is also in capi_statuses_not_sales: remove it from one of them") }}
    {%- endfor -%}

    {%- for table in offline_capi.capi_raw_tables() -%} {%- do offline_capi.capi_columns_setting(table) -%} {%- endfor -%}

    {%- do offline_capi.capi_default_time_zone() -%}
    {%- do offline_capi.capi_hashed_columns() -%}
    {%- do offline_capi.capi_own_placeholders("email") -%}
    {%- do offline_capi.capi_own_consent_words() -%}

    {%- for name in ["capi_use_order_items", "capi_use_customers", "capi_use_stores", "capi_external_id_from_customer_id", "capi_hash_external_id"] -%}
        {%- if var(name, true) is not boolean -%}
            {{ offline_capi.capi_refuse_setting(name, var(name), "write true or false, without quotes") }}
        {%- endif -%}
    {%- endfor -%}

    {%- for name in ["capi_max_age_days_physical_store", "capi_max_age_days_other", "capi_future_tolerance_seconds"] -%}
        {%- if not modules.re.match("^[0-9]+([.][0-9]+)?$", var(name, 0) | string) -%}
            {{ offline_capi.capi_refuse_setting(name, var(name), "write a number, 0 or more") }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}

{#- capi_hashed_columns: the columns declared as hashed (true) or plain (false). -#}
{% macro capi_hashed_columns() %}
    {%- set hashed = var("capi_hashed_columns", {}) -%}
    {%- if hashed is not mapping -%}
        {{ offline_capi.capi_refuse_setting("capi_hashed_columns", hashed, "write columns with true or false, such as {email: true}") }}
    {%- endif -%}
    {%- set columns = offline_capi.capi_hashable_columns() -%}
    {%- for column, value in hashed.items() if column not in columns or value is not boolean -%}
        {{
            offline_capi.capi_refuse_setting(
                "capi_hashed_columns", column ~ ": " ~ value, "each is true or false, and the columns are " ~ columns | join(", ")
            )
        }}
    {%- endfor -%}
    {{ return(hashed) }}
{% endmacro %}

{#- The columns whose values Meta takes hashed. -#}
{% macro capi_hashable_columns() %} {{ return(offline_capi.capi_person_columns() | reject("in", ["madid", "lead_id"]) | list) }} {% endmacro %}

{#- The error about a value of a variable. -#}
{% macro capi_refuse_setting(name, value, advice) %}
    {{ exceptions.raise_compiler_error("offline_capi: " ~ name ~ " is '" ~ value ~ "'; " ~ advice ~ ".") }}
{% endmacro %}
