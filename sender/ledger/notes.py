"""What the ledger remembers beside batches: pauses, drift, decisions, suppressed people, keys that a person let pass. And of its
meta table what other rooms ask for."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sender.errors import LedgerError
from sender.ledger.ledger import Ledger, load

ACCEPTED_CHANGE = "accept_model_change"  # in meta: when a person said that the next send may pass a changed model


def pause(ledger: Ledger, dataset_id: str, until: float) -> None:
    """Remember what the server asked for: a restart must not hammer it."""
    ledger.db.execute("insert or replace into pauses values (?, ?)", (dataset_id, until))


def paused_until(ledger: Ledger, dataset_id: str) -> float:
    row = ledger.db.execute("select until from pauses where dataset_id = ?", (dataset_id,)).fetchone()
    return float(row[0]) if row else 0.0


def pauses(ledger: Ledger, now: float) -> dict[str, int]:
    """Dataset to the moment until which it is paused."""
    found = ledger.db.execute("select dataset_id, until from pauses where until > ?", (now,))
    return {dataset_id: int(until) for dataset_id, until in found}


def note_drift(ledger: Ledger, drift: Iterable[tuple[str, str]]) -> None:
    """Write down that delivered events, (event_key, digest), have other bytes now."""
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
    """Whether a person has accepted a changed model: for one send that has read the table, whatever it finds."""
    accepted = ledger.meta(ACCEPTED_CHANGE) is not None
    if accepted:
        ledger.set_meta(ACCEPTED_CHANGE, None)
    return accepted


def approve(ledger: Ledger, keys: Iterable[str]) -> None:
    """A person lets these keys be sent although their orders were attempted under others."""
    ledger.db.executemany("insert or ignore into approved values (?)", ((key,) for key in keys))


def approved(ledger: Ledger) -> set[str]:
    return {row[0] for row in ledger.db.execute("select event_key from approved")}


def suppress(ledger: Ledger, hashes: Iterable[str], now: float) -> None:
    """Recognise these people from now on; `hashes` are SHA-256 of the hashes in their events."""
    ledger.db.executemany("insert or ignore into suppressed values (?, ?)", ((each, int(now)) for each in hashes))


def suppressed(ledger: Ledger) -> set[str]:
    return {row[0] for row in ledger.db.execute("select hash from suppressed")}


def suppressed_at(path: Path) -> set[str]:
    """Those of a ledger at this path that is to be replaced; none if there is none that can be read."""
    if not path.exists():
        return set()
    try:
        with closing(load(path)) as ledger:
            return suppressed(ledger)
    except (LedgerError, sqlite3.Error):
        return set()
