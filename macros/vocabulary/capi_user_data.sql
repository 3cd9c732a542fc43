{#- The parameters of user_data, in the order in which they are written. Source: Meta's customer information parameters page. -#}
{% macro capi_user_data_fields() %}
    {{ return(["em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id", "madid", "lead_id"]) }}
{% endmacro %}

{#- The JSON object user_data of an order: what its receipt and its customer say together. Takes the aliases under which
    int_capi__people is joined for each. -#}
{% macro capi_user_data(receipt, customer) -%}
    {%- set pairs = [] -%}
    {%- for field in offline_capi.capi_user_data_fields() -%}
        {%- set own, known = receipt ~ "." ~ field, customer ~ "." ~ field -%}
        {%- if field in ["em", "ph"] -%} {%- set value = offline_capi.capi_union_of_hash_lists(own, known) -%}
        {%- elif field == "madid" -%} {%- set value = offline_capi.capi_json_string("coalesce(" ~ own ~ ", " ~ known ~ ")") -%}
        {%- elif field == "lead_id" -%} {%- set value = "coalesce(" ~ own ~ ", " ~ known ~ ")" -%}
        {%- elif field == "external_id" and not var("capi_hash_external_id", true) -%}
            {%- set value = offline_capi.capi_union_of_hashes(offline_capi.capi_json_escaped(own), offline_capi.capi_json_escaped(known)) -%}
        {%- else -%} {%- set value = offline_capi.capi_union_of_hashes(own, known) -%}
        {%- endif -%}
        {%- do pairs.append((field, value)) -%}
    {%- endfor -%}
    {{ offline_capi.capi_json_object(pairs) }}
{%- endmacro %}
