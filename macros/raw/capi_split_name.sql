{#- The first or the last name (`part`: first or last) from one column that holds both, for a shop's own models. `given_name` says whether
    the given name comes first or last; without it capi_given_name decides, and without that it is first. In `Lee, Ann` the comma decides.

    Titles (Dr., Mrs, Herr) and suffixes (Jr., III) are left out. Of three or more words, one is the given name; the last name is the
    last word, or everything from a particle on (de la Cruz, van der Berg), so middle names are left out. NULL if it is not
    known which word is which: for a single word, and for two people (Ann & Bob Lee). -#}
{% macro capi_split_name(value, part, given_name=none) -%}
    {%- set order = given_name or offline_capi.capi_setting("capi_given_name", ["first", "last"]) -%}
    {%- if part not in ["first", "last"] or order not in ["first", "last"] -%}
        {{ exceptions.raise_compiler_error("offline_capi: capi_split_name takes first or last, not '" ~ part ~ "' and '" ~ order ~ "'.") }}
    {%- endif -%}
    {%- set titles = "(?i)^(((mr|mrs|ms|miss|mx|dr|prof|herr|frau|mme|mlle|sra|srta|dott|dhr|mevr)[.]?|(m|hr|fr|sr|ing|mag)[.]) )+" -%}
    {%- set suffixes = "(?i),? (jr|sr|ii|iii|iv|phd|md|esq)[.]?$" -%}
    {%- set several = "(?i).*([&+/]| (and|und|et|en|og|och) ).*" -%}
    {%- set particles = "(?i)^\\S+ (.* )??((de|del|della|dello|di|da|do|das|dos|du|des|la|le|van|von|vom|zu|zum|zur|den|der|ter|ten|af|av|al|el|bin|ibn|ben|mac|st[.]?|san) .+)$" -%}
    (
        with
            capi_given as (select {{ value }} as capi_name),
            capi_cleaned as (select {{ offline_capi.capi_clean("capi_name") }} as capi_text from capi_given),
            capi_spaced as (select {{ offline_capi.capi_replace("capi_text", "[\\s\\p{Z}]+", " ") }} as name from capi_cleaned),
            capi_untitled as (select {{ offline_capi.capi_replace("name", titles, "") }} as name from capi_spaced),
            capi_bare as (select {{ offline_capi.capi_replace("name", suffixes, "") }} as name from capi_untitled)
        select
            case
                when {{ offline_capi.capi_matches("name", several) }} then null
                when {{ offline_capi.capi_matches("name", "[^,]*[^, ][^,]*, ?[^, ][^,]*") }}
                then {{ offline_capi.capi_replace("name", "^[^,]*, ?(\\S+).*$" if part == "first" else "^([^,]*[^, ]) *,.*$", "\\1") }}
                when not {{ offline_capi.capi_matches("name", "[^, ]+( [^, ]+)+") }} then null
                {%- if order == "first" and part == "first" %}
                else {{ offline_capi.capi_replace("name", " .*$", "") }}
                {%- elif order == "first" %}
                when {{ offline_capi.capi_matches("name", particles) }} then {{ offline_capi.capi_replace("name", particles, "\\2") }}
                else {{ offline_capi.capi_replace("name", "^.* ", "") }}
                {%- elif part == "first" %}
                else {{ offline_capi.capi_replace("name", "^.* ", "") }}
                {%- else %}
                else {{ offline_capi.capi_replace("name", " [^ ]+$", "") }}
                {%- endif %}
            end
        from capi_bare
    )
{%- endmacro %}
