{#- A verdict is one text: the normalised value, or '!' and the code of the reason for which the value is dropped, or NULL when
    there is no value. No normalised value begins with '!'. -#}

{#- The normalised value of a verdict; NULL when it was dropped. -#}
{% macro capi_kept(verdict) -%} case when substr({{ verdict }}, 1, 1) <> '!' then {{ verdict }} end {%- endmacro %}

{#- The reason of a verdict; NULL when the value was kept. -#}
{% macro capi_dropped(verdict) -%} case when substr({{ verdict }}, 1, 1) = '!' then substr({{ verdict }}, 2) end {%- endmacro %}

{#- Whether a text is a number that went through a floating-point column and may have lost digits or gained some. -#}
{% macro capi_is_float_text(text) -%} {{ capi_matches(text, "[+-]?[0-9]+[.]0+|[0-9]([.][0-9]+)?[eE][+]?[0-9]+") }} {%- endmacro %}

{#- Digits of other scripts, and full-width signs, as ASCII. -#}
{% macro capi_fold_digits(text) -%}
    translate({{ text }}, '０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९＋（）－．＃', '0123456789012345678901234567890123456789+()-.#')
{%- endmacro %}
