# ruff: noqa: S608 - the only texts put into SQL here are our own paths and checked names
"""What may be due: the table of events, compared with the published state.

new       a key that the ledger does not know
conflict  new, but its order, event name and item were attempted under another key: the model has changed under it
drift     a known key with other bytes: written down once, never sent again, as Meta keeps the first copy

What is made on the way are temporary tables called sender_*, so that none of them hides a table that a user's view reads.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sender.config.settings import Table
from sender.duck import csv, first_line, quote
from sender.errors import WarehouseError
from sender.events import member
from sender.events.contract import DIGEST, check, shape
from sender.events.freeze import NEW, SIZE, freeze
from sender.events.source import Reading, is_plain_table, reading

EVENT_KEY = "coalesce(event_key::varchar, '')"


@dataclass(frozen=True)
class Ready:
    """`total` rows are in the table, the ledger has yet to finish `seen_unfinished` of them. `datasets` counts the new ones."""

    folder: Path
    stands_alone: bool  # nothing outside of its file decides what is in the table
    total: int
    seen_unfinished: int
    conflicts: int
    drifted: int  # not written down yet
    datasets: dict[str, int]

    @classmethod
    def nothing_new(cls, folder: Path, total: int) -> "Ready":
        return cls(folder, stands_alone=True, total=total, seen_unfinished=0, conflicts=0, drifted=0, datasets={})

    @property
    def new(self) -> int:
        return sum(self.datasets.values())

    def drift(self) -> Iterator[tuple[str, str]]:
        """(event_key, digest) of those that drifted; read from a file, as a changed model makes it one for each event."""
        if self.drifted:
            with drift_path(self.folder).open() as lines:
                for line in lines:
                    key, digest = line.rstrip().split(",")
                    yield key, digest

    def changed_too_much(self) -> bool:
        """More than 100 rows, or more than 1 % of the table; a single row never stops a run, it is held or noted."""
        changed = self.conflicts + self.drifted
        return changed > 100 or changed > max(1, 0.01 * self.total)


def drift_path(folder: Path) -> Path:
    return folder / "drift.csv"


@dataclass(frozen=True)
class Known:
    """What of the ledger decides which rows of the table are new."""

    state: Path  # the state file that shows all of its events
    drift: Iterable[tuple[str, str]]  # (event_key, digest) of the drift that is written down


def take(table: Table, known: Known, *, folder: Path, spool: Path | None, say: Callable[[str], None]) -> Ready:
    """Find what is new or changed. New events are written to `spool`, if it is given, and their order into `folder`."""
    with reading(table, folder, say) as found:
        try:
            ready, rows = compare(found, table, known, folder)
        except duckdb.Error as error:
            raise WarehouseError(f"cannot read {table.name}: {first_line(error)}") from None
        if spool and ready.datasets:
            freeze(found.connection, rows, list(ready.datasets), spool, folder)
    return ready


def compare(found: Reading, table: Table, known: Known, folder: Path) -> tuple[Ready, str]:
    """What may be due, and the relation that it is in. Makes sender_looked_at and sender_attempted, see there."""
    connection, source = found.connection, found.source
    plain = is_plain_table(connection, source)
    connection.execute(f"create temp view sender_known as from read_parquet({quote(str(known.state))})")
    (total,) = connection.execute(f"select count(*) from {source}").fetchall()[0]
    seen = count_unfinished(connection, source)
    rows, drifted = source, 0
    if connection.execute("select 1 from sender_known limit 1").fetchall():
        rows = new_rows(found)
        drifted = write_drift(connection, known.drift, folder)
    elif not plain:
        # It is read twice, and only a table is sure to give the same rows in the same order again.
        connection.execute(f"create temp table sender_rows as from {source}")
        rows = "sender_rows"
    look_at(found, rows)
    check(connection, "sender_looked_at", table.name)
    counts = connection.execute(
        f"select dataset_id, count(*), count(*) filter (conflict) from {NEW} group by all order by 1"
    ).fetchall()
    ready = Ready(
        folder=folder,
        stands_alone=plain or table.events is not None,
        total=total,
        seen_unfinished=seen,
        conflicts=sum(row[2] for row in counts),
        drifted=drifted,
        datasets={row[0]: row[1] for row in counts},
    )
    return ready, rows


def count_unfinished(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    """How many rows of the table the ledger knows and has not finished."""
    unfinished = "select event_key from sender_known where state in ('pending', 'held')"
    if not connection.execute(f"{unfinished} limit 1").fetchall():
        return 0
    (count,) = connection.execute(f"select count(*) from {source} where {EVENT_KEY} in ({unfinished})").fetchall()[0]
    return int(count)


def new_rows(found: Reading) -> str:
    """The rows whose key is not known, as a relation. Makes sender_drifted, of the known ones that have other bytes.

    Where the model notes a hash of each payload, only rows with another hash than the one that was sent are read. The hash
    may be of another version of DuckDB, and so it is the bytes that decide.
    """
    connection, source, types = found
    rows = source
    if "payload_hash" in types:
        # Two numbers of 64 bits join in half of the time of the text of a key.
        pair = "hash(event_key) as key_hash, try_cast(payload_hash as ubigint) as payload_hash"
        connection.execute(f"""
            create temp table sender_suspects as
            select event_key
            from (select {EVENT_KEY} as event_key, {pair} from {source})
            anti join (select {pair} from sender_known where payload_hash is not null) using (key_hash, payload_hash)""")
        rows = f"(from {source} where {EVENT_KEY} in (from sender_suspects))"
    # Digests and not rows are kept on the way: in a table or ledger of before the hash, every known event is a suspect.
    connection.execute(f"""
        create temp table sender_digests as select {EVENT_KEY} as event_key, {DIGEST} as payload_digest from {rows};
        create temp table sender_changed as from sender_digests anti join sender_known using (payload_digest);
        create temp table sender_known_keys as
        select event_key from sender_known semi join sender_changed using (event_key);
        create temp table sender_drifted as from sender_changed semi join sender_known_keys using (event_key);
        create temp table sender_rows as
        from {source}
        where {EVENT_KEY} in (select event_key from sender_changed anti join sender_known_keys using (event_key))""")
    return "sender_rows"


def write_drift(connection: duckdb.DuckDBPyConnection, noted: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write what drifted and is not noted to drift_path. Returns how many there are."""
    if not connection.execute("select 1 from sender_drifted limit 1").fetchall():
        return 0
    path = folder / "noted.csv"
    with path.open("w") as lines:
        lines.writelines(f"{key},{digest}\n" for key, digest in noted)
    known = csv(path, {"event_key": "varchar", "payload_digest": "uuid"})
    (copied,) = connection.execute(
        f"copy (from sender_drifted anti join {known} using (event_key, payload_digest)) "
        f"to {quote(str(drift_path(folder)))} (format csv, header false)"
    ).fetchall()[0]
    return int(copied)


def look_at(found: Reading, rows: str) -> None:
    """Make sender_looked_at, all of the rows but their payload, in their order, and sender_attempted of their sources."""
    found.connection.execute(f"""
        create temp table sender_looked_at as
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
            {member.sql()} as member
        from ({shape(found, rows)});
        create temp table sender_attempted as
        select distinct source_digest
        from (select source_digest from sender_known where first_attempt_at is not null)
        semi join sender_looked_at using (source_digest)""")
