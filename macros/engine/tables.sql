{#- Statements on tables and files, and the look-up of a value in a table, which engines plan or write differently. -#}

{#- The value of a column in the one row of a look-up model whose key columns equal the given expressions; NULL when there is none.
    `keys` maps key columns to SQL expressions. -#}
{% macro capi_look_up(model, column, keys) %}
    {{ return(adapter.dispatch("capi_look_up", "offline_capi")(model, column, keys)) }}
{% endmacro %}

{#- How a model is kept on which long chains of models build: as a view, or where every reader would plan the whole chain anew as a table, which
    is emptied at the end of the run. -#}
{% macro capi_step() %} {{ return(adapter.dispatch("capi_step", "offline_capi")()) }} {% endmacro %}

{#- A statement that takes all rows out of a table. -#}
{% macro capi_empty(table) %} {{ return(adapter.dispatch("capi_empty", "offline_capi")(table)) }} {% endmacro %}

{#- Statements for one hook, to be run one after the other: a text, or nothing where the engine takes one at a time and they have been run. -#}
{% macro capi_in_turn(statements) %} {{ return(adapter.dispatch("capi_in_turn", "offline_capi")(statements)) }} {% endmacro %}

{#- Makes the memory of judged orders forget what it knows of the groups of another table, but not that there are such groups. -#}
{% macro capi_forget_groups(judged, touched) %}
    {{ return(adapter.dispatch("capi_forget_groups", "offline_capi")(judged, touched)) }}
{% endmacro %}

{#- Deletes the rows of a table that a condition is true of. Where it is true of a row it has to be true of all rows with the same value of `key`, which
    is never NULL. -#}
{% macro capi_delete_rows(table, key, condition) %}
    {{ return(adapter.dispatch("capi_delete_rows", "offline_capi")(table, key, condition)) }}
{% endmacro %}

{#- Gives rows of events the group and the identity that int_capi__built_events says they have now. -#}
{% macro capi_move_rows(events, built) %} {{ return(adapter.dispatch("capi_move_rows", "offline_capi")(events, built)) }} {% endmacro %}

{#- A hook of a model with a contract: has a column of long texts compressed as suits them best, where the database can. Runs nothing. -#}
{% macro capi_compress(column) %} {{ return(adapter.dispatch("capi_compress", "offline_capi")(column)) }} {% endmacro %}

{#- A Parquet file of the sender's as a relation, read whenever it is asked; empty while there is no file. `columns` are those it has, as name:
    type; further ones do no harm, and one that the file lacks is NULL. -#}
{% macro capi_state_of_file(path, columns) %} {{ return(adapter.dispatch("capi_state_of_file", "offline_capi")(path, columns)) }} {% endmacro %}

{#- The first of these files that is there, else the other one. -#}
{% macro capi_first_file(paths, otherwise) %}
    {{ return(adapter.dispatch("capi_first_file", "offline_capi")(paths, otherwise)) }}
{% endmacro %}

{#- A path that means the same from every folder; a relative one counts from the folder in which dbt was started. -#}
{% macro capi_absolute_path(path) %} {{ return(adapter.dispatch("capi_absolute_path", "offline_capi")(path)) }} {% endmacro %}

{#- The columns of a relation, a mapping of name to type in its order, looked up without regard to case as SQL does; None when it does not
    exist, is an ephemeral model, or nothing may be looked up. -#}
{% macro capi_columns_in(relation) %}
    {{ return(none if relation.is_cte or not flags.INTROSPECT else adapter.dispatch("capi_columns_in", "offline_capi")(relation)) }}
{% endmacro %}

{#- The tables and views of the database in which a relation would be, as a list of schema.name, the first 30; those of this package are left
    out. -#}
{% macro capi_tables_in(relation) %} {{ return(adapter.dispatch("capi_tables_in", "offline_capi")(relation)) }} {% endmacro %}

{#- What full_refresh is in the config of a model that is built incrementally: true where rows of a table cannot be changed, so that each run builds
    all of it, else none. -#}
{% macro capi_always_whole() %} {{ return(adapter.dispatch("capi_always_whole", "offline_capi")()) }} {% endmacro %}

{#- The pre-hook of every model: raises an error where tables are to be of a format that the engine cannot write, or whose rows it cannot
    change and would have to. Runs nothing. -#}
{% macro capi_check_format() %} {{ return(adapter.dispatch("capi_check_format", "offline_capi")()) }} {% endmacro %}

{#- Whether a column is typed as a number, and no text that may be one. -#}
{% macro capi_is_number(column) %} {{ return(adapter.dispatch("capi_is_number", "offline_capi")(column)) }} {% endmacro %}

{#- A name as an identifier of SQL, whatever is in it. -#}
{% macro capi_quoted(name) %} {{ return(adapter.dispatch("capi_quoted", "offline_capi")(name)) }} {% endmacro %}

{#- Pairs of a name and the word that it may be a slip of: two letters differ in long ones, one in short ones, never the first. Takes two
    lists of texts. -#}
{% macro capi_similar_words(names, words) %} {{ return(adapter.dispatch("capi_similar_words", "offline_capi")(names, words)) }} {% endmacro %}

{#- How many rows a relation has. -#}
{% macro capi_row_count(relation) %} {{ return(run_query("select count(*) from " ~ relation).columns[0].values()[0]) }} {% endmacro %}

{#- A relation, or about so many per cent of its rows, taken in blocks so that the rest is not read. -#}
{% macro capi_sample(relation, percent) %} {{ return(adapter.dispatch("capi_sample", "offline_capi")(relation, percent)) }} {% endmacro %}
