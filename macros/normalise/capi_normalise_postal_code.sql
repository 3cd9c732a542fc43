{#- A postcode: lower case, without spaces, dashes or other punctuation, and without the country's own code in front (D-10115); in the
    United States and wherever its post delivers, the first five digits. Leading zeros that are gone are not put back. Takes the
    country as ISO alpha-2 in lower case. Source: Meta's customer information parameters page. -#}
{% macro capi_normalise_postal_code(value, country, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_postal_code_text("cleaned", "capi_country"), offline_capi.capi_postal_code_verdict("text", "capi_country"), country=country, also_missing=offline_capi.capi_number_words()) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_postal_code_drop_reason(value, country) -%} {{ offline_capi.capi_normalise_postal_code(value, country, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the cleaned value without what does not count. -#}
{% macro capi_postal_code_text(cleaned, country) -%}
    {%- set folded = "translate(" ~ offline_capi.capi_fold_width(cleaned) ~ ", '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९', '012345678901234567890123456789')" -%}
    {%- set code = offline_capi.capi_replace(folded, "^([a-z]{1,3})[^a-z.].*$", "\\1") -%}
    {%- set signs = "[^\\p{L}\\p{M}\\p{N}.]+" -%}
    {#- The letters on a country's number plates are also written before its postcodes. -#}
    {%- set plates = {
        "at": "a", "be": "b", "de": "d", "es": "e", "fi": "fin", "fr": "f", "gb": "uk", "hu": "h", "ie": "irl", "it": "i", "li": "fl", "lu": "l",
        "no": "n", "pt": "p", "se": "s", "si": "slo", "us": "usa",
    } -%}
    case
        -- Most are digits alone, which takes a tenth of the time.
        when {{ offline_capi.capi_matches(cleaned, "[0-9]+") }}
        then {{ cleaned }}
        when ascii({{ cleaned }}) between 48 and 57 or {{ country }} is null
        then {{ offline_capi.capi_replace(folded, signs, "") }}
        when
            -- The postcodes of the others begin with the country's code by themselves: AD500, LC04 101, VG1110.
            ({{ code }} = {{ country }} and {{ country }} not in ('ad', 'ai', 'bb', 'ky', 'lc', 'vc', 'vg'))
            or {{ code }} = case {{ country }}{% for key, plate in plates.items() %} when '{{ key }}' then '{{ plate }}'{% endfor %} end
        then {{ offline_capi.capi_replace("substr(" ~ folded ~ ", length(" ~ code ~ ") + 1)", signs, "") }}
        else {{ offline_capi.capi_replace(folded, signs, "") }}
    end
{%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_postal_code_verdict(text, country) -%}
    {%- set code = "replace(" ~ text ~ ", '.', '')" -%}
    case
        when {{ text }} is null then null
        when {{ offline_capi.capi_is_float_text(text) }} then {{ offline_capi.capi_drop("float_text") }}
        -- What tills demand and nobody has.
        when {{ offline_capi.capi_matches(code, "0{3,}|9{4,}|x{3,}") }} {%- if offline_capi.capi_placeholders("postal_code") %} or {{ offline_capi.capi_is_placeholder(code, "postal_code") }} {%- endif %} then null
        when length({{ code }}) < 2 then {{ offline_capi.capi_drop("postcode_too_short") }}
        when {{ country }} is null or {{ country }} not in ('us', 'as', 'fm', 'gu', 'mh', 'mp', 'pr', 'pw', 'vi') then {{ code }}
        when {{ offline_capi.capi_matches(code, "[0-9]{5}([0-9]{4})?") }} then substr({{ code }}, 1, 5)
        else {{ offline_capi.capi_drop("postcode_not_five_digits") }}
    end
{%- endmacro %}
