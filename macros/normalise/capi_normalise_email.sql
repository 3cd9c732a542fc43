{#- One e-mail address as Meta documents it: lower case, no white space around it. Nothing is folded: dots and +tags are part of
    the address. Drops what is no address: not one @, white space inside, no dot in the domain.
    Source: Meta's customer information parameters page. -#}
{% macro capi_normalise_email(value, answer="kept") -%}
    {{ offline_capi.capi_answer(answer, value, offline_capi.capi_email_text("cleaned"), offline_capi.capi_email_verdict("text")) }}
{%- endmacro %}

{#- Why a value that is there is dropped, a code; NULL when it is kept or missing. -#}
{% macro capi_email_drop_reason(value) -%} {{ offline_capi.capi_normalise_email(value, "dropped") }} {%- endmacro %}

{#- What the verdict is about: the cleaned value without what does not count, such as the signs around it that nearly no address has. -#}
{% macro capi_email_text(cleaned) -%}
    case
        when {{ cleaned }} like '%:%' or {{ cleaned }} like '<%' or {{ cleaned }} like '%>'
        then {{ offline_capi.capi_replace(offline_capi.capi_lower(cleaned), "^(mailto:|<)+|>$", "") }}
        else {{ offline_capi.capi_lower(cleaned) }}
    end
{%- endmacro %}

{#- See capi_verdict.sql. -#}
{% macro capi_email_verdict(text) -%}
    {#- Addresses that tills fill in when the customer gives none; hashed, they would all be one person. -#}
    {%- set placeholders = [
        "test@test.com", "none@none.com", "na@na.com", "no@no.com", "no@email.com", "noemail@noemail.com", "none@email.com", "email@email.com",
        "unknown@unknown.com", "noreply@noreply.com", "a@a.com",
    ] -%}
    case
        when {{ text }} is null or {{ text }} in {{ offline_capi.capi_literals(placeholders) }} then null
        when {{ offline_capi.capi_matches(text, "[^@\\s\\p{Z}\\p{C}]+@[^@.\\s\\p{Z}\\p{C}]+([.][^@.\\s\\p{Z}\\p{C}]+)+") }} then {{ text }}
        else {{ offline_capi.capi_drop("email_not_an_address") }}
    end
{%- endmacro %}
