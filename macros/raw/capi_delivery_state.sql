{#- The sender's published state as a relation, empty until something has been published. It reads the file each time it is queried.
    The file is capi_delivery_state, else OFFLINE_CAPI_DELIVERY_STATE, else beside OFFLINE_CAPI_LEDGER, which the sender also reads. If none
    is set, it is in the folder .offline-capi of the project, of the folder where dbt was started, or of the warehouse file's folder:
    the sender keeps its ledger in one of these. -#}
{% macro capi_delivery_state() %}
    {%- set text, whole = dbt.type_string(), dbt.type_bigint() -%}
    {%- set columns = {
        "event_key": text, "dataset_id": text, "order_id": text, "store_id": text, "event_name": text, "event_time": whole,
        "value": "decimal(18, 3)", "currency": text, "state": text, "reason": text, "first_attempt_at": whole, "accepted_at": whole,
        "fbtrace_id": text, "expires_at": whole, "published_at": whole,
    } -%}
    {{ return(offline_capi.capi_state_of_file(offline_capi.capi_delivery_state_path(), columns)) }}
{% endmacro %}

{#- What Meta says about each dataset and upload tag, as of the last `offline-capi quality`: meta_says.parquet beside the state; empty if
    Meta has not been asked. -#}
{% macro capi_meta_says() %}
    {%- set columns = {
        "dataset_id": dbt.type_string(), "upload_tag": dbt.type_string(), "valid_entries": dbt.type_bigint(), "matched_entries": dbt.type_bigint(),
        "duplicate_entries": dbt.type_bigint(), "asked_at": dbt.type_bigint(),
    } -%}
    {%- set beside = modules.re.sub("[^/]*$", "", offline_capi.capi_delivery_state_path()) -%}
    {{ return(offline_capi.capi_state_of_file(beside ~ "meta_says.parquet", columns)) }}
{% endmacro %}

{#- Where the published state is. -#}
{% macro capi_delivery_state_path() %}
    {%- set file = "delivery_state.parquet" -%}
    {%- set ledger = env_var("OFFLINE_CAPI_LEDGER", "") -%}
    {%- set beside_ledger = modules.re.sub("[^/]*$", "", ledger) ~ file if ledger else "" -%}
    {%- set named = var("capi_delivery_state", env_var("OFFLINE_CAPI_DELIVERY_STATE", beside_ledger)) -%}
    {%- if named -%} {{ return(offline_capi.capi_absolute_paths([named])[0]) }} {%- endif -%}

    {%- set project = modules.re.sub("^[.]$", "", (flags.PROJECT_DIR or ".") | string) -%}
    {%- set warehouse = modules.re.sub("[^/]*$", "", target.path or "") -%}
    {%- set folders, places = [project ~ "/" if project else "", "", warehouse], [] -%}
    {%- for folder in offline_capi.capi_absolute_paths(folders) -%} {%- do places.append(folder ~ ".offline-capi/" ~ file) -%} {%- endfor -%}
    {#- If there is none yet: the sender will create it in the project, or beside a warehouse that is elsewhere. -#}
    {%- set root = places[0] | replace(".offline-capi/" ~ file, "") -%}
    {%- set is_apart = warehouse.startswith("/") and root.startswith("/") and not warehouse.startswith(root) -%}
    {{ return(offline_capi.capi_first_file(places, places[2] if is_apart else places[0])) }}
{% endmacro %}
