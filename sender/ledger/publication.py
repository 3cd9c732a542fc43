# ruff: noqa: S608 - the only texts put into SQL here are our own paths and names
"""delivery_state.parquet, beside the ledger: what became of each event, for dbt and people to read.

The file is always complete: it is written under a temporary name, fsynced, then moved over the old one. Only what changed
since the last publication is read from the ledger; the rest is copied from the previous file.

The sender reads it too, to find 1,000 new events among 10,000,000 known ones in seconds. The ledger decides whether the file
can be trusted: only the very file that was written last (size and time), by this ledger, with nothing changed since.
A missing or foreign file costs a complete rewrite. Publications are numbered, and the ledger gets the number before the file
does: if the file is ahead, the ledger is an old copy, possibly one made during a run.
"""

import json
from pathlib import Path
from typing import NamedTuple

import duckdb

from sender.clock import point
from sender.duck import csv, first_line, quote, scratch
from sender.errors import LedgerError
from sender.events.member import COLUMNS, SEPARATOR
from sender.files import sync
from sender.ledger import batches, notes
from sender.ledger.ledger import Ledger

SHOWN = """
    event_key, dataset_id, order_id, store_id, event_name, event_time, state, reason, first_attempt_at, accepted_at,
    fbtrace_id, payload_digest, source_digest, expires_at, payload_hash, value, currency
"""
BATCHES = {
    "batch_id": "bigint",
    "dataset_id": "varchar",
    "state": "varchar",
    "reason": "varchar",
    "first_attempt_at": "bigint",
    "accepted_at": "bigint",
    "fbtrace_id": "varchar",
}


class Published(NamedTuple):
    """What a state file says about itself."""

    ledger_id: str
    run: int
    number: int
    suppressed: frozenset[str] | None  # see notes.py; None from an older version, which did not list them


def published(path: Path) -> Published | None:
    """None if the state file is missing or cannot be read."""
    if not path.exists():
        return None
    try:
        with duckdb.connect() as connection:
            sql = "select decode(key), decode(value) from parquet_kv_metadata(?)"
            found = dict(connection.execute(sql, [str(path)]).fetchall())
    except duckdb.Error:
        return None
    if not {"ledger_id", "run"} <= found.keys():
        return None
    suppressed = frozenset(found["suppressed"].split()) if "suppressed" in found else None
    return Published(found["ledger_id"], int(found["run"]), int(found.get("publication", 0)), suppressed)


def last_number(ledger: Ledger) -> int:
    return int(str(ledger.meta("publication") or 0))


def signature(path: Path, run: int) -> str:
    stat = path.stat()
    return json.dumps([run, stat.st_size, stat.st_mtime_ns, stat.st_ino])


def shown_run(ledger: Ledger) -> int | None:
    """The run that the state file shows, or None if the file cannot be trusted. Refuses a ledger older than its publication."""
    found = published(ledger.state_path)
    if found is None:
        return None
    if found.ledger_id != ledger.ledger_id or found.run > ledger.run_id or found.number > last_number(ledger):
        raise LedgerError(
            f"{ledger.path} (run {ledger.run_id}) is not the ledger that published {ledger.state_path.name} "
            f"(run {found.run}), or is an older copy of it; sending from it could count events twice. Restore the newer one, or run "
            "`offline-capi init --adopt`"
        )
    return found.run if ledger.meta("published") == signature(ledger.state_path, found.run) else None


def current(ledger: Ledger, now: float, folder: Path, dry_run: bool) -> Path:
    """A state file that shows everything the ledger knows; rebuilt if necessary, in `folder` for a dry run."""
    run = shown_run(ledger)
    if run is not None and not batches.has_changed_since(ledger, run):
        return ledger.state_path
    target = folder / "state.parquet" if dry_run else ledger.state_path
    publish(ledger, now, folder, target)
    return target


def publish(ledger: Ledger, now: float, folder: Path, target: Path | None = None, whole: bool = False) -> None:
    """Write the state file, from scratch if `whole`. `folder` is private scratch space."""
    target = target or ledger.state_path
    run = None if whole else shown_run(ledger)
    number = last_number(ledger)
    if target == ledger.state_path:
        number += 1
        ledger.set_meta("publication", number)
    about = {"ledger_id": ledger.ledger_id, "run": str(ledger.run_id), "publication": str(number)}
    about["suppressed"] = " ".join(sorted(notes.suppressed(ledger)))  # forgotten people stay so without this ledger
    members, headers = folder / "members.csv", folder / "batches.csv"
    with members.open("w", newline="", encoding="utf-8") as lines, headers.open("w", encoding="utf-8") as heads:
        for batch_id, *head, records in batches.changed_since(ledger, -1 if run is None else run):
            heads.write(",".join(map(str, (batch_id, *head))) + "\n")
            lines.write(f"{batch_id}," + str(records).replace(SEPARATOR, f"\n{batch_id},") + "\n")
    part = target.with_name(f".{target.name}.part")
    with scratch(folder) as connection:
        events = csv(members, {"batch_id": "bigint", **COLUMNS})
        changed = f"select {SHOWN} from {events} join {csv(headers, BATCHES)} using (batch_id)"
        kept = ""
        if run is not None:
            before = f"read_parquet({quote(str(ledger.state_path))})"
            keys = f"(select event_key from {events})"
            kept = f"select {SHOWN} from {before} anti join {keys} using (event_key) union all "
        try:
            connection.execute("set preserve_insertion_order = false")  # measured: half the time
            connection.execute(
                f"copy (select *, {int(now)}::bigint as published_at from ({kept}{changed})) to {quote(str(part))} "
                # All keys are different, and looking for repeated ones took a quarter of the time.
                "(format parquet, compression zstd, compression_level 1, dictionary_size_limit 1000, "
                f"kv_metadata {{{', '.join(f'{key}: {quote(value)}' for key, value in about.items())}}})"
            )
        except duckdb.Error as error:
            raise LedgerError(f"{target} cannot be written ({first_line(error)}); the next run writes it") from None
    members.unlink()
    headers.unlink()
    part.chmod(0o600)
    sync(part)
    point()
    part.replace(target)
    sync(target.parent)
    point()
    if target == ledger.state_path:
        ledger.set_meta("published", signature(target, ledger.run_id))
