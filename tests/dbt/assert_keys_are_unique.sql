{#- The keys of marts that are not a single column without NULL, and the keys by which words are looked up. -#}
{%- set keys = {
    "capi_daily": ["event_date", "store_id", "dataset_id", "currency"],
    "capi_dropped_values": ["event_key", "field", "reason"],
    "capi_later_changes": ["event_key", "change", "field"],
    "capi_mapping": ["raw_table", "raw_column", "used_as"],
    "capi_match_keys": ["event_date", "store_id"],
    "int_capi__consent_words": ["question", "word"],
    "int_capi__countries": ["name"],
    "int_capi__subdivisions": ["country", "name"],
    "int_capi__time_zones": ["name_key"],
} -%}
-- No two rows have the same key: a word listed twice would turn one order into two.
{% for model, columns in keys.items() %}
    select '{{ model }}' as model, count(*) as rows_of_one_key
    from {{ ref(model) }}
    group by {{ columns | join(", ") }}
    having count(*) > 1
    {{ "union all" if not loop.last }}
{% endfor %}
