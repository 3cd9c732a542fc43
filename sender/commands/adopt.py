"""Rebuild a ledger from the published state, when the ledger is lost or only an old copy is left.

What was final stays final. What was still open has lost its bytes and its history: it is held for a person
(`restored`). What happened after the last publication is not known, so use this only when the ledger is lost.
"""

from itertools import groupby, islice
from pathlib import Path

from sender.duck import quote, scratch
from sender.errors import LedgerError
from sender.events import member
from sender.ledger import notes, transitions
from sender.ledger.ledger import Ledger, create, load, state_beside
from sender.ledger.publication import publish, published
from sender.ledger.states import PENDING, State
from sender.meta.reasons import Reason

HEAD = "dataset_id, state, reason, first_attempt_at, accepted_at, fbtrace_id"
BATCH = 1000  # events


def adopt(path: Path, folder: Path, now: float) -> bool:
    """Create the ledger at `path` and move an older one aside. Returns whether everybody who asked to be forgotten is still known:
    the state of an older version does not list them."""
    state = state_beside(path)
    found = published(state)
    if found is None:
        raise LedgerError(
            f"there is no readable {state} to rebuild the ledger from; restore it, or run `offline-capi init`"
        )
    made = folder / "adopted.sqlite"
    create(made)
    ledger = load(made)
    with ledger.transaction():
        ledger.take_over(found.ledger_id, found.run, found.number)
        copy(ledger, state, folder, now)
        notes.suppress(ledger, notes.suppressed_at(path) | (found.suppressed or set()), now)
    ledger.check_accounts()
    ledger.close()
    if path.exists():
        path.rename(path.with_name(f"{path.name}.before-{int(now)}"))
    made.rename(path)
    ledger = load(path)
    publish(ledger, now, folder, whole=True)
    ledger.close()
    return found.suppressed is not None


def copy(ledger: Ledger, state: Path, folder: Path, now: float) -> int:
    """Part of a transaction."""
    n = 0
    with scratch(folder) as connection:
        # A state that an older version published lacks the columns added since then.
        empty = (
            "select null::ubigint as payload_hash, null::decimal(18, 3) as value, null::varchar as currency where false"
        )
        shown = f"({empty} union all by name from read_parquet({quote(str(state))}))"
        cursor = connection.execute(f"select {HEAD}, {member.sql()} from {shown} order by {HEAD}")  # noqa: S608
        for head, rows in groupby(iter(cursor.fetchone, None), key=lambda row: row[:6]):
            dataset_id, was, reason, attempted, accepted, trace = head
            if was == PENDING:
                state_now, why = State.HELD, Reason.RESTORED
            elif reason == Reason.FORGOTTEN:  # an older version showed these as rejected
                state_now, why = State.WITHHELD, reason
            else:
                state_now, why = State(was), reason
            while records := [row[6] for row in islice(rows, BATCH)]:
                ended = accepted or int(now)
                transitions.adopt(
                    ledger, dataset_id, state_now, why, records, attempted=attempted, ended=ended, trace=trace
                )
                n += len(records)
    return n
