"""Everything that changes batches and their attempts. Each function is one transaction, or says that it is part of one.

This order makes a kill harmless: the attempt is committed, then the bytes are posted, then the outcome is
committed. A batch moves only as states.py allows.
"""

import json
from collections.abc import Iterable, Sequence

from sender.events.spool import Rows, places
from sender.ledger.batches import BODY_SEPARATOR, Batch, body, members, payloads
from sender.ledger.ledger import Ledger
from sender.ledger.rows import BYTES, add_attempt, add_batch, close_attempt, erase, move, take_in
from sender.ledger.states import KEEPS_BYTES, State
from sender.meta.answers import RETRY, Outcome
from sender.meta.reasons import Reason


def claim(
    ledger: Ledger, dataset_id: str, rows: Rows, texts: Sequence[bytes], age: str, now: float
) -> tuple[Batch, bytes]:
    """Take rows into the ledger as a batch that is being sent. Once committed, the caller may POST the returned body."""
    data = BODY_SEPARATOR.join(texts)
    tag = json.loads(rows.tags[0])
    with ledger.transaction():
        batch_id = add_batch(
            ledger, dataset_id, State.SENDING, None, rows.members, tag=tag, age=age, attempted=int(now)
        )
        take_in(ledger, len(rows))
        ledger.db.execute("insert into spooled values (?, ?)", (batch_id, places(rows)))
        add_attempt(ledger, batch_id, len(rows), data, None, now)
    return Batch(State.SENDING, batch_id, dataset_id, tag, age, len(rows), int(now), 0, None), data


def file_away(ledger: Ledger, dataset_id: str, rows: Rows, state: State, reason: Reason, now: float) -> None:
    """Take rows into the ledger with a final state, without an attempt. No bytes are kept."""
    if not rows:
        return
    with ledger.transaction():
        add_batch(ledger, dataset_id, state, reason, rows.members, ended=int(now))
        take_in(ledger, len(rows))


def adopt(
    ledger: Ledger,
    dataset_id: str,
    state: State,
    reason: str | None,
    records: Sequence[str],
    *,
    attempted: int | None,
    ended: int,
    trace: str | None,
) -> None:
    """Part of a transaction: take over what a lost ledger published about some events."""
    add_batch(ledger, dataset_id, state, reason, records, attempted=attempted, ended=ended, trace=trace)
    take_in(ledger, len(records))


def begin(ledger: Ledger, batch: Batch, now: float) -> bytes:
    """Write ahead another attempt of an open batch. Once committed, the caller may POST the returned body."""
    data = body(ledger, batch.batch_id)
    with ledger.transaction() as db:
        move(ledger, batch.batch_id, State.SENDING)
        db.execute(
            "update batches set first_attempt_at = coalesce(first_attempt_at, ?1), maybe_since = coalesce(maybe_since, ?1) "
            "where batch_id = ?2",
            (int(now), batch.batch_id),
        )
        add_attempt(ledger, batch.batch_id, batch.n, data, batch.maybe_since, now)
    return data


def reopen(ledger: Ledger, batch: Batch, outcome: Outcome, now: float) -> None:
    """The batch will be sent again. `tries` counts how often in a row it failed in the same way."""
    with ledger.transaction() as db:
        close_attempt(ledger, batch, outcome, now)
        move(ledger, batch.batch_id, State.OPEN)
        tries = batch.tries + 1 if batch.reason == outcome.reason else 1
        db.execute(
            "update batches set reason = ?, tries = ?, fbtrace_id = ? where batch_id = ?",
            (outcome.reason, tries, outcome.trace, batch.batch_id),
        )


def settle(ledger: Ledger, batch: Batch, state: State, outcome: Outcome, now: float) -> None:
    """The final outcome of an attempted batch. Bytes are kept only for a batch that a person may want to send again."""
    with ledger.transaction():
        close_attempt(ledger, batch, outcome, now)
        finish(ledger, batch.batch_id, state, outcome.reason, now, outcome.trace)


def finish(
    ledger: Ledger, batch_id: int, state: State, reason: str | None, now: float, trace: str | None = None
) -> None:
    """Part of a transaction: move a batch into a final state."""
    move(ledger, batch_id, state)
    ledger.db.execute(
        "update batches set reason = ?, ended_at = ?, fbtrace_id = coalesce(?, fbtrace_id) where batch_id = ?",
        (None if state is State.ACCEPTED else reason, int(now), trace, batch_id),
    )
    if state not in KEEPS_BYTES:
        erase(ledger, batch_id, BYTES)


def split(
    ledger: Ledger, batch: Batch, parts: Sequence[Sequence[int]], outcome: Outcome | None = None, now: float = 0
) -> list[int]:
    """Move a batch's events into new batches, one for each list of positions. Returns their ids, in order.

    `outcome` is the answer that made this necessary, if any. With an outcome the new batches are open; otherwise they keep the state
    of the batch. They get ascending ids in reverse order, so that the first part is the newest and is sent first.
    """
    with ledger.transaction() as db:
        if outcome:
            close_attempt(ledger, batch, outcome, now)
        records, texts = members(ledger, batch.batch_id), payloads(ledger, batch.batch_id)
        children: list[int] = []
        for part in reversed(parts):
            child = add_batch(
                ledger,
                batch.dataset_id,
                State.OPEN if outcome else batch.state,
                batch.reason,
                [records[i] for i in part],
            )
            db.execute(
                "update batches set (parent_id, upload_tag, age, first_attempt_at, maybe_since, ended_at) = "
                "(select batch_id, upload_tag, age, first_attempt_at, maybe_since, ended_at from batches where batch_id = ?1) "
                "where batch_id = ?2",
                (batch.batch_id, child),
            )
            if texts:
                data = BODY_SEPARATOR.join([texts[i] for i in part])
                db.execute("insert into bodies values (?, ?)", (child, data))
            children.insert(0, child)
        move(ledger, batch.batch_id, State.SPLIT)
        db.execute("update batches set n = 0 where batch_id = ?", (batch.batch_id,))
        erase(ledger, batch.batch_id, ("members", *BYTES))
    return children


def recover(ledger: Ledger, now: float) -> None:
    """A batch found `sending` is one whose sender died: its outcome is unknown."""
    with ledger.transaction() as db:
        db.execute(
            "update attempts set ended_at = ?, action = ?, reason = ? where ended_at is null",
            (int(now), RETRY, Reason.INTERRUPTED),
        )
        db.execute(
            "update batches set state = ?, reason = ? where state = ?", (State.OPEN, Reason.INTERRUPTED, State.SENDING)
        )


def bring_home(ledger: Ledger, bodies: dict[int, bytes], lost: Iterable[int], now: float) -> None:
    """Move these bytes of batches from the spool into the ledger. Batches whose bytes are lost are held for a person."""
    with ledger.transaction() as db:
        db.executemany("insert into bodies values (?, ?)", bodies.items())
        for batch_id in lost:
            finish(ledger, batch_id, State.HELD, Reason.BYTES_LOST, now)
        db.execute("delete from spooled")
