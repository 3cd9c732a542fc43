{#- Stops building a model whose input was never built, where the database would only name an unknown table. -#}
{% macro capi_needs(name) %}
    {%- if execute and flags.INTROSPECT and load_relation(offline_capi.capi_relation_of(name)) is none -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: " ~ model.name ~ " cannot be built alone, because " ~ name ~ " has not been built; run dbt run --select +"
                ~ model.name ~ "."
            )
        }}
    {%- endif -%}
{% endmacro %}
