# ruff: noqa: S608 - the only texts put into SQL here are our own paths and checked names
"""What may be due: the table of events, compared with the published state.

new       a key that the ledger does not know
conflict  new, but its order, event name and item were attempted under another key: the model has changed under it
drift     a known key with different bytes: noted once, never sent again, because Meta keeps the first copy
withdrawn an event that should be sent again, is not too old, and is no longer in the table
returned  a withdrawn event that is in the table again; if Meta does not have it, it is new

Intermediate results are temporary tables called sender_*, so that none of them hides a table that a user's view reads.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sender.config.settings import Table
from sender.duck import csv, quote
from sender.errors import WarehouseError
from sender.events import member
from sender.events.contract import DIGEST, check, shape
from sender.events.freeze import NEW, ORDER, SIZE, freeze
from sender.events.ready import Ready, drift_path
from sender.events.source import Reading, is_plain_table, reading, unreadable
from sender.events.twin import later_twin
from sender.events.unsettled import EVENT_KEY, has_vanished, unsettled

SPARE = 1000  # events


@dataclass(frozen=True)
class Known:
    """The part of the ledger that decides which rows of the table are new."""

    state: Path  # the state file that shows all of its events
    drift: Iterable[tuple[str, str]]  # (event_key, digest) of the drift already noted
    refused: Iterable[str]  # event_keys that will be sent again and that Meta certainly does not have
    now: float


def take(
    table: Table, known: Known, *, folder: Path, spool: Path | None, most: int | None = None, say: Callable[[str], None]
) -> Ready:
    """Find what is new or changed. If `spool` is given, new events are written to it, and their order to `folder`; only the first
    ones if no more than `most` will be sent."""
    files = table.stamps()
    # freeze.py changes one more setting before it locks them.
    with reading(table, folder, say, [known.state], locked=spool is None) as found:
        try:
            if warning := later_twin(found, table.name):
                say(warning)
            ready, rows = compare(found, table, known, folder)
        except duckdb.Error as error:
            raise rewritten(table) if table.stamps() != files else unreadable(table.name, error) from None
        if table.stamps() != files:
            raise rewritten(table)
        if spool and ready.datasets:
            if most is not None:
                rows = first_rows(found, rows, most, known.now)
            freeze(found.connection, rows, ready, spool)
    return ready


def rewritten(table: Table) -> WarehouseError:
    return WarehouseError(
        f"{table.name} was rewritten while it was being read; nothing was taken from it, so nothing is sent twice or in part. Run again "
        "when the build has ended"
    )


def compare(found: Reading, table: Table, known: Known, folder: Path) -> tuple[Ready, str]:
    """What may be due, and the relation it is in. Creates sender_looked_at and sender_attempted; see look_at."""
    connection, source = found.connection, found.source
    plain = is_plain_table(connection, source)
    # An event that was withdrawn before Meta had it is as good as unknown.
    connection.execute(f"""
        create temp view sender_state as from read_parquet({quote(str(known.state))});
        create temp view sender_known as from sender_state where reason is distinct from 'withdrawn'""")
    (total,) = connection.execute(f"select count(*) from {source}").fetchall()[0]
    seen = unsettled(found, known.refused, known.now, folder)
    rows, drifted = source, 0
    if connection.execute("select 1 from sender_state limit 1").fetchall():
        rows = new_rows(found)
        drifted = write_drift(connection, known.drift, folder)
    elif not plain:
        # It is read twice, and only a table certainly gives the same rows in the same order again.
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
        unsettled=seen,
        vanished=bool(seen.withdrawn) and has_vanished(found, total, known.now),
        conflicts=sum(row[2] for row in counts),
        drifted=drifted,
        datasets={row[0]: row[1] for row in counts},
    )
    return ready, rows


def new_rows(found: Reading) -> str:
    """The rows whose key is unknown, as a relation. Creates sender_drifted from known rows with different bytes.

    If the model has a hash of each payload, only rows whose hash differs from the one sent are read. The hash may come from another
    version of DuckDB, so the bytes decide.
    """
    connection, source, types = found
    rows = source
    if "payload_hash" in types:
        # Two 64-bit numbers join in half the time of a key's text.
        pair = "hash(event_key) as key_hash, try_cast(payload_hash as ubigint) as payload_hash"
        connection.execute(f"""
            create temp table sender_suspects as
            select event_key
            from (select {EVENT_KEY} as event_key, {pair} from {source})
            anti join (select {pair} from sender_known where payload_hash is not null) using (key_hash, payload_hash)""")
        rows = f"(from {source} where {EVENT_KEY} in (from sender_suspects))"
    # Digests are kept here, not rows: if table or ledger are older than the hash, every known event is a suspect.
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


def first_rows(found: Reading, rows: str, most: int, now: float) -> str:
    """The first rows of each dataset, as many as may be sent and SPARE more, in case some are not sent after all. Rows that are
    too old or in conflict are not sent, so they come last here. Makes sender_looked_at from these rows only."""
    first = f"order by conflict, expires_at < {now}, {ORDER}"
    found.connection.execute(f"""
        create temp table sender_first as
        from {rows}
        where {EVENT_KEY} in (
            select event_key from {NEW} qualify row_number() over (partition by dataset_id {first}) <= {most + SPARE})""")
    look_at(found, "sender_first")
    return "sender_first"


def write_drift(connection: duckdb.DuckDBPyConnection, noted: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write drift that is not yet noted to drift_path. Returns how many events there are."""
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
    """Create sender_looked_at, the rows without their payload, in order, and sender_attempted, their sources that were attempted."""
    connection = found.connection
    connection.execute(f"""
        create or replace temp table sender_looked_at as
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
        from ({shape(found, rows)});""")
    # Reading the keys of all known events takes long, and is only needed if some of them do not count.
    some = connection.execute("select 1 from sender_withdrawn limit 1").fetchall()
    but = "and event_key not in (from sender_withdrawn)" if some else ""
    connection.execute(f"""
        create or replace temp table sender_attempted as
        select distinct source_digest
        from (select source_digest from sender_known where first_attempt_at is not null {but})
        semi join sender_looked_at using (source_digest)""")
