{#- This holds however dbt is run: by model, by folder, without some models, after a failure. The parts of the incremental build are
    int_capi__touched, which finds the orders to judge, and all models downstream of it. A part counts if it was built after
    int_capi__touched, from parts that count, with the same settings, and, if that was another call of dbt, while the raw rows of the
    orders to judge were as int_capi__touched had found them. Where this is noted depends on the engine. An incremental table takes over
    what its parts say only if all of them count; the memory of what was judged is one of these tables. -#}

{#- The parts, as a list of dbt's unique ids. -#}
{% macro capi_parts() %}
    {%- set parts = ["model.offline_capi.int_capi__touched"] -%}
    {%- set models = graph.nodes.values() | selectattr("resource_type", "equalto", "model") | selectattr("package_name", "equalto", "offline_capi") | list -%}
    {%- for _ in models -%}
        {%- set before = parts | length -%}
        {%- for node in models if node.unique_id not in parts and node.depends_on.nodes | select("in", parts) | first is defined -%}
            {%- do parts.append(node.unique_id) -%}
        {%- endfor -%}
        {%- if parts | length == before -%} {%- break -%} {%- endif -%}
    {%- endfor -%}
    {{ return(parts) }}
{% endmacro %}

{#- The names of the parts that this model is built from and that do not count; all of them while nothing is known. Takes what
    capi_noted_parts gives. -#}
{% macro capi_missing_parts(noted=none) %}
    {%- if not execute or flags.WHICH not in ["run", "build", "retry"] -%} {{ return([]) }} {%- endif -%}
    {%- set parts = offline_capi.capi_parts() -%}
    {%- set counting = offline_capi.capi_noted_parts() if noted is none else noted -%}
    {%- set missing = [] -%}
    {%- for id in graph.nodes[model.unique_id].depends_on.nodes if id in parts and id.split(".")[-1] not in counting -%}
        {%- do missing.append(id.split(".")[-1]) -%}
    {%- endfor -%}
    {{ return(missing) }}
{% endmacro %}

{#- The parts that count, at least those that this model is built from: name -> the call of dbt and the settings that built it; none while dbt
    shows only some of the rows. -#}
{% macro capi_noted_parts() %}
    {%- if not execute or offline_capi.capi_sees_a_sample() -%} {{ return({}) }} {%- endif -%}
    {%- set names = ["int_capi__touched"] -%}
    {%- for id in graph.nodes[model.unique_id].depends_on.nodes if id in offline_capi.capi_parts() and id.split(".")[-1] not in names -%}
        {%- do names.append(id.split(".")[-1]) -%}
    {%- endfor -%}
    {{ return(offline_capi.capi_read_notes(names)) }}
{% endmacro %}

{#- Whether dbt shows the models only some of the rows, or none. -#}
{% macro capi_sees_a_sample() %} {{ return(flags.EMPTY or flags.SAMPLE) }} {% endmacro %}

{#- A statement that notes that the model just built counts, or nothing. This is the post-hook of every model. -#}
{% macro capi_note_part() -%}
    {%- if not execute or model.unique_id not in offline_capi.capi_parts() or offline_capi.capi_sees_a_sample() -%} {{ return("") }} {%- endif -%}
    {%- set settings = local_md5(offline_capi.capi_settings() | tojson) -%}
    {%- if model.name == "int_capi__touched" -%} {{ return(offline_capi.capi_write_note(invocation_id, settings)) }} {%- endif -%}
    {%- set noted = offline_capi.capi_noted_parts() -%}
    {%- set start = noted.get("int_capi__touched") -%}
    {#- Another thread may have ended the run since, and emptied the list. -#}
    {%- if not start or offline_capi.capi_missing_parts(noted) -%} {{ return("") }} {%- endif -%}
    {%- if start[1] != settings or start[0] != invocation_id and offline_capi.capi_rows_have_changed() -%} {{ return("") }} {%- endif -%}
    {{ return(offline_capi.capi_write_note(start[0], settings)) }}
{%- endmacro %}

{#- Whether the raw rows of the orders to judge differ from what int_capi__touched found. -#}
{% macro capi_rows_have_changed() %}
    {%- set touched, now = offline_capi.capi_relation_of("int_capi__touched"), offline_capi.capi_relation_of("int_capi__fingerprints") -%}
    {%- set changed = run_query(
        "select 1 from " ~ touched ~ " as touched left join " ~ now ~ " as now on touched.order_group = now.order_group"
        ~ " where touched.facts is distinct from now.facts or touched.persons is distinct from now.persons limit 1"
    ) -%}
    {{ return(changed | length > 0) }}
{% endmacro %}

{#- Whether an incremental table must stay as it is, because parts that it is built from do not count; it then warns. Raises an error
    if there is no table yet, or not an incremental one, and it would be built only from the changes of one run. -#}
{% macro capi_is_partial() %}
    {%- do offline_capi.capi_keep_materialized() -%}
    {#- Before any return, so that dbt learns of the dependencies while it parses. -#}
    {%- set orders, touched = ref("offline_capi", "int_capi__order_rows"), ref("offline_capi", "int_capi__touched") -%}
    {%- if not execute or flags.WHICH not in ["run", "build", "retry"] -%} {{ return(false) }} {%- endif -%}
    {%- set missing = offline_capi.capi_missing_parts() -%}
    {%- set remedy = "run dbt run --select package:offline_capi" -%}
    {%- if is_incremental() -%}
        {%- if missing -%}
            {%- do exceptions.warn(
                "offline_capi: " ~ this.identifier ~ " stays as it was, because this run has not built " ~ missing | join(", ")
                ~ " from the orders as they are now; no order is lost, and the next complete run processes them: " ~ remedy ~ "."
            ) -%}
        {%- endif -%}
        {{ return(missing | length > 0) }}
    {%- endif -%}
    {%- if offline_capi.capi_sees_a_sample() -%} {{ return(false) }} {%- endif -%}
    {%- if missing -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: " ~ this.identifier ~ " cannot be built alone, because the run has not built " ~ missing | join(", ") ~ " before it; " ~ remedy
                ~ (" --full-refresh" if flags.FULL_REFRESH else "") ~ "."
            )
        }}
    {%- endif -%}
    {%- set part = run_query(
        "select 1 where exists (select 1 from " ~ orders ~ ") and not exists (select 1 from " ~ touched ~ " where is_whole)"
    ) -%}
    {%- if part | length > 0 -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: " ~ this.identifier ~ " would be built only from the changes of the last run and lose everything else;"
                ~ " build everything upstream of it: dbt run --full-refresh --select package:offline_capi."
            )
        }}
    {%- endif -%}
    {{ return(false) }}
{% endmacro %}

{#- Statements that note when dbt last built everything, once all tables are complete: after a partial or failed run, the tables are no newer
    than the run before. -#}
{% macro capi_note_run() -%}
    {%- set last_run = offline_capi.capi_table_of("int_capi__last_run") -%}
    {%- if not last_run or offline_capi.capi_missing_parts() or offline_capi.capi_sees_a_sample() -%} {{ return("") }} {%- endif -%}
    {%- set moments = [run_started_at.timestamp() | int, offline_capi.capi_now()] | join(", ") -%}
    {%- set note = "insert into " ~ last_run ~ " (started_at, as_of) values (" ~ moments ~ ")" -%}
    {{ return(offline_capi.capi_in_turn([offline_capi.capi_empty(last_run), note])) }}
{%- endmacro %}

{#- Statements that empty the parts once all tables have taken everything over: the parts hold hashes of people
    who may not be sent, and are of no use to a later run. Before, all that is noted is forgotten. -#}
{% macro capi_empty_parts() -%}
    {%- if not execute or offline_capi.capi_sees_a_sample() or offline_capi.capi_missing_parts() -%} {{ return("") }} {%- endif -%}
    {%- set statements = [offline_capi.capi_forget_notes()] -%}
    {%- for id in offline_capi.capi_parts() if graph.nodes[id].config.materialized == "table" and graph.nodes[id].fqn[1] == "intermediate" -%}
        {%- do statements.append(offline_capi.capi_empty(offline_capi.capi_relation_of(id.split(".")[-1]))) -%}
    {%- endfor -%}
    {{ return(offline_capi.capi_in_turn(statements)) }}
{%- endmacro %}
