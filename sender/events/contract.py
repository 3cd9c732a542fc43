"""The table of events as the sender needs it: its types, and what makes a row unsound. Only SQL."""

import duckdb

from sender.errors import WarehouseError
from sender.events.source import Reading, seconds

REAL = "system.main."  # a macro in the warehouse may have the name of a built-in function, and would hide it
# DuckDB accepts NaN and Infinity as JSON, in any case, and a comma before the end of a list or an object. Outside strings, JSON
# has nothing like them. Looking there takes long, so it is only done if they may be there. Plain searches take a fifth of the time of a pattern.
SIGNS = [f"{REAL}contains({REAL}lower(payload), '{word}')" for word in ("nan", "inf")]
SIGNS += [f"{REAL}contains(payload, ',' || chr({code}))" for code in (*map(ord, "]}"), *map(ord, " \t\n\r"))]
MAYBE_NO_JSON = " or ".join(SIGNS)
WITHOUT_STRINGS = rf"""{REAL}regexp_replace(payload, '"(\\.|[^"\\])*"', '', 'g')"""
NO_JSON = rf"({MAYBE_NO_JSON}) and {REAL}regexp_matches({WITHOUT_STRINGS}, '(?i)nan|inf|,\s*[}}\]]')"
FAULTS = {
    "event_key": f"event_key is null or not {REAL}regexp_full_match(event_key, '[0-9a-f]{{64}}')",
    "dataset_id": f"dataset_id is null or not {REAL}regexp_full_match(dataset_id, '[0-9]{{1,30}}')",
    "event_name": "event_name is null or event_name = ''",
    "event_time": "event_time is null or event_time <= 0 or event_time > 100000000000",
    "payload": f"payload is null or payload[1] != '{{' or not {REAL}json_valid(payload) or {NO_JSON}",
    "expires_at": "expires_at is null",
}
DIGEST = "md5(concat(event_key, payload))::uuid"  # equal only for the same key with the same bytes
# It includes the store, because receipt numbers repeat across stores: the same number elsewhere is another sale.
SOURCE = "concat_ws(chr(31), dataset_id, event_name, coalesce(item_number, ''), coalesce(store_id, ''), order_id)"


def short(key: str) -> str:
    """SQL for half of a key, which identifies events just as well and joins in half the time and memory."""
    return f"try_cast(left({key}, 32) as uuid)"


def shape(reading: Reading, rows: str) -> str:
    """SQL for some rows of the table of events with their types; `fault` names a column with a bad value."""
    faults = " ".join(f"when {fault} then '{column}'" for column, fault in FAULTS.items())
    noted = "try_cast(payload_hash as ubigint)" if "payload_hash" in reading.types else "null::ubigint"
    value, currency = money(reading)
    return f"""
        select
            *,
            case {faults} end as fault,
            {short("event_key")} as short_key,
            case when order_id is not null then md5({SOURCE})::uuid end as source_digest
        from (
            select
                event_key::varchar as event_key,
                dataset_id::varchar as dataset_id,
                event_name::varchar as event_name,
                {seconds("event_time", reading.types["event_time"])} as event_time,
                order_id::varchar as order_id,
                item_number::varchar as item_number,
                store_id::varchar as store_id,
                upload_tag::varchar as upload_tag,
                payload::varchar as payload,
                {seconds("expires_at", reading.types["expires_at"])} as expires_at,
                {DIGEST} as payload_digest,
                {noted} as payload_hash,
                {value} as value,
                {currency} as currency
            from {rows}
        )"""  # noqa: S608 - checked names


def money(reading: Reading) -> tuple[str, str]:
    """SQL for value and currency of an event: the model's columns, else the payload."""
    value, currency = "value::varchar", "currency::varchar"
    if not {"value", "currency"} <= reading.types.keys():
        value, currency = (
            f"case when system.main.json_valid(payload::varchar) then json_extract_string(payload::varchar, '$.custom_data.{name}') end"
            for name in ("value", "currency")
        )
    return f"try_cast({value} as decimal(18, 3))", f"nullif(regexp_extract(upper({currency}), '^[A-Z]{{3}}$'), '')"


def check(connection: duckdb.DuckDBPyConnection, shaped: str, named: str) -> None:
    """Refuse a table that breaks its contract, before anything is claimed."""
    sql = f"select fault, count(*) from {shaped} where fault is not null group by all order by 1"  # noqa: S608
    wrong = [f"{column} ({n} rows)" for column, n in connection.execute(sql).fetchall()]
    repeated = f"select short_key from {shaped} group by all having count(*) > 1 limit 1"  # noqa: S608
    if not wrong and connection.execute(repeated).fetchall():
        wrong = ["event_key (repeated)"]
    if wrong:
        raise WarehouseError(
            f"{named} is not sound: bad values in {', '.join(wrong)}; nothing was sent. Run `dbt build` to see which test fails"
        )
