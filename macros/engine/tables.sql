{#- Statements on tables and files, and the look-up of a value in a table, which engines plan or write differently. -#}

{#- The value of a column in the one row of a look-up model whose key columns equal the given expressions; NULL when there is none.
    `keys` maps key columns to SQL expressions. -#}
{% macro capi_look_up(model, column, keys) %}
    {{ return(adapter.dispatch("capi_look_up", "offline_capi")(model, column, keys)) }}
{% endmacro %}

{#- How to materialize a model that long chains of models build on: as a view or, if every reader would plan the whole chain anew, as a table,
    which is emptied at the end of the run. -#}
{% macro capi_step() %} {{ return(adapter.dispatch("capi_step", "offline_capi")()) }} {% endmacro %}

{#- A statement that deletes all rows of a table. -#}
{% macro capi_empty(table) %} {{ return(adapter.dispatch("capi_empty", "offline_capi")(table)) }} {% endmacro %}

{#- Statements for one hook, to be run one after the other: a text, or nothing where the engine takes one at a time and they have been run. -#}
{% macro capi_in_turn(statements) %} {{ return(adapter.dispatch("capi_in_turn", "offline_capi")(statements)) }} {% endmacro %}

{#- What is noted about the parts of the incremental build (macros/changes/capi_parts.sql), for these models at least: name -> the call of dbt and
    the settings that built it. -#}
{% macro capi_read_notes(names) %} {{ return(adapter.dispatch("capi_read_notes", "offline_capi")(names)) }} {% endmacro %}

{#- A statement that notes that this model was built by this call of dbt, with these settings, from what the call `start` found. The note of
    int_capi__touched makes all others void. -#}
{% macro capi_write_note(start, settings) %} {{ return(adapter.dispatch("capi_write_note", "offline_capi")(start, settings)) }} {% endmacro %}

{#- A statement that makes all notes void. -#}
{% macro capi_forget_notes() %} {{ return(adapter.dispatch("capi_forget_notes", "offline_capi")()) }} {% endmacro %}

{#- Makes the memory of judged orders forget what it knows about the groups of another table, but not that these groups exist. -#}
{% macro capi_forget_groups(judged, touched) %}
    {{ return(adapter.dispatch("capi_forget_groups", "offline_capi")(judged, touched)) }}
{% endmacro %}

{#- Deletes a table's rows for which a condition is true. If it is true for a row, it must be true for all rows with the same value of `key`, which
    is never NULL. -#}
{% macro capi_delete_rows(table, key, condition) %}
    {{ return(adapter.dispatch("capi_delete_rows", "offline_capi")(table, key, condition)) }}
{% endmacro %}

{#- Gives event rows the group and identity that they now have in int_capi__built_events. -#}
{% macro capi_move_rows(events, built) %} {{ return(adapter.dispatch("capi_move_rows", "offline_capi")(events, built)) }} {% endmacro %}

{#- A hook of a model with a contract: sets the best compression for a column of long texts, if the database can. Runs nothing. -#}
{% macro capi_compress(column) %} {{ return(adapter.dispatch("capi_compress", "offline_capi")(column)) }} {% endmacro %}

{#- One of the sender's Parquet files as a relation, read each time it is queried; empty if there is no file. `columns` are its columns, as
    name: type; extra ones do no harm, and one that the file lacks is NULL. -#}
{% macro capi_state_of_file(path, columns) %} {{ return(adapter.dispatch("capi_state_of_file", "offline_capi")(path, columns)) }} {% endmacro %}

{#- The first of these files that exists, else the other one. -#}
{% macro capi_first_file(paths, otherwise) %}
    {{ return(adapter.dispatch("capi_first_file", "offline_capi")(paths, otherwise)) }}
{% endmacro %}

{#- Paths that mean the same from every folder; a relative path starts from the folder in which dbt was started. -#}
{% macro capi_absolute_paths(paths) %} {{ return(adapter.dispatch("capi_absolute_paths", "offline_capi")(paths)) }} {% endmacro %}

{#- The columns of a relation as a mapping of name to type, in order; the relation is found in any case, as in SQL. None if it does not
    exist, is an ephemeral model, or nothing may be looked up. -#}
{% macro capi_columns_in(relation) %}
    {{ return(none if relation.is_cte or not flags.INTROSPECT else adapter.dispatch("capi_columns_in", "offline_capi")(relation)) }}
{% endmacro %}

{#- The first 30 tables and views of the database in which a relation would be, as a list of schema.name, without those of this package. -#}
{% macro capi_tables_in(relation) %} {{ return(adapter.dispatch("capi_tables_in", "offline_capi")(relation)) }} {% endmacro %}

{#- The value of full_refresh in the config of an incremental model: true if a table's rows cannot be changed, so that each run builds all of it,
    else none. -#}
{% macro capi_always_whole() %} {{ return(adapter.dispatch("capi_always_whole", "offline_capi")()) }} {% endmacro %}

{#- The pre-hook of every model: raises an error if the engine cannot write the tables' format, or would have to change rows in it and
    cannot. Runs nothing. -#}
{% macro capi_check_format() %} {{ return(adapter.dispatch("capi_check_format", "offline_capi")()) }} {% endmacro %}

{#- Whether a column is typed as a number, as opposed to a text that may be one. -#}
{% macro capi_is_number(column) %} {{ return(adapter.dispatch("capi_is_number", "offline_capi")(column)) }} {% endmacro %}

{#- A name as an SQL identifier, whatever it contains. -#}
{% macro capi_quoted(name) %} {{ return(adapter.dispatch("capi_quoted", "offline_capi")(name)) }} {% endmacro %}

{#- Pairs of a name and the word that it may misspell: two letters may differ in long words, one in short ones, never the first. Takes two
    lists of texts. -#}
{% macro capi_similar_words(names, words) %} {{ return(adapter.dispatch("capi_similar_words", "offline_capi")(names, words)) }} {% endmacro %}

{#- How many rows a relation has. -#}
{% macro capi_row_count(relation) %} {{ return(run_query("select count(*) from " ~ relation).columns[0].values()[0]) }} {% endmacro %}

{#- About this percentage of the rows of a relation, sampled in blocks so that the rest is not read. -#}
{% macro capi_sample(relation, percent) %} {{ return(adapter.dispatch("capi_sample", "offline_capi")(relation, percent)) }} {% endmacro %}
