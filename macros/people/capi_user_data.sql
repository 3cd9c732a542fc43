{#- The parameters of user_data, in the order in which they are written. Source: Meta's customer information parameters page. -#}
{% macro capi_user_data_fields() %}
    {{ return(["em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id", "madid", "lead_id"]) }}
{% endmacro %}

{#- The JSON object user_data of an order, as pieces from capi_json_pieces: what its receipt and its customer say together. Takes the
    aliases under which int_capi__people is joined for each; the columns has_<field> say which fields exist. -#}
{% macro capi_user_data(receipt, customer) %}
    {%- set members = [] -%}
    {%- for field in offline_capi.capi_user_data_fields() -%}
        {%- set own, known = receipt ~ "." ~ field, customer ~ "." ~ field -%}
        {%- set opening, closing = "case when has_" ~ field ~ " then '[\"' end", "case when has_" ~ field ~ " then '\"]' end" -%}
        {%- if field in ["em", "ph"] -%} {%- set pieces = [opening, offline_capi.capi_union_of_hash_lists(own, known), closing] -%}
        {%- elif field == "madid" -%} {%- set pieces = [offline_capi.capi_json_string("coalesce(" ~ own ~ ", " ~ known ~ ")")] -%}
        {%- elif field == "lead_id" -%} {%- set pieces = ["coalesce(" ~ own ~ ", " ~ known ~ ")"] -%}
        {%- elif field == "external_id" and not var("capi_hash_external_id", true) -%}
            {%- set pieces = [
                opening, offline_capi.capi_union_of_hashes(offline_capi.capi_json_escaped(own), offline_capi.capi_json_escaped(known)), closing
            ] -%}
        {%- else -%} {%- set pieces = [opening, offline_capi.capi_union_of_hashes(own, known), closing] -%}
        {%- endif -%}
        {%- do members.append({"key": field, "pieces": pieces, "present": "has_" ~ field}) -%}
    {%- endfor -%}
    {{ return(offline_capi.capi_json_pieces(members)) }}
{% endmacro %}
