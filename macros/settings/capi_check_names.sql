{#- Raises an error for a variable that misspells one of ours, and warns about any other with our prefix: nothing reads it, so the default
    would silently apply. dbt has no documented way to list variables; if adapter.config does not have them, nothing is checked. -#}
{% macro capi_check_names() %}
    {%- if adapter.config is not defined or adapter.config.vars is not defined -%} {{ return("") }} {%- endif -%}
    {%- set ours, given = offline_capi.capi_variable_names(), [] -%}
    {%- set projects = [project_name, "offline_capi", adapter.config.project_name] -%}
    {%- for scope in [adapter.config.vars.to_dict(), adapter.config.cli_vars] -%}
        {%- for name in scope if name not in projects and modules.re.match("(?i)(offline_?)?capi", name | string) -%} {%- do given.append(name) -%} {%- endfor -%}
        {%- if scope.get("offline_capi") is mapping -%} {%- do given.extend(scope["offline_capi"]) -%} {%- endif -%}
    {%- endfor -%}

    {%- for name in given | unique if name not in ours -%}
        {%- set key = "capi_" ~ modules.re.sub("^(offline_?)?(capi_?)?", "", name | string | lower | replace("-", "_")) -%}
        {#- One or two letters are missing, added, changed or swapped. -#}
        {%- set slips = [modules.re.escape(key)] -%}
        {%- for at in range(5, key | length) -%}
            {%- do slips.append(modules.re.escape(key[:at]) ~ ".{0,3}" ~ modules.re.escape(key[at + 2 :])) -%}
        {%- endfor -%}
        {%- for meant in ours if modules.re.match("(" ~ slips | join("|") ~ ")$", meant) -%}
            {{ exceptions.raise_compiler_error("offline_capi: there is no variable " ~ name ~ ", so it would have no effect; did you mean " ~ meant ~ "?") }}
        {%- endfor -%}
        {%- set related = [] -%}
        {%- for other in ours if key.split("_")[1:] | select("in", other.split("_")[1:]) | list -%} {%- do related.append(other) -%} {%- endfor -%}
        {%- if execute -%}
            {%- do exceptions.warn(
                "offline_capi: there is no variable " ~ name ~ ", so it has no effect; "
                ~ (("there is " ~ related | join(" and ")) if related else "docs/settings.md lists all variables") ~ "."
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}

{#- The names of all variables that this package reads. -#}
{% macro capi_variable_names() %}
    {%- set names = offline_capi.capi_settings() | reject("in", ["version", "rules"]) | list -%}
    {%- do names.extend(["capi_as_of", "capi_delivery_state", "capi_given_name", "capi_source_database", "capi_source_schema"]) -%}
    {%- for table in offline_capi.capi_raw_tables() -%}
        {%- do names.extend(["capi_" ~ table ~ "_identifier", "capi_" ~ table ~ "_model"]) -%}
        {%- if table != "orders" -%} {%- do names.append("capi_use_" ~ table) -%} {%- endif -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
