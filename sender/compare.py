# ruff: noqa: S608 - the only texts put into SQL here are our own paths and checked names
"""What may be due: the table of events, compared with the published state.

new       a key that the ledger does not know
conflict  new, but its order, event name and item were attempted under another key: the model has changed under it
drift     a known key with other bytes: written down once, never sent again, as Meta keeps the first copy
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sender.errors import WarehouseError
from sender.freeze import NEW, SIZE, freeze
from sender.shape import DIGEST, check, record, shape, short
from sender.warehouse import first_line, is_plain_table, quote, table


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


def take(
    database: Path | None,
    relation: str,
    events: str | None,
    state: Path,
    noted: list[tuple[str, str]],
    patience: float,
    folder: Path,
    say: Callable[[str], None],
    spooled: Path | None,
) -> Ready:
    """Find what is new or changed, and write the new events to `spooled`, if it is given, and their order into `folder`.

    `state` shows all that the ledger knows, `noted` the drift that is written down.
    """
    named = events or relation
    with table(database, relation, events, patience, folder, say) as (connection, source, types):
        stands_alone = events is not None or is_plain_table(connection, source)
        try:
            connection.execute(f"create temp view known as from read_parquet({quote(str(state))})")
            (total,) = connection.execute(f"select count(*) from {source}").fetchall()[0]
            seen = count_unfinished(connection, source)
            rows = changed(connection, source, types)
            if rows == source and not is_plain_table(connection, source):
                # It is read twice, and only a table is sure to give the same rows in the same order again.
                connection.execute(f"create temp table taken as from {source}")
                rows = "taken"
            look_at(connection, rows, types)
            check(connection, "looked_at", named)
            drift = connection.execute(
                "select event_key, payload_digest::varchar from looked_at semi join known_keys using (short_key)"
            ).fetchall()
            counts = connection.execute(
                f"select dataset_id, count(*), count(*) filter (conflict) from {NEW} group by all order by 1"
            ).fetchall()
        except duckdb.Error as error:
            raise WarehouseError(f"cannot read {named}: {first_line(error)}") from None
        if spooled and counts:
            freeze(connection, rows, [row[0] for row in counts], spooled, folder)
    written = set(noted)
    return Ready(
        folder=folder,
        stands_alone=stands_alone,
        total=total,
        seen_unfinished=seen,
        conflicts=sum(row[2] for row in counts),
        drift=[pair for pair in drift if pair not in written],
        datasets={row[0]: row[1] for row in counts},
    )


def count_unfinished(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    """How many rows of the table the ledger knows and has not finished."""
    unfinished = "select event_key from known where state in ('pending', 'held')"
    if not connection.execute(f"{unfinished} limit 1").fetchall():
        return 0
    (count,) = connection.execute(f"select count(*) from {source} where event_key in ({unfinished})").fetchall()[0]
    return int(count)


def changed(connection: duckdb.DuckDBPyConnection, source: str, types: dict[str, str]) -> str:
    """The rows whose key and bytes are not both known, as a relation.

    Where the model notes a hash of each payload, only rows with another hash than the one that was sent are read. The hash
    may be of another version of DuckDB, and so it is the bytes that decide.
    """
    if not connection.execute("select 1 from known limit 1").fetchall():
        return source
    key = "coalesce(event_key::varchar, '')"
    rows = source
    if "payload_hash" in types:
        # Two numbers of 64 bits join in half of the time of the text of a key.
        pair = "hash(event_key) as key_hash, payload_hash::ubigint as payload_hash"
        connection.execute(f"""
            create temp table suspects as
            select event_key
            from (select {key} as event_key, {pair} from {source})
            anti join (select {pair} from known where payload_hash is not null) using (key_hash, payload_hash)""")
        rows = f"(from {source} where {key} in (from suspects))"
    # Digests and not rows are kept on the way: in a table or ledger of before the hash, every known event is a suspect.
    connection.execute(f"""
        create temp table digests as select {key} as event_key, {DIGEST} as payload_digest from {rows};
        create temp table changed as select event_key from digests anti join known using (payload_digest);
        create temp table taken as from {source} where {key} in (from changed)""")
    return "taken"


def look_at(connection: duckdb.DuckDBPyConnection, rows: str, types: dict[str, str]) -> None:
    """Make `looked_at`, all of the rows but their payload, in their order; `known_keys` and `attempted` among them."""
    connection.execute(f"""
        create temp table looked_at as
        select
            event_key,
            dataset_id,
            event_time,
            expires_at,
            upload_tag,
            store_id,
            fault,
            short_key,
            source_digest,
            payload_digest,
            {SIZE} as size,
            {record()} as member
        from ({shape(rows, types)});
        create temp table known_keys as
        select {short("event_key")} as short_key from known semi join looked_at using (event_key);
        create temp table attempted as
        select distinct source_digest
        from (select source_digest from known where first_attempt_at is not null)
        semi join looked_at using (source_digest)""")
