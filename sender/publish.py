"""delivery_state.parquet, beside the ledger: what became of each event, for dbt and people to read.

Complete or not there at all: written under a temporary name, fsynced, then moved over the old one. Only events whose
state changed since the last publication are read from the ledger; the rest is copied from the file before. Its
metadata say which ledger and which run it shows, so that a ledger restored from an old backup is noticed before it
sends anything twice.
"""

import csv
import os
from pathlib import Path

import duckdb

from sender.errors import LedgerError
from sender.ledger import Ledger
from sender.warehouse import quote, scratch

COLUMNS = {
    "event_key": "varchar",
    "dataset_id": "varchar",
    "order_id": "varchar",
    "store_id": "varchar",
    "event_name": "varchar",
    "event_time": "bigint",
    "state": "varchar",
    "reason": "varchar",
    "first_attempt_at": "bigint",
    "accepted_at": "bigint",
    "fbtrace_id": "varchar",
    "payload_digest": "uuid",
}
CHANGED = """
    select
        lower(hex(event_key)), b.dataset_id, order_id, store_id, event_name, event_time,
        case when state in ('open', 'sending') then 'pending' else state end, reason, first_attempt_at,
        case when state = 'accepted' then ended_at end, fbtrace_id, lower(hex(digest))
    from batches as b join events as e using (batch_id)
    where b.run_id > ?
"""


def published(path: Path) -> tuple[str, int] | None:
    """(ledger_id, run) that the state file shows; none if it is missing or cannot be read."""
    if not path.exists():
        return None
    try:
        with duckdb.connect() as connection:
            rows = connection.execute(
                "select decode(key), decode(value) from parquet_kv_metadata(?)", [str(path)]
            ).fetchall()
    except duckdb.Error:
        return None
    found = dict(rows)
    return (found["ledger_id"], int(found["run"])) if {"ledger_id", "run"} <= found.keys() else None


def trusted(ledger: Ledger) -> Path | None:
    """The state file, if it is this ledger's. Refuses a ledger that is older than what was published."""
    found = published(ledger.state_path)
    if found is None:
        return None
    ledger_id, run = found
    if ledger_id != ledger.ledger_id or run > ledger.run_id:
        raise LedgerError(
            f"{ledger.path} is not the ledger that published {ledger.state_path.name} (run {run}, this one: run {ledger.run_id}); "
            "sending from it could count events twice. Restore the newer ledger"
        )
    return ledger.state_path


def publish(ledger: Ledger, now: float, folder: Path, ended: bool = True, whole: bool = False) -> None:
    """Write the state file anew, from nothing if `whole`. `folder` is private scratch space on any disk.

    Before the run has ended, the file says that it shows the run before: what changes after it will be read again.
    """
    target = ledger.state_path
    before = None if whole else trusted(ledger)
    found = published(target) if before else None
    since = found[1] if found else 0
    shown = ledger.run_id if ended else ledger.run_id - 1
    changes = folder / "changed.csv"
    with changes.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for row in ledger.db.execute(CHANGED, (since,)):
            writer.writerow(["\\N" if value is None else value for value in row])
    part = target.with_name(f".{target.name}.part")
    columns = "{" + ", ".join(f"{quote(name)}: {quote(kind)}" for name, kind in COLUMNS.items()) + "}"
    names = ", ".join(COLUMNS)
    with scratch(folder) as connection:
        connection.execute("set preserve_insertion_order = false")
        changed = (
            f"read_csv({quote(str(changes))}, columns = {columns}, header = false, nullstr = '\\N', "
            "delim = ',', quote = '\"', escape = '\"', auto_detect = false)"
        )
        connection.execute(f"create temp table changed as from {changed}")
        kept = (
            f"select {names} from read_parquet({quote(str(before))}) anti join changed using (event_key) union all by name "
            if before
            else ""
        )
        connection.execute(
            f"copy (select *, {int(now)}::bigint as published_at from ({kept}select {names} from changed)) "
            f"to {quote(str(part))} (format parquet, compression zstd, "
            f"kv_metadata {{ledger_id: {quote(ledger.ledger_id)}, run: {quote(str(shown))}}})"
        )
    changes.unlink()
    os.chmod(part, 0o600)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(part, target)
    handle = os.open(target.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
