{#- The columns that this package reads from a raw table, in staging's order. docs/raw_tables.md describes them. -#}
{% macro capi_known_columns(table) %}
    {%- set person = [
        "email", "phone", "first_name", "last_name", "gender", "date_of_birth", "city", "state", "postal_code", "country", "external_id", "madid",
        "lead_id", "marketing_consent", "limited_data_use", "opt_out",
    ] -%}
    {{
        return(
            {
                "orders": [
                    "order_id", "item_number", "event_id", "store_id", "customer_id", "dataset_id", "ordered_at", "updated_at", "total", "refunded",
                    "currency", "status", "event_name", "action_source", "upload_tag",
                ] + person,
                "order_items": [
                    "order_id", "product_id", "quantity", "unit_price", "title", "brand", "category", "delivery_category",
                ],
                "customers": ["customer_id"] + person,
                "stores": [
                    "store_id", "dataset_id", "store_code", "store_page_id", "brand_page_id", "time_zone", "country", "state", "currency",
                ],
            }[table]
        )
    }}
{% endmacro %}

{#- Like capi_known_columns, plus those that capi_custom_fields adds to orders. -#}
{% macro capi_columns_of_ours(table) %}
    {{ return(offline_capi.capi_known_columns(table) + (offline_capi.capi_custom_fields() | map(attribute="raw") | list if table == "orders" else [])) }}
{% endmacro %}

{#- The known columns that a raw table must have. -#}
{% macro capi_required_columns(table) %}
    {{
        return(
            {
                "orders": ["order_id", "ordered_at", "total"],
                "order_items": ["order_id", "product_id"],
                "customers": ["customer_id"],
                "stores": ["store_id"],
            }[table]
        )
    }}
{% endmacro %}

{#- The raw tables, by their names in variables. -#}
{% macro capi_raw_tables() %} {{ return(["orders", "order_items", "customers", "stores"]) }} {% endmacro %}
