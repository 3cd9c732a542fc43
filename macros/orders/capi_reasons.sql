{#- All reasons, in the given order, as one text with commas between the codes; NULL if there is none. Takes SQL expressions that
    are each a code or NULL. Nearly every order has no reason: the condition avoids building a text for it. -#}
{% macro capi_reasons(codes) -%}
    case when coalesce({{ codes | join(", ") }}) is not null then concat_ws(',', {{ codes | join(", ") }}) end
{%- endmacro %}

{#- The first of these reasons; NULL if there is none. -#}
{% macro capi_first_reason(reasons) -%} split_part({{ reasons }}, ',', 1) {%- endmacro %}
