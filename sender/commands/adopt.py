"""Make a ledger anew from the published state, after the ledger was lost or only an old copy of it is left.

What was final stays final. What was still open has lost its bytes and its history: it is held for a person
(`restored`). What happened after the last publication is not known; so this is for a ledger that is lost.
"""

from itertools import groupby
from pathlib import Path

from sender.errors import LedgerError
from sender.events.batching import chunks
from sender.events.contract import record
from sender.events.source import quote, scratch
from sender.ledger import ledger, transitions
from sender.ledger.ledger import Ledger
from sender.ledger.publication import publish, published

HEAD = "dataset_id, state, reason, first_attempt_at, accepted_at, fbtrace_id"


def adopt(path: Path, folder: Path, now: float) -> int:
    """Create the ledger at `path`, putting an older one aside. Returns how many events it knows."""
    state = path.parent / "delivery_state.parquet"
    found = published(state)
    if found is None:
        raise LedgerError(f"there is no readable {state} to make a ledger from; restore it, or run `offline-capi init`")
    fresh = folder / "adopted.sqlite"
    ledger.create(fresh)
    book = ledger.load(fresh)
    book.ledger_id, book.run_id = found.ledger_id, found.run + 1
    with book.transaction():
        book.set_meta("ledger_id", book.ledger_id)
        book.set_meta("run_seq", book.run_id)
        book.set_meta("publication", found.number)
        n = copy(book, state, folder, now)
    book.check_accounts()
    book.close()
    if path.exists():
        path.rename(path.with_name(f"{path.name}.before-{int(now)}"))
    fresh.rename(path)
    book = ledger.load(path)
    publish(book, now, folder, whole=True)
    book.close()
    return n


def copy(book: Ledger, state: Path, folder: Path, now: float) -> int:
    n = 0
    with scratch(folder) as connection:
        # A state that an older version published lacks the columns that were added since.
        empty = "select null::ubigint as payload_hash where false"
        shown = f"({empty} union all by name from read_parquet({quote(str(state))}))"
        cursor = connection.execute(f"select {HEAD}, {record()} from {shown} order by {HEAD}")  # noqa: S608
        for head, rows in groupby(iter(cursor.fetchone, None), key=lambda row: row[:6]):
            dataset_id, shown, reason, attempted, accepted, trace = head
            lost = shown == "pending"
            for part in chunks((row[6] for row in rows), 1000):
                state_now, why = ("held", "restored") if lost else (shown, reason)
                batch_id = transitions.add_batch(book, dataset_id, None, "none", state_now, why, part, attempted)
                book.db.execute(
                    "update batches set ended_at = ?, fbtrace_id = ? where batch_id = ?",
                    (accepted or int(now), trace, batch_id),
                )
                transitions.take_in(book, len(part))
                n += len(part)
    return n
