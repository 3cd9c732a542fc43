{#- How the three columns about permission are read: marketing_consent, limited_data_use and opt_out. An answer is `yes`, `no`, `unreadable`
    for a text that is not understood, or NULL for no answer. Source of the rule: what cannot be read is not a yes. -#}

{% macro capi_questions() %} {{ return(["marketing_consent", "limited_data_use", "opt_out"]) }} {% endmacro %}

{#- A text in the form in which words of consent are compared: lower case, without accents that a till may leave out, white space and a comma
    before it, quotes, brackets, invisible characters and marks at the end. Dashes are removed only after a letter, so that -1 stays -1;
    1.0 is 1. After the character that reverses the writing direction, `on` appears as no. -#}
{% macro capi_consent_word(text) -%}
    {%- set seen = offline_capi.capi_replace(offline_capi.capi_nfc(text), "\\x{202E}\\s*[oO][nN]", "no") -%}
    {%- set bare = offline_capi.capi_replace(
        offline_capi.capi_fold_accents(offline_capi.capi_fold_width(seen)), ",[\\p{Z}\\s]+|[\\p{C}\\p{Z}\\s_\"'`´’‘ʼ“”„«»‹›\\x{FE0F}]+|^[\\[({<]+", ""
    ) -%}
    {%- set ended = offline_capi.capi_replace(bare, "^[\\[({<]+|[\\])}>;,.:!|！。．，；：、]+$", "") -%}
    {%- set joined = offline_capi.capi_replace(ended, "([\\p{L}\\p{M}])[-‐‑–—]+", "\\1") -%}
    {{ offline_capi.capi_replace(joined, "^([01])[.,]0+$", "\\1") }}
{%- endmacro %}

{#- Whether a text means a missing value. -#}
{% macro capi_says_nothing(text) -%}
    ({{ offline_capi.capi_clean(text, ["na", "nan", "nat", "<na>", "[]", "{}", '""', "''"]) }} is null)
{%- endmacro %}

{#- The stricter of two answers to whether something is allowed: a no before an unreadable text, and that before a yes. This is
    also their alphabetical order. -#}
{% macro capi_stricter(one, other) -%} least(coalesce({{ one }}, {{ other }}), coalesce({{ other }}, {{ one }})) {%- endmacro %}

{#- capi_consent_words: the shop's own words for yes and no in marketing_consent, as (word, answer) pairs. YAML reads the keys yes and
    no as true and false. -#}
{% macro capi_own_consent_words() %}
    {%- set declared, pairs = var("capi_consent_words", {}), [] -%}
    {%- set advice = "write lists of texts in quotes, such as {'yes': ['J'], 'no': ['N']}" -%}
    {%- if declared is not mapping -%} {{ offline_capi.capi_refuse_setting("capi_consent_words", declared, advice) }} {%- endif -%}
    {%- for key, words in declared.items() -%}
        {%- set answer = {"true": "yes", "yes": "yes", "false": "no", "no": "no"}.get(key | string | lower) -%}
        {%- if answer is none or words is string or words is mapping or words is not iterable -%}
            {{ offline_capi.capi_refuse_setting("capi_consent_words", declared, advice) }}
        {%- endif -%}
        {%- for word in words -%}
            {%- if word is not string or not word | trim -%}
                {{ offline_capi.capi_refuse_setting("capi_consent_words", word, "each word is a text: write it in quotes, as the table has it") }}
            {%- endif -%}
            {%- do pairs.append((word, answer)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for word, answer in pairs if (word, "no" if answer == "yes" else "yes") in pairs -%}
        {{ offline_capi.capi_refuse_setting("capi_consent_words", word, "it is listed under yes and no: remove it from one of them") }}
    {%- endfor -%}
    {{ return(pairs) }}
{% endmacro %}
