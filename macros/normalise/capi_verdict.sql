{#- A verdict is one text: the normalised value, or '! ' and the code of the reason for which the value is dropped, or NULL when
    there is no value. No normalised value holds a space. -#}

{#- The verdict that drops a value for a reason: a code. -#}
{% macro capi_drop(reason) -%} '! {{ reason }}' {%- endmacro %}

{#- Whether a verdict drops the value. -#}
{% macro capi_is_dropped(verdict) -%} {{ offline_capi.capi_starts_with(verdict, "'! '") }} {%- endmacro %}

{#- The normalised value of a verdict; NULL when it was dropped. -#}
{% macro capi_kept(verdict) -%} case when not {{ offline_capi.capi_is_dropped(verdict) }} then {{ verdict }} end {%- endmacro %}

{#- The reason of a verdict; NULL when the value was kept. -#}
{% macro capi_dropped(verdict) -%} case when {{ offline_capi.capi_is_dropped(verdict) }} then substr({{ verdict }}, 3) end {%- endmacro %}

{#- The answer of the macros that users call: the normalised value ("kept") or the reason for which it is dropped ("dropped"). The steps are
    those of the models, one after the other, so that each expression stands once: the value is trimmed, missing values are taken
    out, what does not count is cut off, and the rest is looked up where there is a table for it, and judged. `text`, `found` and `verdict`
    are a parameter's own, made of the columns cleaned, text and found. -#}
{% macro capi_answer(answer, value, text, verdict, found=none, country="null", also_missing=[]) -%}
    (
        with
            capi_given as (select {{ value }} as capi_value, {{ country }} as capi_country),
            capi_trimmed as (select *, {{ offline_capi.capi_trim("capi_value") }} as trimmed from capi_given),
            capi_cleaned as (select *, {{ offline_capi.capi_unless_missing("trimmed", also_missing) }} as cleaned from capi_trimmed),
            capi_texts as (select *, {{ text }} as text from capi_cleaned),
            {%- if found %}
            capi_found as (select *, {{ found }} as found from capi_texts),
            {%- endif %}
            capi_judged as (select {{ verdict }} as verdict from {{ "capi_found" if found else "capi_texts" }})
        select {{ offline_capi.capi_kept("verdict") if answer == "kept" else offline_capi.capi_dropped("verdict") }}
        from capi_judged
    )
{%- endmacro %}

{#- Whether a text is a number that went through a floating-point column and may have lost digits or gained some. -#}
{% macro capi_is_float_text(text) -%} {{ offline_capi.capi_matches(text, "[+-]?[0-9]+[.]0+|[0-9]([.][0-9]+)?[eE][+]?[0-9]+") }} {%- endmacro %}

{#- Digits of other scripts, and full-width signs, as ASCII. -#}
{% macro capi_fold_digits(text) -%}
    {%- set digits = "０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯੦੧੨੩੪੫੬੭੮੯૦૧૨૩૪૫૬૭૮૯௦௧௨௩௪௫௬௭௮௯౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯൦൧൨൩൪൫൬൭൮൯๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙၀၁၂၃၄၅၆၇၈၉០១២៣៤៥៦៧៨៩" -%}
    {{ offline_capi.capi_fold(text, digits ~ "＋（）－．／＃＠", "0123456789" * 15 ~ "+()-./#@") }}
{%- endmacro %}

{#- Full-width Latin letters and digits, as Japanese tills write them, as ASCII in lower case. -#}
{% macro capi_fold_width(text) -%}
    {{ offline_capi.capi_fold(
        offline_capi.capi_lower(text), "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９", "abcdefghijklmnopqrstuvwxyz0123456789", written=text
    ) }}
{%- endmacro %}

{#- Whether the first character of a text is a plain Latin letter. -#}
{% macro capi_is_letter(text) -%} (ascii({{ text }}) between 97 and 122 or ascii({{ text }}) between 65 and 90) {%- endmacro %}

{#- A name of a place as the look-up tables have it: lower case, letters and marks only. -#}
{% macro capi_place_key(text) -%} {{ offline_capi.capi_replace(offline_capi.capi_fold_width(text), "[^\\p{L}\\p{M}]+", "") }} {%- endmacro %}

{#- The same with a space between the parts that punctuation keeps apart: Guinea-Bissau is `guinea bissau`, United States (US) `unitedstates us`. -#}
{% macro capi_place_parts(text) -%}
    {%- set joined = offline_capi.capi_replace(offline_capi.capi_fold_width(text), "[\\s\\p{Z}.'’]+|^[^\\p{L}\\p{M}]+|[^\\p{L}\\p{M}]+$", "") -%}
    {{ offline_capi.capi_replace(joined, "[^\\p{L}\\p{M}]+", " ") }}
{%- endmacro %}
