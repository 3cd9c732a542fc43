{#- How the status of an order is read. A status is compared by its key: lower case, without accents, white space, dashes, brackets and quotes,
    and without the prefix of WooCommerce (wc-, wc_). A text without a letter is its own key, so that -1 and ✗ stay what they are; 3.0 is 3. -#}

{#- CTEs for the key of the column status: the last one, `name`, has all columns of `given` and status_key. It goes step by step, because a
    nested expression would be written out dozens of times. -#}
{% macro capi_status_key_steps(given, name) -%}
    {%- set ignored = "^wc[-_]|[\\p{Z}\\p{C}\\p{Pd}\\s_./\\\\()\\[\\]:;,\"'`´’‘ʼ“”„«»]+" -%}
    {{ name }}_trimmed as (select *, {{ offline_capi.capi_nfc(offline_capi.capi_trim("status")) }} as status_trimmed from {{ given }}),

    {{ name }}_lowered as (select *, {{ offline_capi.capi_fold_width("status_trimmed") }} as status_lowered from {{ name }}_trimmed),

    {{ name }}_folded as (select *, {{ offline_capi.capi_fold_accents("status_lowered") }} as status_folded from {{ name }}_lowered),

    {{ name }} as (

        select
            *,
            case
                when {{ offline_capi.capi_finds("status_folded", offline_capi.capi_literal("\\p{L}")) }} then {{ offline_capi.capi_replace("status_folded", ignored, "") }}
                else {{ offline_capi.capi_replace(offline_capi.capi_fold_digits("status_folded"), "^([0-9]+)[.]0+$", "\\1") }}
            end as status_key
        from {{ name }}_folded

    )
{%- endmacro %}

{#- Letters without accents that a till may leave out; in other scripts only letters that vary with the keyboard. -#}
{% macro capi_fold_accents(text) -%}
    {{ offline_capi.capi_fold(
        text,
        "àáâãäåăąçćčďđèéêëěęėğìíîïıłľñńňòóôõöøőřśšşșťțţùúûüůűūýÿžźżάέήίόύώϊϋςёأإآ",
        "aaaaaaaacccddeeeeeeegiiiiillnnnooooooorsssstttuuuuuuuyyzzzαεηιουωιυσеااا",
    ) }}
{%- endmacro %}

{#- The shop's own statuses of a setting, as texts: capi_statuses_sales or capi_statuses_not_sales. -#}
{% macro capi_own_statuses(setting) %}
    {%- set statuses = var(setting, []) -%}
    {%- if statuses is string or statuses is mapping or statuses is not iterable -%}
        {{ offline_capi.capi_refuse_setting(setting, statuses, "write a list, such as [" ~ statuses ~ "]") }}
    {%- endif -%}
    {%- for status in statuses if status is boolean or (status is not string and status is not integer) or not status | string | trim -%}
        {{ offline_capi.capi_refuse_setting(setting, status, "each status is a text, so write it in quotes as the table has it") }}
    {%- endfor -%}
    {{ return(statuses | map("string") | list) }}
{% endmacro %}
