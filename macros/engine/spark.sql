{#- Everything specific to Spark, for dbt-spark and Databricks, whose adapter falls back to it: one implementation for each macro that this folder
    dispatches, in the same order. docs/engines.md says what the two engines understand differently. Written for Spark 4. -#}

{# -------- text -------- #}

{# A backslash in a literal is an escape. #}
{% macro spark__capi_literal(text) -%} '{{ text | string | replace("\\", "\\\\") | replace("'", "\\'") }}' {%- endmacro %}

{% macro spark__capi_matches(text, pattern, is_column) -%}
    {%- if is_column -%} {{ text }} rlike concat('\\A(?:', {{ pattern }}, ')\\z')
    {%- else -%} {{ text }} rlike {{ offline_capi.capi_literal("\\A(?:" ~ offline_capi._capi_java_pattern(pattern) ~ ")\\z") }}
    {%- endif -%}
{%- endmacro %}

{# The only patterns that are not literals are those for phone numbers. Both engines read them in the same way, because they are matched against digits. #}
{% macro spark__capi_finds(text, pattern) -%}
    {%- set literal = modules.re.fullmatch("'(.*)'", pattern) if "||" not in pattern else none -%}
    {{ text }} rlike {{ offline_capi.capi_literal(offline_capi._capi_java_pattern(offline_capi._capi_unquoted(pattern))) if literal else pattern }}
{%- endmacro %}

{% macro spark__capi_replace(text, pattern, replacement) -%}
    regexp_replace(
        {{ text }}, {{ offline_capi.capi_literal(offline_capi._capi_java_pattern(pattern)) }}, {{ offline_capi.capi_literal(replacement | replace("\\", "$")) }}
    )
{%- endmacro %}

{# Every pattern that gets here begins with ^, so there is at most one match. #}
{% macro spark__capi_replace_first(text, pattern, replacement) -%}
    regexp_replace({{ text }}, {{ pattern }}, replace({{ replacement }}, '#', '$'))
{%- endmacro %}

{% macro spark__capi_starts_with(text, beginning) -%} startswith({{ text }}, {{ beginning }}) {%- endmacro %}

{# In lower case, Java writes İ as an i with a dot above it, and a sigma at the end of a word as ς. #}
{% macro spark__capi_lower(text) -%} lower(translate({{ text }}, 'İΣ', 'iσ')) {%- endmacro %}

{% macro spark__capi_trim(text) -%}
    case
        when ascii({{ text }}) between 33 and 126 and ascii(right({{ text }}, 1)) between 33 and 126 then {{ text }}
        else {{ offline_capi.capi_replace(text, "^[\\p{Z}\\p{C}]+|[\\p{Z}\\p{C}]+$", "") }}
    end
{%- endmacro %}

{# No SQL function does it, but the library with which Spark 4 sorts texts does. Spark assumes that such a call may return something else each
   time, so the result is computed once and is not used in an aggregate. #}
{% macro spark__capi_nfc(text) -%}
    case
        when coalesce({{ offline_capi.capi_is_ascii(text) }}, true) then {{ text }}
        else reflect('com.ibm.icu.text.Normalizer', 'compose', {{ text }}, false)
    end
{%- endmacro %}

{% macro spark__capi_is_ascii(text) -%} octet_length({{ text }}) = length({{ text }}) {%- endmacro %}

{% macro spark__capi_fold(text, characters, others, written) -%} translate({{ text }}, {{ characters }}, {{ others }}) {%- endmacro %}

{% macro spark__capi_concat(texts) -%} concat_ws('', {{ texts | join(", ") }}) {%- endmacro %}

{# A timestamp is an instant, and its text depends on the session's zone; a timestamp_ntz is what a clock shows. Java writes 1.0E10 and 1.0E-5,
   DuckDB 10000000000 and 1e-05. #}
{% macro spark__capi_as_text(value, type, separator, is_day) -%}
    {%- set scalar = modules.re.split("[(<>]", modules.re.sub("^(ARRAY<)+", "", type))[0] | trim -%}
    {%- set as_they_are = ["", "STRING", "VARCHAR", "CHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INT", "BIGINT", "DATE", "TIMESTAMP_NTZ", "VOID"] -%}
    {%- if scalar not in as_they_are + ["DOUBLE", "FLOAT", "DECIMAL", "TIMESTAMP"] -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: the raw column " ~ value ~ " has the type " ~ type | lower ~ ", which Spark cannot write as a readable text;"
                ~ " turn it into a text in a model of your own and name that in capi_orders_model, capi_order_items_model, capi_customers_model or"
                ~ " capi_stores_model, or set the column to null in capi_columns."
            )
        }}
    {%- elif type.startswith("ARRAY<") -%}
        {%- set items = "transform(" ~ value ~ ", item -> " ~ offline_capi.capi_as_text("item", type[6:-1], separator, is_day) ~ ")" -%}
        case
            when size({{ value }}) <= 1 then try_element_at({{ items }}, 1)
            else {{ "array_join(" ~ items ~ ", '" ~ separator ~ "')" if separator else "'[…]'" }}
        end
    {%- elif scalar in ["DOUBLE", "FLOAT"] -%}
        {%- set shortest = "cast(" ~ value ~ " as string)" -%}
        case
            when isnan({{ value }}) then null
            when {{ value }} = floor({{ value }}) and abs({{ value }}) < {{ 9007199254740992 if scalar == "DOUBLE" else 16777216 }}
            then cast(cast({{ value }} as bigint) as string)
            when abs({{ value }}) >= 0.0001 and abs({{ value }}) < 1e16
            then trim(trailing '.' from trim(trailing '0' from cast(cast({{ shortest }} as decimal(38, 21)) as string)))
            else regexp_replace(regexp_replace(regexp_replace({{ shortest }}, '[.]0E', 'e'), '[eE]([0-9])', 'e+$1'), '([+-])([0-9])\\z', '$10$2')
        end
    {%- elif scalar == "DECIMAL" -%}
        {%- set scale = modules.re.search(",(\\d+)", type.replace(" ", "")) -%}
        regexp_replace(
            {{ "format_number(" ~ value ~ ", '0." ~ "0" * (scale[1] | int) ~ "')" if scale and scale[1] | int > 6 else "cast(" ~ value ~ " as string)" }},
            '[.]0+\\z',
            ''
        )
    {%- elif scalar == "TIMESTAMP" -%}
        {%- set micros = "pmod(unix_micros(" ~ value ~ "), 1000000)" -%}
        {%- set day = "cast(" ~ offline_capi.capi_utc_date("unix_seconds(" ~ value ~ ")") ~ " as string)" -%}
        {%- set utc = day ~ " || ' ' || " ~ offline_capi._capi_clock("pmod(unix_seconds(" ~ value ~ "), 86400)")
            ~ " || case when " ~ micros ~ " > 0 then trim(trailing '0' from '.' || lpad(cast(" ~ micros ~ " as string), 6, '0')) else '' end" -%}
        {%- if is_day -%}
            {#- Midnight in UTC or in the session's zone, because there a date without a time of day was turned into an instant. -#}
            case
                when pmod(unix_micros({{ value }}), 86400000000) <> 0 and cast({{ value }} as string) like '% 00:00:00'
                then substr(cast({{ value }} as string), 1, 10)
                else {{ utc }} || '+00'
            end
        {%- else -%} {{ utc }} || '+00'
        {%- endif -%}
    {%- else -%} cast({{ value }} as string)
    {%- endif -%}
{%- endmacro %}

{% macro spark__capi_format_date(value) -%} date_format({{ value }}, 'yyyyMMdd') {%- endmacro %}

{# -------- lists -------- #}

{% macro spark__capi_split(text, separator) -%} split({{ text }}, {{ offline_capi.capi_literal("\\Q" ~ separator ~ "\\E") }}) {%- endmacro %}

{% macro spark__capi_unnest(list) -%} explode({{ list }}) {%- endmacro %}

{% macro spark__capi_list_of(text) -%} case when {{ text }} is not null then array({{ text }}) end {%- endmacro %}

{% macro spark__capi_sorted_list(text) -%} nullif(sort_array(collect_set({{ text }})), cast(array() as array<string>)) {%- endmacro %}

{% macro spark__capi_present_texts(lists, texts) -%}
    case
        when {{ (lists + texts) | join(" is null and ") }} is null then null
        else
            filter(
                concat({% for list in lists %}coalesce({{ list }}, cast(array() as array<string>)), {% endfor %}array({{ texts | join(", ") }})),
                text -> text is not null
            )
    end
{%- endmacro %}

{% macro spark__capi_union_of_hash_lists(own, customer) -%}
    case
        when {{ own }} is null then array_join({{ customer }}, '","')
        when {{ customer }} is null or {{ own }} = {{ customer }} then array_join({{ own }}, '","')
        else array_join(sort_array(array_union({{ own }}, {{ customer }})), '","')
    end
{%- endmacro %}

{# -------- hashes -------- #}

{% macro spark__capi_sha256_hex(text) -%} sha2(nullif({{ text }}, ''), 256) {%- endmacro %}

{# xxhash64 leaves NULLs out, so it would miss a value that moves to another column. 63 of its 64 bits are kept: Spark has no unsigned numbers,
   and the sender takes no negative ones. #}
{% macro spark__capi_hash_of(expressions) -%}
    shiftrightunsigned(xxhash64({% for expression in expressions %}{{ expression }}, {{ expression }} is null{{ ", " if not loop.last }}{% endfor %}), 1)
{%- endmacro %}

{# to_json leaves out NULLs and their names. #}
{% macro spark__capi_row_hash(cte) -%} shiftrightunsigned(xxhash64(to_json(struct({{ cte }}.*))), 1) {%- endmacro %}

{% macro spark__capi_sum_of_hashes(hash) -%} sum(cast({{ hash }} as decimal(38, 0))) {%- endmacro %}

{# -------- json -------- #}

{# to_json does not take a single text, so the text is in a list. #}
{% macro spark__capi_json_string(value) -%}
    case when {{ value }} is not null then substr(to_json(array({{ value }})), 2, length(to_json(array({{ value }}))) - 2) end
{%- endmacro %}

{# Not collect_set, which keeps some equal structs twice. #}
{% macro spark__capi_json_array_agg(value, order_by) -%}
    {%- set bare = value | replace("distinct ", "") -%}
    {%- set items -%}
        transform(
            sort_array(collect_list(case when {{ bare }} is not null then struct({{ order_by }}, {{ bare }} as capi_item) end)),
            capi_pair -> capi_pair.capi_item
        )
    {%- endset -%}
    case when count({{ bare }}) > 0 then '[' || array_join({{ items if bare == value else "array_distinct(" ~ items ~ ")" }}, ',') || ']' end
{%- endmacro %}

{% macro spark__capi_json_text_at(json, path) -%} get_json_object({{ json }}, '{{ path }}') {%- endmacro %}

{% macro spark__capi_changed_fields(before, after) -%}
    {%- set none_of_them = "cast(array() as array<string>)" -%}
    {%- set path = "case when field like '%.%' then concat('$.', split_part(field, '.', 1), '[\\'', substr(field, instr(field, '.') + 1), '\\']') else concat('$.', field) end" -%}
    sort_array(
        filter(
            array_distinct(
                concat(
                    filter(concat(json_object_keys({{ before }}), json_object_keys({{ after }})), name -> name not in ('user_data', 'custom_data'))
                    {%- for group in ["user_data", "custom_data"] %},
                    transform(
                        concat(
                            {%- for payload in [before, after] %}
                            coalesce(json_object_keys(get_json_object({{ payload }}, '$.{{ group }}')), {{ none_of_them }}){{ "," if not loop.last }}
                            {%- endfor %}
                        ),
                        name -> concat('{{ group }}.', name)
                    )
                    {%- endfor %}
                )
            ),
            field -> get_json_object({{ before }}, {{ path }}) is distinct from get_json_object({{ after }}, {{ path }})
        )
    )
{%- endmacro %}

{# -------- time -------- #}

{# A wall clock is the seconds since 1970 that it would show in UTC. Spark does not read an offset after a day or after minutes. #}
{% macro spark__capi_wall_clock(text) -%} unix_seconds({{ offline_capi._capi_in_utc(text) }}) {%- endmacro %}

{% macro spark__capi_whole_seconds(wall_clock) -%} {{ wall_clock }} {%- endmacro %}

{% macro spark__capi_wall_day(wall_clock) -%} cast({{ offline_capi.capi_utc_date(wall_clock) }} as string) {%- endmacro %}

{# In a repeated hour Spark takes the earlier time; the later one is as much later as the clock is set back. #}
{% macro spark__capi_local_epoch(wall_clock, zone) -%}
    {%- set earlier = "unix_seconds(to_utc_timestamp(timestamp_seconds(" ~ wall_clock ~ "), " ~ zone ~ "))" -%}
    case
        {%- for step in [3600, 1800, 7200, 1200] %}
        when {{ offline_capi.capi_local_timestamp(earlier ~ " + " ~ step, zone) }} = {{ wall_clock }} then {{ earlier }} + {{ step }}
        {%- endfor %}
        else {{ earlier }}
    end
{%- endmacro %}

{% macro spark__capi_local_timestamp(unix_seconds, zone) -%}
    unix_seconds(from_utc_timestamp(timestamp_seconds({{ unix_seconds }}), {{ zone }}))
{%- endmacro %}

{% macro spark__capi_zoned_epoch(zoned_text) -%}
    unix_seconds({{ offline_capi._capi_in_utc(offline_capi._capi_zoned_part(zoned_text, 1)) }}) - {{ offline_capi._capi_offset(zoned_text) }}
{%- endmacro %}

{% macro spark__capi_zoned_microseconds(zoned_text) -%}
    unix_micros({{ offline_capi._capi_in_utc(offline_capi._capi_zoned_part(zoned_text, 1)) }}) - 1000000 * {{ offline_capi._capi_offset(zoned_text) }}
{%- endmacro %}

{% macro spark__capi_local_microseconds(text) -%} unix_micros({{ offline_capi._capi_in_utc(text) }}) {%- endmacro %}

{% macro spark__capi_utc_timestamp(unix_seconds) -%}
    timestamp_ntz '1970-01-01 00:00:00' + make_dt_interval(0, 0, 0, {{ unix_seconds }})
{%- endmacro %}

{% macro spark__capi_utc_date(unix_seconds) -%} date_add(date '1970-01-01', cast(floor(({{ unix_seconds }}) / 86400) as integer)) {%- endmacro %}

{# If an unknown name is used, it ends the run; in a text that is cast, it gives NULL. #}
{% macro spark__capi_time_zones() -%}
    (
        select distinct time_zone
        from {{ ref("offline_capi", "int_capi__time_zones") }}
        where try_cast('2026-01-01 00:00:00 ' || time_zone as timestamp) is not null
    )
{%- endmacro %}

{# -------- tables -------- #}

{% macro spark__capi_look_up(model, column, keys) -%}
    (
        select max(capi_known.capi_found)
        from
            (
                select {{ column }} as capi_found{% for key in keys %}, {{ key }} as capi_key_{{ loop.index }}{% endfor %}
                from {{ ref("offline_capi", model) }}
            ) as capi_known
        where {% for expression in keys.values() %}capi_known.capi_key_{{ loop.index }} = {{ expression }}{{ " and " if not loop.last }}{% endfor %}
    )
{%- endmacro %}

{% macro spark__capi_step() %} {{ return("table") }} {% endmacro %}

{% macro spark__capi_empty(table) -%} truncate table {{ table }} {%- endmacro %}

{% macro spark__capi_in_turn(statements) -%}
    {%- for statement in statements -%} {%- do run_query(statement) -%} {%- endfor -%}
{%- endmacro %}

{# A note is a property of what it is about, because two threads cannot insert into one Parquet table. It names the call that found the orders to
   judge, so that a note from before is void. #}
{% macro spark__capi_read_notes(names) %}
    {%- set noted = {} -%}
    {%- set start = [] -%}
    {%- for name in names -%}
        {%- set relation = load_relation(offline_capi.capi_relation_of(name)) -%}
        {%- if relation -%}
            {%- set told = run_query("show tblproperties " ~ relation ~ " ('offline_capi.part')") -%}
            {%- set note = told.rows[0]["value"].split(" ") if told | length else [] -%}
            {%- if name == "int_capi__touched" -%} {%- do start.extend(note[:1]) -%} {%- endif -%}
            {#- Without the property, Spark says so in a sentence. -#}
            {%- if note | length == 3 and note[:1] == start -%} {%- do noted.update({name: (note[1], note[2])}) -%} {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(noted) }}
{% endmacro %}

{% macro spark__capi_write_note(start, settings) -%}
    alter {{ "view" if model.config.materialized == "view" else "table" }} {{ this }}
    set tblproperties ('offline_capi.part' = '{{ start }} {{ invocation_id }} {{ settings }}')
{%- endmacro %}

{% macro spark__capi_forget_notes() -%}
    alter table {{ offline_capi.capi_relation_of("int_capi__touched") }} unset tblproperties if exists ('offline_capi.part')
{%- endmacro %}

{# One statement, because no transaction spans two. If tables cannot be changed, every run judges everything. #}
{% macro spark__capi_forget_groups(judged, touched) -%}
    {%- if not offline_capi.capi_builds_whole() -%}
        merge into {{ judged }} as judged
        using (select order_group from {{ touched }}) as touched
        on judged.order_group = touched.order_group
        when matched then update set facts = null, persons = null, judge_again_at = 0, judged_at = null
        when not matched then insert (order_group, judge_again_at) values (touched.order_group, 0)
    {%- endif -%}
{%- endmacro %}

{# Delta does not accept a subquery in a delete. #}
{% macro spark__capi_delete_rows(table, key, condition) -%}
    merge into {{ table }} as kept
    using (select distinct {{ key }} from {{ table }} where {{ condition }}) as gone
    on kept.{{ key }} = gone.{{ key }}
    when matched then delete
{%- endmacro %}

{% macro spark__capi_move_rows(events, built) -%}
    merge into {{ events }} as events
    using (select built_key, wanted_group, wanted_identity from {{ built }} where is_touched and wanted_key is not null) as built
    on events.event_key = built.built_key
    when matched and (built.wanted_group <> events.order_group or built.wanted_identity <> events.row_identity)
    then update set order_group = built.wanted_group, row_identity = built.wanted_identity
{%- endmacro %}

{# Parquet is already compressed. #}
{% macro spark__capi_compress(column) %} {%- endmacro %}

{# A table over the file works before the file exists. Its name depends on the path, so that models that are built at the same time do not
   disturb each other. #}
{% macro spark__capi_state_of_file(path, columns) -%}
    {%- set name = modules.re.sub("^.*/|[.].*$", "", path) ~ "_" ~ local_md5(path ~ columns)[:8] -%}
    {%- set state = api.Relation.create(schema=target.schema, identifier="int_capi__" ~ name) -%}
    {%- if execute and flags.WHICH in ["run", "build", "retry", "test"] -%}
        {%- set typed = [] -%}
        {%- for column, type in columns.items() -%} {%- do typed.append(column ~ " " ~ type) -%} {%- endfor -%}
        {%- do run_query(
            "create table if not exists " ~ state ~ " (" ~ typed | join(", ") ~ ") using parquet location " ~ offline_capi.capi_literal(path)
        ) -%}
    {%- endif -%}
    {{ state }}
{%- endmacro %}

{# Nobody can be asked whether a file is there. #}
{% macro spark__capi_first_file(paths, otherwise) %} {{ return(otherwise) }} {% endmacro %}

{# A relative path would start at a database's folder. #}
{% macro spark__capi_absolute_paths(paths) %}
    {%- set absolute = [] -%}
    {%- for path in paths -%}
        {%- do absolute.append(path if modules.re.match("/|[a-z0-9]+:/", path) else env_var("PWD", "") ~ "/" ~ path) -%}
    {%- endfor -%}
    {{ return(absolute) }}
{% endmacro %}

{# dbt only looks into the session's own catalog, and if a table is missing in another one, the run ends with Spark's message. After the columns,
   those of the partitions are listed again. #}
{% macro spark__capi_columns_in(relation) %}
    {%- if "." not in relation.schema -%} {%- set is_there = load_relation(relation) is not none -%}
    {%- else -%} {%- set is_there = offline_capi._capi_tables_of(relation.schema) | select("equalto", relation.identifier | lower) | list -%}
    {%- endif -%}
    {%- if not is_there -%} {{ return(none) }} {%- endif -%}
    {%- set found, described = {}, run_query("describe table " ~ relation).rows -%}
    {%- for row in described -%}
        {%- if not row[0] or row[0].startswith("#") -%} {%- break -%} {%- endif -%}
        {%- do found.update({row[0]: row[1]}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{% macro spark__capi_tables_in(relation) %}
    {%- set found, catalog = [], relation.schema.split(".")[0] ~ "." if "." in relation.schema else "" -%}
    {%- set schemas = run_query("show schemas" ~ (" in " ~ catalog[:-1] if catalog)).columns[0].values() -%}
    {%- for schema in schemas if found | length < 30 -%}
        {%- for row in run_query("show tables in " ~ catalog ~ offline_capi.capi_quoted(schema)).rows if not modules.re.match("stg_capi__|int_capi__|capi_", row[1]) -%}
            {%- do found.append(catalog ~ schema ~ "." ~ row[1]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return((found | sort)[:30]) }}
{% endmacro %}

{# Known while dbt parses; the other settings of the shop's project for our models are not. #}
{% macro spark__capi_always_whole() %}
    {%- set format = model.config.file_format -%}
    {%- if format not in ["parquet", "delta", "iceberg"] -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: dbt_project.yml sets +file_format: " ~ format ~ " for " ~ model.name ~ "; write parquet, delta or iceberg, for the"
                ~ " whole package."
            )
        }}
    {%- endif -%}
    {{ return(true if format == "parquet" else none) }}
{% endmacro %}

{# Databricks has Delta although its settings do not mention it. #}
{% macro spark__capi_check_format() %}
    {%- if not execute -%} {{ return("") }} {%- endif -%}
    {%- set format, told = model.config.file_format, [] -%}
    {%- for row in run_query("set").rows if format != "parquet" -%}
        {%- if row[0].startswith("spark.databricks") or row[0].startswith("spark.sql.") and format in row[1] | lower -%} {%- do told.append(row[0]) -%} {%- endif -%}
    {%- endfor -%}
    {%- if format != "parquet" and not told -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: dbt_project.yml sets +file_format: " ~ format ~ ", but the settings of this Spark do not mention it: add the jars and"
                ~ " settings in docs/scaling.md, or remove that line, which builds plain Parquet, the whole window in each run."
            )
        }}
    {%- elif model.config.materialized != "incremental" or should_full_refresh() -%} {{ return("") }}
    {%- elif format == "parquet" -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: dbt_project.yml sets +full_refresh: false for " ~ this.identifier ~ ", but rows of a Parquet table cannot be changed: remove that"
                ~ " for offline_capi, or set +file_format: delta or iceberg for it (docs/scaling.md)."
            )
        }}
    {%- endif -%}
    {%- set there = load_relation(this) -%}
    {%- if there and "Provider: parquet" in there.information -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: " ~ this ~ " is a Parquet table from an earlier run, and its rows cannot be changed. Rebuild all tables once as "
                ~ format ~ ": dbt run --full-refresh --select package:offline_capi."
            )
        }}
    {%- endif -%}
{% endmacro %}

{% macro spark__capi_is_number(column) -%}
    (startswith(typeof({{ column }}), 'decimal') or typeof({{ column }}) in ('tinyint', 'smallint', 'int', 'bigint', 'float', 'double'))
{%- endmacro %}

{% macro spark__capi_quoted(name) -%} `{{ name | replace("`", "``") }}` {%- endmacro %}

{% macro spark__capi_similar_words(names, words) %}
    {%- set similar -%}
        select name, min_by(word, distance)
        from
            (
                select name, word, levenshtein(name, word) as distance
                from (select explode(array({% for name in names %}{{ offline_capi.capi_literal(name) }}{{ ", " if not loop.last }}{% endfor %})) as name)
                inner join (select explode(array({% for word in words %}{{ offline_capi.capi_literal(word) }}{{ ", " if not loop.last }}{% endfor %})) as word)
                    on left(name, 1) = left(word, 1) and length(word) > 5
            )
        where distance <= case when length(word) > 9 then 2 else 1 end
        group by name
        order by name
    {%- endset -%}
    {{ return(run_query(similar).rows | map("list") | list) }}
{% endmacro %}

{% macro spark__capi_sample(relation, percent) -%} {{ relation }} tablesample ({{ percent }} percent) repeatable (1) {%- endmacro %}

{# -------- what the macros above share -------- #}

{# An RE2 pattern in Java's notation. (?d) leaves \n as the only line end; $ only matches the end, not before a final line end; \s has no vertical
   tab, \b only knows ASCII letters, and \p{C} has no unassigned characters. A bracket inside a class is an ordinary character. #}
{% macro _capi_java_pattern(pattern) %}
    {%- set found = namespace(in_class=false, pattern="(?d)") -%}
    {%- set others, spaces = "\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}", "\\t\\n\\f\\r " -%}
    {%- set word = "[0-9A-Za-z_]" -%}
    {%- set outside = {
        "$": "\\z", "\\p{C}": "[" ~ others ~ "]", "\\s": "[" ~ spaces ~ "]", "\\S": "[^" ~ spaces ~ "]",
        "\\b": "(?:(?<!" ~ word ~ ")(?=" ~ word ~ ")|(?<=" ~ word ~ ")(?!" ~ word ~ "))",
    } -%}
    {%- set within = {"[": "\\[", "\\p{C}": others, "\\s": spaces} -%}
    {%- for sign in modules.re.findall("(?s)\\\\[px]\\{\\w+\\}|\\\\.|.", pattern) -%}
        {%- set found.pattern = found.pattern ~ (within if found.in_class else outside).get(sign, sign) -%}
        {%- if sign in ["[", "]"] -%} {%- set found.in_class = sign == "[" -%} {%- endif -%}
    {%- endfor -%}
    {{ return(found.pattern) }}
{% endmacro %}

{# The text of a literal in this engine. #}
{% macro _capi_unquoted(literal) %} {{ return(literal[1:-1] | replace("\\'", "'") | replace("\\\\", "\\")) }} {% endmacro %}

{# A text without an offset as an instant, as if it were in UTC; NULL if it is not a time. #}
{% macro _capi_in_utc(text) -%}
    try_cast({{ text }} || case length({{ text }}) when 10 then ' 00:00:00Z' when 16 then ':00Z' else 'Z' end as timestamp)
{%- endmacro %}

{# A part of a text with an offset: 1 is date and clock, 4 the sign of the offset, 5 its hours, 6 its minutes. #}
{% macro _capi_zoned_part(text, group) -%}
    regexp_extract({{ text }}, '\\A([0-9-]{10}[T ][0-9:]{5,8}([.][0-9]+)?)(Z| UTC|([+-])([0-9]{2}):?([0-9]{2})?)\\z', {{ group }})
{%- endmacro %}

{# The offset in seconds. #}
{% macro _capi_offset(text) -%}
    case {{ offline_capi._capi_zoned_part(text, 4) }} when '-' then -60 when '+' then 60 else 0 end
    * (
        coalesce(try_cast({{ offline_capi._capi_zoned_part(text, 5) }} as bigint), 0) * 60
        + coalesce(try_cast({{ offline_capi._capi_zoned_part(text, 6) }} as bigint), 0)
    )
{%- endmacro %}

{# Seconds of a day as HH:MM:SS. #}
{% macro _capi_clock(seconds) -%}
    lpad(cast({{ seconds }} div 3600 as string), 2, '0') || ':' || lpad(cast({{ seconds }} div 60 % 60 as string), 2, '0') || ':'
    || lpad(cast({{ seconds }} % 60 as string), 2, '0')
{%- endmacro %}

{# The tables of a schema that is written as catalog.schema, in lower case; none if there is no such schema. Spark lists a catalog once it has been
   used; before that, only its settings show it. #}
{% macro _capi_tables_of(place) %}
    {%- set catalog, schema = place.split(".", 1) -%}
    {%- set catalogs = run_query("show catalogs").columns[0].values() | list -%}
    {%- for row in run_query("set").rows if modules.re.fullmatch("spark[.]sql[.]catalog[.][^.]+", row[0]) -%} {%- do catalogs.append(row[0].split(".")[-1]) -%} {%- endfor -%}
    {%- if catalog not in catalogs -%}
        {{
            exceptions.raise_compiler_error(
                "offline_capi: capi_source_database or capi_source_schema names the catalog " ~ catalog ~ ", but this Spark only has "
                ~ catalogs | unique | sort | join(", ") ~ ". Correct the name, or set spark.sql.catalog." ~ catalog ~ " where the session is created."
            )
        }}
    {%- endif -%}
    {%- if schema | lower not in run_query("show schemas in " ~ catalog).columns[0].values() | map("lower") -%} {{ return([]) }} {%- endif -%}
    {{ return(run_query("show tables in " ~ place).columns[1].values() | map("lower") | list) }}
{% endmacro %}
