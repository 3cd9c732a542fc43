{#- How the three columns about permission are read: marketing_consent, limited_data_use and opt_out. An answer is `yes`, `no`, `unreadable`
    for a text that is there and not understood, or NULL where nothing is said. Source of the rule: what cannot be read is not a yes. -#}

{% macro capi_questions() %} {{ return(["marketing_consent", "limited_data_use", "opt_out"]) }} {% endmacro %}

{#- A text as words of consent are compared: lower case, without the accents that a till may leave out, without white space and a comma before it, quotes, brackets, invisible characters and marks at its end.
    Dashes go only after a letter, so that -1 stays -1; 1.0 is 1. Behind the sign that turns the direction of writing, `on` is seen as no. -#}
{% macro capi_consent_word(text) -%}
    {%- set seen = offline_capi.capi_replace(offline_capi.capi_nfc(text), "\\x{202E}\\s*[oO][nN]", "no") -%}
    {%- set bare = offline_capi.capi_replace(
        offline_capi.capi_fold_accents(offline_capi.capi_fold_width(seen)), ",[\\p{Z}\\s]+|[\\p{C}\\p{Z}\\s_\"'`´’‘ʼ“”„«»‹›\\x{FE0F}]+|^[\\[({<]+", ""
    ) -%}
    {%- set ended = offline_capi.capi_replace(bare, "^[\\[({<]+|[\\])}>;,.:!|！。．，；：、]+$", "") -%}
    {%- set joined = offline_capi.capi_replace(ended, "([\\p{L}\\p{M}])[-‐‑–—]+", "\\1") -%}
    {{ offline_capi.capi_replace(joined, "^([01])[.,]0+$", "\\1") }}
{%- endmacro %}

{#- Whether a text stands for a missing value. -#}
{% macro capi_says_nothing(text) -%}
    ({{ offline_capi.capi_clean(text, ["na", "nan", "nat", "<na>", "[]", "{}", '""', "''"]) }} is null)
{%- endmacro %}

{#- The stricter of two answers to whether something is allowed: a no before what is not understood, and that before a yes. That is
    also their order in the alphabet. -#}
{% macro capi_stricter(one, other) -%} least(coalesce({{ one }}, {{ other }}), coalesce({{ other }}, {{ one }})) {%- endmacro %}

{#- capi_consent_words: the shop's own words for yes and no in marketing_consent, as pairs of word and answer. YAML reads the keys yes and
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
                {{ offline_capi.capi_refuse_setting("capi_consent_words", word, "each word is a text, so write it in quotes as the table has it") }}
            {%- endif -%}
            {%- do pairs.append((word, answer)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for word, answer in pairs if (word, "no" if answer == "yes" else "yes") in pairs -%}
        {{ offline_capi.capi_refuse_setting("capi_consent_words", word, "a word is either a yes or a no") }}
    {%- endfor -%}
    {{ return(pairs) }}
{% endmacro %}
