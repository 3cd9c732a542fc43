{#- The name of a zone as int_capi__time_zones has it: lower case, without spaces, underscores, points and brackets, and without an offset
    in brackets before or behind it: (GMT-05:00) Eastern Time (US & Canada). -#}
{% macro capi_time_zone_key(name) -%}
    {{ offline_capi.capi_replace(offline_capi.capi_fold_width(name), "^[(](gmt|utc)[^)]*[)]| *[(](gmt|utc)[^)]*[)]$|[^a-z0-9/+-]+", "") }}
{%- endmacro %}
