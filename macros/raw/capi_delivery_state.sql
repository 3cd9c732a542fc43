{#- The sender's published state as a relation, empty while nothing has been published. It reads the file whenever it is asked.
    The file is capi_delivery_state, else OFFLINE_CAPI_DELIVERY_STATE, else beside OFFLINE_CAPI_LEDGER, which the sender reads as well. Where
    none is set it is in the folder .offline-capi of the project, of the folder dbt was started in, or of that of the warehouse file:
    the sender keeps its ledger in one of these. -#}
{% macro capi_delivery_state() %}
    {%- set file = "delivery_state.parquet" -%}
    {%- set ledger = env_var("OFFLINE_CAPI_LEDGER", "") -%}
    {%- set beside_ledger = modules.re.sub("[^/]*$", "", ledger) ~ file if ledger else "" -%}
    {%- set named = var("capi_delivery_state", env_var("OFFLINE_CAPI_DELIVERY_STATE", beside_ledger)) -%}
    {%- if named -%} {{ return(offline_capi.capi_state_of_file(offline_capi.capi_absolute_path(named))) }} {%- endif -%}

    {%- set project = modules.re.sub("^[.]$", "", (flags.PROJECT_DIR or ".") | string) -%}
    {%- set warehouse = modules.re.sub("[^/]*$", "", target.path or "") -%}
    {%- set places = [] -%}
    {%- for folder in [project ~ "/" if project else "", "", warehouse] -%}
        {%- do places.append(offline_capi.capi_absolute_path(folder ~ ".offline-capi/" ~ file)) -%}
    {%- endfor -%}
    {#- None is there yet: the sender will make it in the project, or beside a warehouse that lies elsewhere. -#}
    {%- set root = places[0] | replace(".offline-capi/" ~ file, "") -%}
    {%- set is_apart = warehouse.startswith("/") and root.startswith("/") and not warehouse.startswith(root) -%}
    {{ return(offline_capi.capi_state_of_file(offline_capi.capi_first_file(places, places[2] if is_apart else places[0]))) }}
{% endmacro %}
