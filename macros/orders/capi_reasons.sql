{#- All reasons, in the order given, as one text with commas between the codes; NULL when there is none. Takes SQL expressions that
    are each a code or NULL. Nearly every order has no reason: the condition keeps a text from being put together for it. -#}
{% macro capi_reasons(codes) -%}
    case when coalesce({{ codes | join(", ") }}) is not null then concat_ws(',', {{ codes | join(", ") }}) end
{%- endmacro %}

{#- The first of such reasons; NULL when there is none. -#}
{% macro capi_first_reason(reasons) -%} split_part({{ reasons }}, ',', 1) {%- endmacro %}
