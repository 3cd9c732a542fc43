{#- A currency as its ISO 4217 code in upper case, from any case except that of minor units (GBp); every other text is dropped. Source: Meta's
    custom data page; ISO 4217. -#}
{% macro capi_normalise_currency(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_currency_text("cleaned"), offline_capi.capi_currency_verdict("text", "found"), found=offline_capi.capi_look_up("int_capi__currencies", "currency", {"currency": "text"})) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_currency_drop_reason(value) -%} {{ offline_capi.capi_normalise_currency(value, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the cleaned value without what does not count, such as a spreadsheet's quotes. Only these 26 letters
    become capitals. GBp, ZAc and the like are hundredths of a currency, and stay as they are, which is not a code. Nearly all values are in
    capitals already, and translate() takes long. -#}
{% macro capi_currency_text(cleaned) -%}
    {%- set small, capitals = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ" -%}
    {%- set wide = "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ" -%}
    {%- set bare = "translate(" ~ offline_capi.capi_replace(cleaned, "^[\\s\\p{Z}='\"]+|[\\s\\p{Z}'\".,;]+$", "") ~ ", '" ~ wide ~ "', '" ~ small ~ capitals ~ "')" -%}
    case
        when {{ offline_capi.capi_matches(cleaned, "[A-Z]{2}[A-Za-z]") }} then {{ cleaned }}
        when {{ offline_capi.capi_matches(bare, "[A-Z]{2}[a-z]") }} then {{ bare }}
        else translate({{ bare }}, '{{ small }}', '{{ capitals }}')
    end
{%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_currency_verdict(text, found) -%}
    case when {{ text }} is not null then coalesce({{ found }}, {{ offline_capi.capi_drop("currency_unknown") }}) end
{%- endmacro %}
