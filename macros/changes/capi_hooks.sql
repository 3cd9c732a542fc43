{#- Statements that an incremental table runs before it takes in new rows. Each does nothing if the table is built anew.
    ref() comes before the condition, so that dbt sees the dependency while it parses. -#}

{#- Makes the next run judge again what this run is about to judge: until int_capi__judged_orders is written, a failure may leave
    some tables changed, and by then the raw tables may be back to what they were. -#}
{% macro capi_forget_touched() -%}
    {%- set judged = offline_capi.capi_table_of("int_capi__judged_orders") -%}
    {%- if judged and not offline_capi.capi_sees_a_sample() -%} {{ offline_capi.capi_forget_groups(judged, this) }} {%- endif -%}
{%- endmacro %}

{#- Deletes all rows of the orders that this run judges. -#}
{% macro capi_delete_touched() -%}
    {%- set touched = ref("offline_capi", "int_capi__touched") -%}
    {%- if is_incremental() and not offline_capi.capi_missing_parts() -%}
        {{ offline_capi.capi_delete_rows(this, "order_group", "order_group in (select order_group from " ~ touched ~ ")") }}
    {%- endif -%}
{%- endmacro %}

{#- Deletes the rows of the events that this run judges, except those that are kept. -#}
{% macro capi_delete_withdrawn() -%}
    {%- set touched, built = ref("offline_capi", "int_capi__touched"), ref("offline_capi", "int_capi__built_events") -%}
    {%- set judged = "(order_group in (select order_group from " ~ touched ~ ") or event_key in (select built_key from " ~ built ~ " where is_touched))" -%}
    {%- set kept = "select built_key from " ~ built ~ " where wanted_key is not null and expires_at >= " ~ offline_capi.capi_now() -%}
    {%- if is_incremental() and not offline_capi.capi_missing_parts() -%}
        {{ offline_capi.capi_delete_rows(this, "event_key", judged ~ " and event_key not in (" ~ kept ~ ")") }}
    {%- endif -%}
{%- endmacro %}

{#- Gives kept events the group and identity that their rows have now, so that the next run finds them. -#}
{% macro capi_follow_rows() -%}
    {%- set built = ref("offline_capi", "int_capi__built_events") -%}
    {%- if is_incremental() and not offline_capi.capi_missing_parts() -%} {{ offline_capi.capi_move_rows(this, built) }} {%- endif -%}
{%- endmacro %}

{#- Fills columns that older events lack, from their own payload. -#}
{% macro capi_complete_events() -%}
    {%- if is_incremental() -%}
        update {{ this }}
        set
            event_at = {{ offline_capi.capi_utc_timestamp("event_time") }},
            value = cast({{ offline_capi.capi_json_text_at("payload", "$.custom_data.value") }} as decimal(18, 3)),
            currency = {{ offline_capi.capi_json_text_at("payload", "$.custom_data.currency") }}
        where event_at is null
    {%- endif -%}
{%- endmacro %}

{#- Deletes from capi_later_changes what this run lists anew, what has become an event again, and what has left Meta's window. -#}
{% macro capi_delete_outdated_changes() -%}
    {%- set built = ref("offline_capi", "int_capi__built_events") -%}
    {%- set outcomes = ref("offline_capi", "int_capi__outcomes") -%}
    {%- set listed_anew = "event_key in (select built_key from " ~ built ~ " where is_touched)" -%}
    {%- set event_again = "event_key in (select event_key from " ~ outcomes ~ " where outcome is null)" -%}
    {%- if is_incremental() and not offline_capi.capi_missing_parts() -%}
        {{ offline_capi.capi_delete_rows(this, "event_key", [listed_anew, event_again, "expires_at < " ~ offline_capi.capi_now()] | join(" or ")) }}
    {%- endif -%}
{%- endmacro %}
