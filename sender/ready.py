# ruff: noqa: S608 - the only texts put into SQL here are our own paths and checked names
"""What may be due: compared with the published state, copied to a private file, and read back in order.

new       a key that the ledger does not know
conflict  new, but its order, event name and item were attempted under another key: the model has changed under it
drift     a known key with other bytes: written down once, never sent again, as Meta keeps the first copy
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sender.batching import Row
from sender.errors import WarehouseError
from sender.ledger import MEMBER, SEPARATOR
from sender.warehouse import first_line, is_plain_table, quote, scratch, seconds, table

FAULTS = {
    "event_key": "event_key is null or not regexp_full_match(event_key, '[0-9a-f]{64}')",
    "dataset_id": "dataset_id is null or not regexp_full_match(dataset_id, '[0-9]{1,30}')",
    "event_name": "event_name is null or event_name = ''",
    "event_time": "event_time is null or event_time <= 0 or event_time > 100000000000",
    "payload": "payload is null or not json_valid(payload) or json_type(payload) != 'OBJECT'",
    "expires_at": "expires_at is null",
}
# A record begins with its key, so that the order is total. The reverse of it has to turn the NULLs, too.
ORDER = "upload_tag {way}, event_time {way}, store_id {way}, member {way}"
FIRST, LAST = "asc nulls last", "desc nulls first"
DIGEST = "md5(concat(event_key, payload))::uuid"  # equal only for the same key with the same bytes
# Hashes do not compress: measured, snappy made the copy 9 % smaller and its writing 2.5 times slower.
PLAIN = "(format parquet, compression uncompressed, row_group_size 20000)"


@dataclass(frozen=True)
class Ready:
    """`total` rows are in the table, the ledger has yet to finish `seen_unfinished` of them. `datasets` counts the new ones."""

    folder: Path
    stands_alone: bool  # nothing outside of its file decides what is in the table
    total: int
    seen_unfinished: int
    conflicts: int
    drift: list[tuple[str, str]]  # (event_key, digest), not written down yet
    datasets: dict[str, int]

    @property
    def new(self) -> int:
        return sum(self.datasets.values())

    def changed_too_much(self) -> bool:
        """More than 100 rows, or more than 1 % of the table; a single row never stops a run, it is held or noted."""
        changed = self.conflicts + len(self.drift)
        return changed > 100 or changed > max(1, 0.01 * self.total)

    def stream(self, dataset_id: str) -> Iterator[Row]:
        """The new rows in the order of sending: those that fail together sit together. Memory stays flat."""
        with scratch(self.folder) as connection:
            cursor = self.sorted(connection, dataset_id, FIRST)
            while rows := cursor.fetchmany(2000):
                yield from map(Row._make, rows)

    def newest(self, dataset_id: str, count: int) -> list[Row]:
        """The last rows of a dataset, last first."""
        with scratch(self.folder) as connection:
            return [Row._make(row) for row in self.sorted(connection, dataset_id, LAST, f"limit {count}").fetchall()]

    def sorted(
        self, connection: duckdb.DuckDBPyConnection, dataset_id: str, way: str, limit: str = ""
    ) -> duckdb.DuckDBPyConnection:
        # Measured: 10,000,000 rows come out sorted within 0.38 GB with one thread; two threads run out of memory.
        connection.execute("set threads = 1")
        sql = f"""
            select event_time, expires_at, upload_tag, encode(payload), member, conflict
            from {new_rows(self.folder)}
            where dataset_id = ?
            order by {ORDER.format(way=way)} {limit}"""
        return connection.execute(sql, [dataset_id])


def take(
    database: Path | None,
    relation: str,
    events: str | None,
    state: Path,
    noted: list[tuple[str, str]],
    patience: float,
    folder: Path,
    say: Callable[[str], None],
) -> Ready:
    """Copy what is new or changed into `folder`. `state` shows all the ledger knows, `noted` the drift written down."""
    named = events or relation
    known = f"read_parquet({quote(str(state))})"
    unfinished = f"select event_key from {known} where state in ('pending', 'held')"
    with table(database, relation, events, patience, folder, say) as (connection, source, types):
        stands_alone = events is not None or is_plain_table(connection, source)
        try:
            copy_changed(connection, source, types, known, folder / "taken.parquet")
            total = connection.execute(f"select count(*) from {source}").fetchall()[0][0]
            seen = connection.execute(f"select count(*) from {source} where event_key in ({unfinished})").fetchall()[0][
                0
            ]
        except duckdb.Error as error:
            raise WarehouseError(f"cannot read {named}: {first_line(error)}") from None
    with scratch(folder) as connection:
        taken = copied(folder, "taken")
        check(connection, taken, named)
        look_up(connection, folder, known)
        drift = connection.execute(
            f"select event_key, payload_digest::varchar from {taken} semi join {copied(folder, 'drifted')} using (short_key)"
        ).fetchall()
        counts = connection.execute(
            f"select dataset_id, count(*), count(*) filter (conflict) from {new_rows(folder)} group by all order by 1"
        ).fetchall()
    written = set(noted)
    drift = [pair for pair in drift if pair not in written]
    return Ready(
        folder, stands_alone, total, seen, sum(row[2] for row in counts), drift, {row[0]: row[1] for row in counts}
    )


def copy_changed(
    connection: duckdb.DuckDBPyConnection, source: str, types: dict[str, str], known: str, taken: Path
) -> None:
    """Write the rows whose key and bytes are not both known, each with its record for the ledger.

    First the digests alone are compared, then the few rows are read whole: joining whole rows with 10,000,000 known
    ones would spill all of them to disk.
    """
    if connection.execute(f"select 1 from {known} limit 1").fetchall():
        key = "coalesce(event_key::varchar, '')"
        digests = f"select {key} as event_key, {DIGEST} as payload_digest from {source}"
        connection.execute(
            f"create temp table changed as select event_key from ({digests}) anti join {known} using (payload_digest)"
        )
        source = f"(select * from {source} where {key} in (from changed))"
    # With the store, because receipt numbers repeat across stores: the same number elsewhere is another sale.
    text = "concat_ws(chr(31), dataset_id, event_name, coalesce(item_number, ''), coalesce(store_id, ''), order_id)"
    connection.execute(
        "set preserve_insertion_order = false"
    )  # it is sorted later; keeping an order here took 1.7 times
    connection.execute(f"""
        copy (
            with
                events as (
                    select *, case when order_id is not null then md5({text})::uuid end as source_digest
                    from ({shape(source, types)})
                )
            select
                dataset_id,
                event_time,
                expires_at,
                upload_tag,
                store_id,
                payload,
                event_key,
                short_key,
                payload_digest,
                source_digest,
                fault,
                {record()} as member
            from events
        ) to {quote(str(taken))} {PLAIN}""")


def look_up(connection: duckdb.DuckDBPyConnection, folder: Path, known: str) -> None:
    """Make `drifted`, the keys that are known, and `attempted`, the sources that were attempted under any key."""
    taken = copied(folder, "taken")
    connection.execute(f"""
        copy (
            select short_key
            from (select left(event_key, 32)::uuid as short_key from {known})
            semi join {taken} using (short_key)
        ) to {quote(str(folder / "drifted.parquet"))};
        copy (
            select distinct source_digest
            from (select source_digest from {known} where first_attempt_at is not null)
            semi join {taken} using (source_digest)
        ) to {quote(str(folder / "attempted.parquet"))}""")


def copied(folder: Path, name: str) -> str:
    return f"read_parquet({quote(str(folder / f'{name}.parquet'))}) as {name}"


def new_rows(folder: Path) -> str:
    """SQL for the copied rows whose key is not known; `conflict` says that the order was attempted under another."""
    attempted = f"(select source_digest from {copied(folder, 'attempted')})"
    return f"""(
        select *, coalesce(source_digest in {attempted}, false) as conflict
        from {copied(folder, "taken")}
        anti join {copied(folder, "drifted")} using (short_key))"""


def shape(source: str, types: dict[str, str]) -> str:
    """The table of events with the types that the sender needs; `fault` names a column with a bad value."""
    faults = " ".join(f"when {fault} then '{column}'" for column, fault in FAULTS.items())
    return f"""
        select *, case {faults} end as fault, try_cast(left(event_key, 32) as uuid) as short_key
        from (
            select
                event_key::varchar as event_key,
                dataset_id::varchar as dataset_id,
                event_name::varchar as event_name,
                {seconds("event_time", types["event_time"])} as event_time,
                order_id::varchar as order_id,
                item_number::varchar as item_number,
                store_id::varchar as store_id,
                upload_tag::varchar as upload_tag,
                payload::varchar as payload,
                {seconds("expires_at", types["expires_at"])} as expires_at,
                {DIGEST} as payload_digest
            from {source}
        )"""


def record() -> str:
    """SQL for the record of an event, see ledger.MEMBER."""
    return f"replace(concat_ws(',', {', '.join(map(field, MEMBER))}), '{SEPARATOR}', '')"


def field(name: str) -> str:
    """SQL for one field of the record: CSV, with `\\N` for NULL."""
    if MEMBER[name] == "varchar" and name != "event_key":
        return f"coalesce('\"' || replace({name}, '\"', '\"\"') || '\"', '\\N')"
    return f"coalesce({name}::varchar, '\\N')"


def check(connection: duckdb.DuckDBPyConnection, source: str, named: str) -> None:
    """Refuse a table that breaks its contract, before anything is claimed."""
    sql = f"select fault, count(*) from {source} where fault is not null group by all order by 1"
    wrong = [f"{column} ({n} rows)" for column, n in connection.execute(sql).fetchall()]
    repeated = f"select short_key from {source} group by all having count(*) > 1 limit 1"
    if not wrong and connection.execute(repeated).fetchall():
        wrong = ["event_key (repeated)"]
    if wrong:
        raise WarehouseError(
            f"{named} is not sound: bad values in {', '.join(wrong)}; nothing was sent. Run `dbt build` to see which test fails"
        )
