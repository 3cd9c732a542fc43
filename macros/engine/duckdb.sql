{#- Everything specific to DuckDB: one implementation for each macro that this folder dispatches, in the same order. Each
    engine has a file like this one. -#}

{# -------- text -------- #}

{% macro duckdb__capi_literal(text) -%} '{{ text | string | replace("'", "''") }}' {%- endmacro %}

{% macro duckdb__capi_matches(text, pattern, is_column) -%}
    regexp_full_match({{ text }}, {{ pattern if is_column else offline_capi.capi_literal(pattern) }})
{%- endmacro %}

{% macro duckdb__capi_finds(text, pattern) -%} regexp_matches({{ text }}, {{ pattern }}) {%- endmacro %}

{% macro duckdb__capi_replace(text, pattern, replacement) -%}
    regexp_replace({{ text }}, {{ offline_capi.capi_literal(pattern) }}, {{ offline_capi.capi_literal(replacement) }}, 'g')
{%- endmacro %}

{% macro duckdb__capi_replace_first(text, pattern, replacement) -%}
    regexp_replace({{ text }}, {{ pattern }}, replace({{ replacement }}, '#', '\'))
{%- endmacro %}

{% macro duckdb__capi_starts_with(text, beginning) -%} starts_with({{ text }}, {{ beginning }}) {%- endmacro %}

{% macro duckdb__capi_lower(text) -%} lower({{ text }}) {%- endmacro %}

{# DuckDB's trim() alone leaves tabs, line ends and everything invisible. Checking the first and the last character first makes
   this 2.5 times as fast on values that need no trimming (1,000,000 addresses: 0.14 s, 0.05 s). #}
{% macro duckdb__capi_trim(text) -%}
    case
        when ascii({{ text }}) between 33 and 126 and ascii(right({{ text }}, 1)) between 33 and 126 then {{ text }}
        else regexp_replace({{ text }}, '^[\p{Z}\p{C}]+|[\p{Z}\p{C}]+$', '', 'g')
    end
{%- endmacro %}

{% macro duckdb__capi_nfc(text) -%} nfc_normalize({{ text }}) {%- endmacro %}

{% macro duckdb__capi_is_ascii(text) -%} strlen({{ text }}) = length({{ text }}) {%- endmacro %}

{# translate() is slow. #}
{% macro duckdb__capi_fold(text, characters, others, written) -%}
    case when {{ offline_capi.capi_is_ascii(written) }} then {{ text }} else translate({{ text }}, {{ characters }}, {{ others }}) end
{%- endmacro %}

{% macro duckdb__capi_concat(texts) -%} concat({{ texts | join(", ") }}) {%- endmacro %}

{# DuckDB's own text of a type says too much or depends on the session: 1001 as DOUBLE is 1001.0, a JSON text has quotes, a list has
   brackets, an instant is in the session's zone. A FLOAT has 24 bits for whole numbers and a DOUBLE has 53; in larger numbers the
   last digits are not those of the value. #}
{% macro duckdb__capi_as_text(value, type, separator, is_day) -%}
    {%- if type.endswith("]") -%}
        {%- set items = "list_transform(" ~ value ~ ", lambda item: " ~ offline_capi.capi_as_text("item", type[: type.rindex("[")], separator, is_day) ~ ")" -%}
        case
            when len({{ value }}) <= 1 then {{ items }}[1]
            else {{ "array_to_string(" ~ items ~ ", '" ~ separator ~ "')" if separator else "'[…]'" }}
        end
    {%- elif type == "JSON" -%}
        case
            when json_type({{ value }}) = 'ARRAY' and json_array_length({{ value }}) > 1
            then {{ "array_to_string(from_json(" ~ value ~ ", '[\"varchar\"]'), '" ~ separator ~ "')" if separator else "'[…]'" }}
            when json_type({{ value }}) = 'ARRAY' then {{ value }} ->> '$[0]'
            else {{ value }} ->> '$'
        end
    {%- elif type in ["DOUBLE", "FLOAT"] -%}
        case
            when isnan({{ value }}) then null
            when {{ value }} = floor({{ value }}) and abs({{ value }}) < {{ 9007199254740992 if type == "DOUBLE" else 16777216 }}
            then cast(cast({{ value }} as bigint) as varchar)
            else cast({{ value }} as varchar)
        end
    {%- elif type.startswith("DECIMAL") -%} regexp_replace(cast({{ value }} as varchar), '[.]0+$', '')
    {%- elif type == "TIMESTAMP WITH TIME ZONE" -%}
        {%- set utc = "cast(" ~ value ~ " at time zone 'UTC' as varchar)" -%}
        {%- if is_day -%}
            {#- Midnight in UTC or in the session's zone, because there a date without a time of day was turned into an instant. -#}
            case
                when {{ utc }} not like '% 00:00:00' and cast(cast({{ value }} as timestamp) as varchar) like '% 00:00:00'
                then cast(cast({{ value }} as date) as varchar)
                else {{ utc }} || '+00'
            end
        {%- else -%} {{ utc }} || '+00'
        {%- endif -%}
    {%- else -%} cast({{ value }} as varchar)
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__capi_format_date(value) -%} strftime({{ value }}, '%Y%m%d') {%- endmacro %}

{# -------- lists -------- #}

{% macro duckdb__capi_split(text, separator) -%} string_split({{ text }}, {{ offline_capi.capi_literal(separator) }}) {%- endmacro %}

{% macro duckdb__capi_unnest(list) -%} unnest({{ list }}) {%- endmacro %}

{% macro duckdb__capi_list_of(text) -%} case when {{ text }} is not null then [{{ text }}] end {%- endmacro %}

{% macro duckdb__capi_sorted_list(text) -%} list_sort(list(distinct {{ text }}) filter ({{ text }} is not null)) {%- endmacro %}

{# Nearly every row has none: the branches avoid building lists for them. #}
{% macro duckdb__capi_present_texts(lists, texts) -%}
    case
        when {{ (lists + texts) | join(" is null and ") }} is null then null
        else
            list_filter(
                list_concat({% for list in lists %}coalesce({{ list }}, []), {% endfor %}[{{ texts | join(", ") }}]), lambda text: text is not null
            )
    end
{%- endmacro %}

{% macro duckdb__capi_union_of_hash_lists(own, customer) -%}
    case
        when {{ own }} is null then array_to_string({{ customer }}, '","')
        when {{ customer }} is null or {{ own }} = {{ customer }} then array_to_string({{ own }}, '","')
        else array_to_string(list_sort(list_distinct(list_concat({{ own }}, {{ customer }}))), '","')
    end
{%- endmacro %}

{# -------- hashes -------- #}

{% macro duckdb__capi_sha256_hex(text) -%} sha256(nullif({{ text }}, '')) {%- endmacro %}

{% macro duckdb__capi_hash_of(expressions) -%} hash({{ expressions | join(", ") }}) {%- endmacro %}

{% macro duckdb__capi_row_hash(cte) -%} hash({{ cte }}) {%- endmacro %}

{% macro duckdb__capi_sum_of_hashes(hash) -%} sum({{ hash }}) {%- endmacro %}

{# -------- json -------- #}

{% macro duckdb__capi_json_string(value) -%} cast(to_json({{ value }}) as varchar) {%- endmacro %}

{% macro duckdb__capi_json_array_agg(value, order_by) -%} '[' || string_agg({{ value }}, ',' order by {{ order_by }}) || ']' {%- endmacro %}

{% macro duckdb__capi_json_text_at(json, path) -%} json_extract_string({{ json }}, '{{ path }}') {%- endmacro %}

{# A field as a JSON pointer: the first dot separates the group from the name, which may itself contain dots and slashes. #}
{% macro duckdb__capi_changed_fields(before, after) -%}
    {%- set pointer = "'/' || regexp_replace(replace(replace(field, '~', '~0'), '/', '~1'), '[.]', '/')" -%}
    list_sort(
        list_filter(
            list_distinct(
                list_concat(
                    list_filter(list_concat(json_keys({{ before }}), json_keys({{ after }})), lambda name: name not in ('user_data', 'custom_data'))
                    {%- for group in ["user_data", "custom_data"] %},
                    list_transform(
                        list_concat(json_keys({{ before }}, '/{{ group }}'), json_keys({{ after }}, '/{{ group }}')), lambda name: '{{ group }}.' || name
                    )
                    {%- endfor %}
                )
            ),
            lambda field: json_extract({{ before }}, {{ pointer }}) is distinct from json_extract({{ after }}, {{ pointer }})
        )
    )
{%- endmacro %}

{# -------- time -------- #}

{% macro duckdb__capi_wall_clock(text) -%} try_cast({{ text }} as timestamp) {%- endmacro %}

{% macro duckdb__capi_whole_seconds(wall_clock) -%} date_trunc('second', {{ wall_clock }}) {%- endmacro %}

{% macro duckdb__capi_wall_day(wall_clock) -%} substr(cast({{ wall_clock }} as varchar), 1, 10) {%- endmacro %}

{% macro duckdb__capi_local_epoch(wall_clock, zone) -%}
    cast(floor(epoch({{ wall_clock }} at time zone {{ zone }})) as bigint)
{%- endmacro %}

{% macro duckdb__capi_local_timestamp(unix_seconds, zone) -%} (to_timestamp({{ unix_seconds }}) at time zone {{ zone }}) {%- endmacro %}

{% macro duckdb__capi_zoned_epoch(zoned_text) -%}
    cast(floor(epoch(try_cast({{ zoned_text }} as timestamp with time zone))) as bigint)
{%- endmacro %}

{% macro duckdb__capi_zoned_microseconds(zoned_text) -%} epoch_us(try_cast({{ zoned_text }} as timestamp with time zone)) {%- endmacro %}

{% macro duckdb__capi_local_microseconds(text) -%} epoch_us(try_cast({{ text }} as timestamp)) {%- endmacro %}

{% macro duckdb__capi_utc_timestamp(unix_seconds) -%} make_timestamp({{ unix_seconds }} * 1000000) {%- endmacro %}

{% macro duckdb__capi_utc_date(unix_seconds) -%} cast(to_timestamp({{ unix_seconds }}) at time zone 'UTC' as date) {%- endmacro %}

{% macro duckdb__capi_time_zones() -%} (select name as time_zone from pg_timezone_names()) {%- endmacro %}

{# -------- tables -------- #}

{# The columns are renamed, so that an expression with a column of the same name still means the caller's column. The expressions
   become columns before they are compared: if they are compared directly, DuckDB 2.0 tries every row of the model for every value,
   which is a thousand times slower. #}
{% macro duckdb__capi_look_up(model, column, keys) -%}
    (
        select max(capi_known.capi_found)
        from (select {% for expression in keys.values() %}{{ expression }} as capi_wanted_{{ loop.index }}{{ ", " if not loop.last }}{% endfor %}) as capi_asked
        left join
            (
                select {{ column }} as capi_found{% for key in keys %}, {{ key }} as capi_key_{{ loop.index }}{% endfor %}
                from {{ ref("offline_capi", model) }}
            ) as capi_known
            on {% for key in keys %}capi_known.capi_key_{{ loop.index }} = capi_asked.capi_wanted_{{ loop.index }}{{ " and " if not loop.last }}{% endfor %}
    )
{%- endmacro %}

{% macro duckdb__capi_step() %} {{ return("view") }} {% endmacro %}

{% macro duckdb__capi_empty(table) -%} delete from {{ table }} {%- endmacro %}

{% macro duckdb__capi_in_turn(statements) -%} {{ statements | join("; ") }} {%- endmacro %}

{# The notes are rows of int_capi__parts. #}
{% macro duckdb__capi_read_notes(names) %}
    {%- set listed = offline_capi.capi_table_of("int_capi__parts") -%}
    {%- set noted = {} -%}
    {%- if listed -%}
        {%- for row in run_query("select part, invocation, settings from " ~ listed) -%} {%- do noted.update({row[0]: (row[1], row[2])}) -%} {%- endfor -%}
    {%- endif -%}
    {{ return(noted) }}
{% endmacro %}

{% macro duckdb__capi_write_note(start, settings) -%}
    {%- set listed = offline_capi.capi_table_of("int_capi__parts") -%}
    {%- if listed -%}
        {%- if model.name == "int_capi__touched" -%} {{ offline_capi.capi_empty(listed) }}; {% endif -%}
        insert into {{ listed }} (part, invocation, settings) values ('{{ model.name }}', '{{ invocation_id }}', '{{ settings }}')
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__capi_forget_notes() -%} {{ offline_capi.capi_empty(offline_capi.capi_table_of("int_capi__parts")) }} {%- endmacro %}

{% macro duckdb__capi_forget_groups(judged, touched) -%}
    delete from {{ judged }} where order_group in (select order_group from {{ touched }});
    insert into {{ judged }} (order_group, judge_again_at) select order_group, 0 from {{ touched }}
{%- endmacro %}

{% macro duckdb__capi_delete_rows(table, key, condition) -%} delete from {{ table }} where {{ condition }} {%- endmacro %}

{% macro duckdb__capi_move_rows(events, built) -%}
    update {{ events }}
    set order_group = built.wanted_group, row_identity = built.wanted_identity
    from {{ built }} as built
    where
        {{ events.identifier }}.event_key = built.built_key
        and built.is_touched
        and (built.wanted_group <> {{ events.identifier }}.order_group or built.wanted_identity <> {{ events.identifier }}.row_identity)
{%- endmacro %}

{# By default DuckDB tries every compression on 1,000,000 payloads, takes twice as long and writes a file twice as large. A file in the
   format of DuckDB 1.0 or 1.1, which 1.4 still writes by default, does not support zstd: 2.0 refuses it there, and 1.4 compresses
   nothing. #}
{% macro duckdb__capi_compress(column) %}
    {%- set described = "select tags['storage_version'] from duckdb_databases() where database_name = " ~ offline_capi.capi_literal(this.database) -%}
    {%- set version = modules.re.match("v([0-9]+)[.]([0-9]+)", (run_query(described).columns[0].values()[0] or "") if execute else "") -%}
    {%- if version and (version.group(1) | int, version.group(2) | int) >= (1, 2) -%}
        {%- do model.columns[column].constraints.append({"type": "custom", "expression": "using compression zstd"}) -%}
    {%- endif -%}
{% endmacro %}

{# The empty part provides the columns while there is no file, and those that a file from an older sender lacks. Before 2.0 DuckDB
   cannot read a file that does not exist, so the view has to be built again once the file exists. #}
{% macro duckdb__capi_state_of_file(path, columns) -%}
    {%- set takes_none, is_there = true, true -%}
    {%- if execute and flags.INTROSPECT -%}
        {%- set takes_none, is_there = run_query(
            "select exists (from duckdb_functions() where function_name = 'read_parquet' and list_contains(parameters, 'allow_empty')),"
            ~ " exists (from glob(" ~ offline_capi.capi_literal(path) ~ "))"
        ).rows[0].values() -%}
    {%- endif -%}
    {%- if not is_there and flags.WHICH in ["run", "build"] and model.name == "capi_delivery" -%}
        {%- set again = "" if takes_none else " This version of DuckDB needs capi_delivery to be built again once the file exists." -%}
        {%- do log(
            "offline_capi: " ~ path ~ " does not exist, so capi_delivery shows every event as pending. `offline-capi init` and each"
            " send write it beside the ledger; if the ledger is elsewhere, set OFFLINE_CAPI_LEDGER to its absolute path for dbt too." ~ again,
            info=true,
        ) -%}
    {%- endif -%}
    (
        select
            {%- for name, type in columns.items() %}
            cast(null as {{ type }}) as {{ name }}{{ "," if not loop.last }}
            {%- endfor %}
        where 1 = 0
        {% if is_there or takes_none -%}
        union all by name
        select * from read_parquet({{ offline_capi.capi_literal(path) }}{{ ", allow_empty = true" if takes_none }})
        {%- endif %}
    )
{%- endmacro %}

{% macro duckdb__capi_first_file(paths, otherwise) %}
    {%- if not execute or not flags.INTROSPECT -%} {{ return(otherwise) }} {%- endif -%}
    {%- set looks = [] -%}
    {%- for path in paths -%}
        {%- do looks.append("select " ~ loop.index0 ~ " as place from glob(" ~ offline_capi.capi_literal(path) ~ ")") -%}
    {%- endfor -%}
    {%- set first = run_query("select min(place) from (" ~ looks | join(" union all ") ~ ")").columns[0].values()[0] -%}
    {{ return(otherwise if first is none else paths[first | int]) }}
{% endmacro %}

{# dbt does not give its folder, and not every program that starts it updates PWD. DuckDB makes the folders in this setting
   absolute. The setting only has an effect if external access is switched off; then it cannot be set, and the paths have to be
   absolute. Before 1.5 DuckDB leaves them as they are, and a relative path means a different file from a different folder. #}
{% macro duckdb__capi_absolute_paths(paths) %}
    {%- set relative = [] -%}
    {%- for path in paths if not modules.re.match("/|~|[A-Za-z]:|[a-z0-9]+://", path) -%} {%- do relative.append(path) -%} {%- endfor -%}
    {%- if not execute or not flags.INTROSPECT or not relative -%} {{ return(paths) }} {%- endif -%}
    {%- if run_query("select 1 where version() similar to 'v(0|1\.[0-4])\..*'") | length > 0 -%} {{ return(paths) }} {%- endif -%}
    {%- set ask = "set allowed_directories = ['.']; select current_setting('allowed_directories')[1]" -%}
    {%- set folder = run_query(ask).columns[0].values()[0] -%}
    {%- do run_query("reset allowed_directories") -%}
    {%- set absolute = [] -%}
    {%- for path in paths -%} {%- do absolute.append(folder ~ path if path in relative else path) -%} {%- endfor -%}
    {{ return(absolute) }}
{% endmacro %}

{# A source that is read in place, with dbt-duckdb's external_location, is in no catalogue. #}
{% macro duckdb__capi_columns_in(relation) %}
    {%- set listed -%}
        select 1
        from system.information_schema.tables
        where
            lower(table_catalog) = lower({{ offline_capi.capi_literal(relation.database) }})
            and lower(table_schema) = lower({{ offline_capi.capi_literal(relation.schema) }})
            and lower(table_name) = lower({{ offline_capi.capi_literal(relation.identifier) }})
    {%- endset -%}
    {%- if not relation.external and run_query(listed) | length == 0 -%} {{ return(none) }} {%- endif -%}
    {%- set described = run_query("describe select * from " ~ relation) -%}
    {{ return(dict(zip(described.columns[0].values(), described.columns[1].values()))) }}
{% endmacro %}

{% macro duckdb__capi_tables_in(relation) %}
    {%- set listed -%}
        select table_schema || '.' || table_name
        from system.information_schema.tables
        where
            lower(table_catalog) = lower({{ offline_capi.capi_literal(relation.database) }})
            and not regexp_matches(table_name, '^(stg_capi__|int_capi__|capi_)')
        order by 1
        limit 30
    {%- endset -%}
    {{ return(run_query(listed).columns[0].values() | list) }}
{% endmacro %}

{% macro duckdb__capi_always_whole() %} {{ return(none) }} {% endmacro %}

{% macro duckdb__capi_check_format() %} {% endmacro %}

{# typeof() of a column is a constant, so it costs nothing. #}
{% macro duckdb__capi_is_number(column) -%}
    (
        starts_with(typeof({{ column }}), 'DECIMAL')
        or typeof({{ column }}) in (
            'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT', 'FLOAT', 'DOUBLE'
        )
    )
{%- endmacro %}

{% macro duckdb__capi_quoted(name) -%} "{{ name | replace('"', '""') }}" {%- endmacro %}

{% macro duckdb__capi_similar_words(names, words) %}
    {%- set similar -%}
        select name, min_by(word, distance)
        from
            (
                select name, word, damerau_levenshtein(name, word) as distance
                from (select unnest([{% for name in names %}{{ offline_capi.capi_literal(name) }}, {% endfor %}]) as name)
                inner join (select unnest([{% for word in words %}{{ offline_capi.capi_literal(word) }}, {% endfor %}]) as word)
                    on left(name, 1) = left(word, 1) and length(word) > 5
            )
        where distance <= case when length(word) > 9 then 2 else 1 end
        group by name
        order by name
    {%- endset -%}
    {{ return(run_query(similar).rows | map("list") | list) }}
{% endmacro %}

{% macro duckdb__capi_sample(relation, percent) -%} {{ relation }} tablesample {{ percent }} percent (system, 1) {%- endmacro %}
