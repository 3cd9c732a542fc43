{#- capi_custom_fields: the name of each field in the payload, and the column that carries it through the models. These columns have our own
    names, so that a field may have any name: order, amount, sales-rep. Raises an error for a name that is not a text, that is listed
    twice, or that custom_data or the package already uses. Data that identifies a person is never sent in the clear, whatever name a
    shop uses for an e-mail, a phone, a name or a date of birth. -#}
{% macro capi_custom_fields() %}
    {%- set names, fields, seen = var("capi_custom_fields", []), [], [] -%}
    {%- set taken = offline_capi.capi_known_columns("orders") + offline_capi.capi_user_data_fields() + [
        "content_ids", "content_type", "contents", "custom_data", "data_processing_options", "data_processing_options_country",
        "data_processing_options_state", "event_time", "num_items", "store_data", "user_data", "value",
    ] -%}
    {%- set personal = offline_capi.capi_person_columns() -%}
    {%- set read_as = {} -%}
    {%- for column, name in var("capi_columns", {}).get("orders", {}).items() if name -%} {%- do read_as.update({name | string | trim | lower: column}) -%} {%- endfor -%}
    {%- for name in offline_capi.capi_text_list("capi_custom_fields") -%}
        {%- set key = name | trim | lower -%}
        {%- set column = read_as.get(key, key) -%}
        {%- if key in seen -%} {{ offline_capi.capi_refuse_setting("capi_custom_fields", name, "it is listed twice") }}
        {%- elif column in personal or offline_capi.capi_names_a_person(name) -%}
            {{
                offline_capi.capi_refuse_setting(
                    "capi_custom_fields", name, "it identifies a person, and such data is only sent hashed in user_data, never in custom_data"
                )
            }}
        {%- elif key in taken or column in taken -%}
            {{
                offline_capi.capi_refuse_setting(
                    "capi_custom_fields", name, "this package reads or writes " ~ column ~ " itself; give the column another name if it is something else"
                )
            }}
        {%- elif not key or modules.re.search("[\\x00-\\x1f\"\\\\]", name) -%}
            {{ offline_capi.capi_refuse_setting("capi_custom_fields", name, "a name may not have line ends, quotes or backslashes") }}
        {%- endif -%}
        {%- do seen.append(key) -%}
        {%- do fields.append({"name": name | trim, "raw": key, "column": "custom_field_" ~ loop.index}) -%}
    {%- endfor -%}
    {{ return(fields) }}
{% endmacro %}

{#- Whether the name of an orders column means that it identifies a person: a known word, possibly after a word for whose it is.
    The name of an order is not a person's. -#}
{% macro capi_names_a_person(name) %}
    {%- set key, words = offline_capi.capi_name_key(name), [] -%}
    {%- for ours, synonyms in offline_capi.capi_column_synonyms("orders").items() if ours.split(", ")[0] in ["email", "phone", "first_name", "last_name", "date_of_birth"] -%}
        {%- do words.extend(synonyms.split()) -%}
    {%- endfor -%}
    {%- set of_orders = ["ordername", "salename", "salesname", "receiptname", "transactionname", "invoicename"] -%}
    {%- for subject in [""] + offline_capi.capi_name_subjects("orders") if key.startswith(subject) and key[subject | length :] in words -%}
        {{ return(key not in of_orders) }}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}
