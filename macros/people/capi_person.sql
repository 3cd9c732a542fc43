{#- The raw columns that identify a person, for customers and receipts alike. -#}
{% macro capi_person_columns() %}
    {{
        return(
            [
                "email", "phone", "first_name", "last_name", "gender", "date_of_birth", "city", "state", "postal_code",
                "country", "external_id", "madid", "lead_id",
            ]
        )
    }}
{% endmacro %}

{#- One text for a set of raw personal columns, equal exactly if all of them are; NULL if all of them are NULL. It
    joins an order to the hashes of its own receipt without storing a raw value. -#}
{% macro capi_person_hash() -%}
    case
        when coalesce({{ offline_capi.capi_person_columns() | join(", ") }}) is not null
        then md5(concat_ws(chr(31){% for column in offline_capi.capi_person_columns() %}, coalesce({{ column }}, chr(30)){% endfor %}))
    end
{%- endmacro %}

{#- The raw columns whose values many people share, by Meta's name for the parameter. -#}
{% macro capi_shared_columns() %}
    {{
        return(
            {
                "fn": "first_name", "ln": "last_name", "ge": "gender", "db": "date_of_birth", "ct": "city", "st": "state", "zp": "postal_code",
            }
        )
    }}
{% endmacro %}
