"""What the ledger remembers besides batches: pauses, drift, decisions, suppressed people, approved keys; and entries of its meta
table that other packages need."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sender.errors import LedgerError
from sender.ledger.ledger import Ledger, load

ACCEPTED_CHANGE = "accept_model_change"  # in meta: when a person allowed the next send to accept a changed model


def pause(ledger: Ledger, dataset_id: str, until: float) -> None:
    """Remember the pause that the server asked for: a restart must not hammer it."""
    ledger.db.execute("insert or replace into pauses values (?, ?)", (dataset_id, until))


def paused_until(ledger: Ledger, dataset_id: str) -> float:
    row = ledger.db.execute("select until from pauses where dataset_id = ?", (dataset_id,)).fetchone()
    return float(row[0]) if row else 0.0


def pauses(ledger: Ledger, now: float) -> dict[str, int]:
    """By dataset, the time until which it is paused."""
    found = ledger.db.execute("select dataset_id, until from pauses where until > ?", (now,))
    return {dataset_id: int(until) for dataset_id, until in found}


def note_drift(ledger: Ledger, drift: Iterable[tuple[str, str]]) -> None:
    """Record that delivered events, (event_key, digest), now have different bytes."""
    with ledger.transaction() as db:
        db.executemany("insert or ignore into drift values (?, ?, ?)", ((*pair, ledger.run_id) for pair in drift))


@contextmanager
def noted_drift(ledger: Ledger) -> Iterator[Iterable[tuple[str, str]]]:
    with closing(ledger.db.execute("select event_key, digest from drift")) as noted:
        yield noted


def write_decision(ledger: Ledger, decision: str, selection: str, reason: str, n: int, now: float) -> None:
    """A person's decision about `n` events, and why."""
    values = (int(now), decision, selection, reason, n)
    ledger.db.execute("insert into decisions values (?, ?, ?, ?, ?)", values)


def accept_model_change(ledger: Ledger, now: float) -> None:
    ledger.set_meta(ACCEPTED_CHANGE, int(now))


def use_acceptance(ledger: Ledger) -> bool:
    """Whether a person has accepted a changed model. This is good for one send that reads the table, whatever it finds."""
    accepted = ledger.meta(ACCEPTED_CHANGE) is not None
    if accepted:
        ledger.set_meta(ACCEPTED_CHANGE, None)
    return accepted


def approve(ledger: Ledger, keys: Iterable[str]) -> None:
    """A person allows these keys to be sent although their orders were attempted under other keys."""
    ledger.db.executemany("insert or ignore into approved values (?)", ((key,) for key in keys))


def approved(ledger: Ledger) -> set[str]:
    return {row[0] for row in ledger.db.execute("select event_key from approved")}


def suppress(ledger: Ledger, hashes: Iterable[str], now: float) -> None:
    """Recognise these people from now on; `hashes` are SHA-256 of the hashes in their events."""
    ledger.db.executemany("insert or ignore into suppressed values (?, ?)", ((each, int(now)) for each in hashes))


def suppressed(ledger: Ledger) -> set[str]:
    return {row[0] for row in ledger.db.execute("select hash from suppressed")}


def suppressed_at(path: Path) -> set[str]:
    """The suppressed hashes of a ledger that will be replaced; none if it does not exist or cannot be read."""
    if not path.exists():
        return set()
    try:
        with closing(load(path)) as ledger:
            return suppressed(ledger)
    except (LedgerError, sqlite3.Error):
        return set()
