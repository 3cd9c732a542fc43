{#- One e-mail address as Meta documents it: lower case, trimmed. Nothing else is changed: dots and +tags are part of
    the address. Anything that is not an address is dropped: a local part with a dot at an end or two in a row, a domain without a dot,
    characters that belong in neither. Source: Meta's customer information parameters page; for what an address is, Meta's parameter
    builder 1.3.2 (Node), extended to letters of all scripts. -#}
{% macro capi_normalise_email(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_email_text("cleaned"), offline_capi.capi_email_verdict("text")) }}
{%- endmacro %}

{#- The reason code if a value is dropped; NULL if it is kept or missing. -#}
{% macro capi_email_drop_reason(value) -%} {{ offline_capi.capi_normalise_email(value, "dropped") }} {%- endmacro %}

{#- The text that the verdict judges: the cleaned value without invisible characters and without what is around the address: quotes and
    brackets, mailto:, the person's name, the apostrophe that spreadsheets put before a text. Nearly all addresses have none of it, and begin
    and end with a letter. -#}
{% macro capi_email_text(cleaned) -%}
    {%- set address = "translate(" ~ offline_capi.capi_fold_width(offline_capi.capi_replace(cleaned, "\\p{C}+", "")) ~ ", '＠．－＿＋', '@.-_+')" -%}
    {%- set named = offline_capi.capi_replace(address, "^.*<([^<>]*@[^<>]*)>.*$|^([^()]*@[^()]*)[(][^()]*[)]$|^(mailto:[^?]*)[?].*$", "\\1\\2\\3") -%}
    {%- set sign = "[\\s\\p{Z}\"'`´<>()\\[\\]{}“”„‘’‚«»‹›,;:]" -%}
    case
        when {{ offline_capi.capi_is_letter(cleaned) }} and {{ offline_capi.capi_is_letter("right(" ~ cleaned ~ ", 1)") }} and not contains({{ cleaned }}, ':') and {{ offline_capi.capi_is_ascii(cleaned) }}
        then {{ offline_capi.capi_lower(cleaned) }}
        else {{ offline_capi.capi_replace(named, "^(" ~ sign ~ "|=\"|mailto:|smtp:|e-?mail:)+|" ~ sign ~ "+$", "") }}
    end
{%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_email_verdict(text) -%}
    {%- set atom = "[\\p{L}\\p{M}\\p{N}_!#$%&'*+/=?^`{|}~-]+" -%}
    {%- set label = "[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?" -%}
    case
        when {{ text }} is null then null
        when {{ offline_capi.capi_is_placeholder_email(text) }} then null
        when {{ offline_capi.capi_matches(text, atom ~ "([.]" ~ atom ~ ")*@" ~ label ~ "([.]" ~ label ~ ")+") }} then {{ text }}
        else {{ offline_capi.capi_drop("email_not_an_address") }}
    end
{%- endmacro %}
