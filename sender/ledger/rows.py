# ruff: noqa: S608 - only constants are put into SQL here
"""The rows that transitions.py writes: batches, their members, their attempts. Each function is part of a transaction."""

import hashlib
from collections.abc import Iterable, Sequence

from sender.errors import LedgerError
from sender.events.member import SEPARATOR
from sender.ledger.batches import Batch
from sender.ledger.ledger import Ledger
from sender.ledger.states import MOVES, State, sql
from sender.meta.answers import ACCEPT, Outcome

BYTES = ("bodies", "spooled")  # where the bytes of a batch may be


def move(ledger: Ledger, batch_id: int, state: State) -> None:
    """Move a batch to another state, if states.py allows it."""
    moved = ledger.db.execute(
        f"update batches set state = ?, run_id = ? where batch_id = ? and state in {sql(*MOVES[state])}",
        (state, ledger.run_id, batch_id),
    )
    if moved.rowcount != 1:
        raise LedgerError(
            f"{ledger.path}: batch {batch_id} cannot become {state} from its present state; restore a backup"
        )


def add_batch(
    ledger: Ledger,
    dataset_id: str,
    state: State,
    reason: str | None,
    records: Sequence[str],
    *,
    tag: str | None = None,
    age: str = "none",
    attempted: int | None = None,
    ended: int | None = None,
    trace: str | None = None,
) -> int:
    # Also above the numbers of deleted batches: their attempts are still there.
    last = "select max(coalesce((select max(batch_id) from batches), 0), coalesce((select max(batch_id) from attempts), 0))"
    row = {
        **{
            "batch_id": 1 + ledger.db.execute(last).fetchone()[0],
            "dataset_id": dataset_id,
            "upload_tag": tag,
            "age": age,
            "state": state,
            "reason": reason,
            "n": len(records),
        },
        **{"first_attempt_at": attempted, "maybe_since": attempted, "ended_at": ended, "fbtrace_id": trace},
        "run_id": ledger.run_id,
    }
    insert = f"insert into batches ({', '.join(row)}) values ({', '.join('?' for _ in row)})"
    batch_id = ledger.db.execute(insert, tuple(row.values())).lastrowid
    assert batch_id is not None  # noqa: S101 - an insert has a row id
    ledger.db.execute("insert into members values (?, ?)", (batch_id, SEPARATOR.join(records)))
    return batch_id


def take_in(ledger: Ledger, n: int) -> None:
    """Count events taken into the ledger, or out of it."""
    ledger.db.execute("update meta set value = value + ? where key = 'events'", (n,))


def erase(ledger: Ledger, batch_id: int, tables: Iterable[str]) -> None:
    for table in tables:
        ledger.db.execute(f"delete from {table} where batch_id = ?", (batch_id,))


def add_attempt(ledger: Ledger, batch_id: int, n: int, data: bytes, maybe: int | None, now: float) -> None:
    ledger.db.execute(
        "insert into attempts (batch_id, run_id, n, body_sha256, maybe_before, started_at) values (?, ?, ?, ?, ?, ?)",
        (batch_id, ledger.run_id, n, hashlib.sha256(data).digest(), maybe, int(now)),
    )


def close_attempt(ledger: Ledger, batch: Batch, outcome: Outcome, now: float) -> None:
    """Record the answer, and reset `maybe_since` after a definite no."""
    rule = outcome.rule
    ledger.db.execute(
        "update attempts set ended_at = ?, status = ?, action = ?, reason = ?, code = ?, subcode = ?, fbtrace_id = ?, "
        "received = ?, messages = ?, seconds = ? where batch_id = ? and ended_at is null",
        (
            *(int(now), outcome.status, rule.action, rule.reason, outcome.code, outcome.subcode),
            *(outcome.trace, outcome.received, outcome.messages, outcome.seconds, batch.batch_id),
        ),
    )
    if not rule.maybe and rule.action != ACCEPT:
        ledger.db.execute(
            "update batches set maybe_since = (select maybe_before from attempts where batch_id = ?1 "
            "order by attempt_id desc limit 1) where batch_id = ?1",
            (batch.batch_id,),
        )
