{#- Meta's spelling of a standard event name in any case or punctuation; a custom name of up to 50 characters unchanged;
    NULL for any other text. Source: Meta's offline events page and the event list of its archived offline uploader. -#}
{% macro capi_event_name(value) -%}
    {%- set standard = [
        "AddPaymentInfo", "AddToCart", "AddToWishlist", "CompleteRegistration", "Contact", "CustomizeProduct", "Donate",
        "FindLocation", "InitiateCheckout", "Lead", "Other", "PageView", "Purchase", "Schedule", "Search", "StartTrial",
        "SubmitApplication", "Subscribe", "ViewContent",
    ] -%}
    case {{ offline_capi.capi_replace(offline_capi.capi_lower(value), "[^a-z]", "") }}
        {%- for name in standard %}
        when '{{ name | lower }}' then '{{ name }}'
        {%- endfor %}
        else case when {{ offline_capi.capi_matches(value, "[A-Za-z][A-Za-z0-9 _-]{0,49}") }} then {{ value }} end
    end
{%- endmacro %}
