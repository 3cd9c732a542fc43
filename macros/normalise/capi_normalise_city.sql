{#- A city: lower case, letters and marks of any script, nothing else; accents and other scripts stay.
    Source: Meta's customer information parameters page; Meta's parameter builder deletes accented letters, against that page. -#}
{% macro capi_normalise_city(value) -%} {{ offline_capi.capi_kept(offline_capi.capi_city_verdict(offline_capi.capi_city_text(value))) }} {%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_city_drop_reason(value) -%} {{ offline_capi.capi_dropped(offline_capi.capi_city_verdict(offline_capi.capi_city_text(value))) }} {%- endmacro %}

{#- What the verdict is about: the value without what does not count. -#}
{% macro capi_city_text(value) -%} {{ offline_capi.capi_place_key(offline_capi.capi_clean(value)) }} {%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_city_verdict(text) -%}
    case
        when {{ text }} is null then null
        when {{ text }} = '' then {{ offline_capi.capi_drop("city_has_no_letters") }}
        else {{ text }}
    end
{%- endmacro %}
