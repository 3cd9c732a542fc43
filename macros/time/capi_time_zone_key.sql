{#- The name of a zone as written in int_capi__time_zones: lower case, without spaces, underscores, points and brackets, and without an
    offset in brackets before it: (GMT-05:00) Eastern Time (US & Canada). -#}
{% macro capi_time_zone_key(name) -%}
    {{ offline_capi.capi_replace(offline_capi.capi_fold_width(name), "^[(](gmt|utc)[^)]*[)]|[^a-z0-9/+-]+", "") }}
{%- endmacro %}
