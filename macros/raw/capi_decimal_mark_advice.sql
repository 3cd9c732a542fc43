{#- A sentence about amounts whose mark before three digits may be the decimal mark or not, if no setting says which; empty if there are none. -#}
{% macro capi_decimal_mark_advice(relation, name) %}
    {%- if not flags.INTROSPECT or var("capi_decimal_mark", none) -%} {{ return("") }} {%- endif -%}
    {%- set counted -%}
        select
            min(case when {{ offline_capi.capi_matches("written", "[^0-9]*[1-9][0-9]{0,2}[.,][0-9]{3}[^0-9.,]*") }} then written end),
            count(case when {{ offline_capi.capi_matches("written", ".*[0-9],[0-9]{1,2}[^0-9.,]*") }} then 1 end),
            count(case when {{ offline_capi.capi_matches("written", ".*[0-9][.][0-9]{1,2}[^0-9.,]*") }} then 1 end)
        from
            (
                select cast({{ offline_capi.capi_quoted(name) }} as {{ dbt.type_string() }}) as written
                from {{ relation }}
                where not {{ offline_capi.capi_is_number(offline_capi.capi_quoted(name)) }}
            ) as texts
    {%- endset -%}
    {%- set ambiguous, commas, points = run_query(counted).rows[0] -%}
    {%- if not ambiguous -%} {{ return("") }} {%- endif -%}
    {%- set mark = "','" if commas and not points else "'.'" if points and not commas else "'.' or ','" -%}
    {{ return(" Decimals or thousands, in `" ~ name ~ "` (" ~ ambiguous ~ ")? Also set capi_decimal_mark: " ~ mark ~ ".") }}
{% endmacro %}
