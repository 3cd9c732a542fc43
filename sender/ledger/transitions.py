# ruff: noqa: S608 - only constants are put into SQL here
"""What a run writes into the ledger: claim with the first attempt, begin, finish, split. Each is one transaction.

The order that makes a kill harmless: the attempt is committed, then the bytes are posted, then the outcome is
committed.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

from sender.events.batching import Rows
from sender.events.spool import places
from sender.ledger.batches import BODY_SEPARATOR, Batch, body, members, payloads
from sender.ledger.ledger import SEPARATOR, Ledger
from sender.meta.answers import Outcome

BYTES = ("bodies", "spooled")  # where the bytes of a batch may be


def drop(ledger: Ledger, batch: Batch) -> None:
    """Part of a transaction: forget that the batch's events were ever taken in."""
    take_in(ledger, -batch.n)
    for table in ("members", *BYTES, "batches"):
        ledger.db.execute(f"delete from {table} where batch_id = ?", (batch.batch_id,))


def recover(ledger: Ledger, now: float) -> int:
    """A batch found `sending` is one whose sender died: its outcome is unknown. Returns how many there were."""
    with ledger.transaction() as db:
        db.execute(
            "update attempts set ended_at = ?, action = 'retry', reason = 'interrupted' where ended_at is null",
            (int(now),),
        )
        return db.execute("update batches set state = 'open', reason = 'interrupted' where state = 'sending'").rowcount


def claim(
    ledger: Ledger, dataset_id: str, rows: Rows, texts: Sequence[bytes], age: str, now: float
) -> tuple[Batch, bytes]:
    """Take rows into the ledger as a batch that is being sent. Committed: the caller may POST the returned body."""
    data = BODY_SEPARATOR.join(texts)
    tag = json.loads(rows.tags[0])
    with ledger.transaction():
        batch_id = add_batch(ledger, dataset_id, tag, age, "sending", None, rows.members, int(now))
        take_in(ledger, len(rows))
        ledger.db.execute("insert into spooled values (?, ?)", (batch_id, places(rows)))
        add_attempt(ledger, batch_id, len(rows), data, None, now)
    return Batch(batch_id, dataset_id, tag, age, len(rows), int(now), 0, None), data


def file_away(ledger: Ledger, dataset_id: str, rows: Rows, state: str, reason: str, now: float) -> None:
    """Take rows into the ledger that get a final state without ever being attempted. No bytes are kept."""
    if not rows:
        return
    with ledger.transaction() as db:
        batch_id = add_batch(ledger, dataset_id, None, "none", state, reason, rows.members, None)
        take_in(ledger, len(rows))
        db.execute("update batches set ended_at = ? where batch_id = ?", (int(now), batch_id))


def take_in(ledger: Ledger, n: int) -> None:
    ledger.db.execute("update meta set value = value + ? where key = 'events'", (n,))


def begin(ledger: Ledger, batch: Batch, now: float) -> bytes:
    """Write ahead another attempt of an open batch. Committed: the caller may POST the returned body."""
    data = body(ledger, batch.batch_id)
    with ledger.transaction() as db:
        db.execute(
            "update batches set state = 'sending', run_id = ?, first_attempt_at = coalesce(first_attempt_at, ?), "
            "maybe_since = coalesce(maybe_since, ?) where batch_id = ?",
            (ledger.run_id, int(now), int(now), batch.batch_id),
        )
        add_attempt(ledger, batch.batch_id, batch.n, data, batch.maybe_since, now)
    return data


def close_attempt(ledger: Ledger, batch: Batch, outcome: Outcome, now: float) -> None:
    """Part of a transaction: write down what came back, and take back `maybe_since` after a definite no."""
    rule = outcome.rule
    ledger.db.execute(
        "update attempts set ended_at = ?, status = ?, action = ?, reason = ?, code = ?, subcode = ?, fbtrace_id = ?, "
        "received = ?, messages = ? where batch_id = ? and ended_at is null",
        (
            *(int(now), outcome.status, rule.action, rule.reason, outcome.code, outcome.subcode),
            *(outcome.trace, outcome.received, outcome.messages, batch.batch_id),
        ),
    )
    if not rule.maybe and rule.action != "accept":
        ledger.db.execute(
            "update batches set maybe_since = (select maybe_before from attempts where batch_id = ?1 "
            "order by attempt_id desc limit 1) where batch_id = ?1",
            (batch.batch_id,),
        )


def reopen(ledger: Ledger, batch: Batch, outcome: Outcome, now: float) -> None:
    """The batch is to be sent again. `tries` counts how often in a row it failed in the same way."""
    with ledger.transaction() as db:
        close_attempt(ledger, batch, outcome, now)
        tries = batch.tries + 1 if batch.reason == outcome.reason else 1
        db.execute(
            "update batches set state = 'open', reason = ?, tries = ?, fbtrace_id = ?, run_id = ? where batch_id = ?",
            (outcome.reason, tries, outcome.trace, ledger.run_id, batch.batch_id),
        )


def settle(ledger: Ledger, batch: Batch, state: str, outcome: Outcome, now: float) -> None:
    """The final outcome of an attempted batch. Bytes are kept only for a batch that a person may want to send again."""
    with ledger.transaction():
        close_attempt(ledger, batch, outcome, now)
        finish(ledger, batch.batch_id, state, outcome.reason, now, outcome.trace)


def finish(ledger: Ledger, batch_id: int, state: str, reason: str | None, now: float, trace: str | None = None) -> None:
    """Part of a transaction: move a batch into a final state."""
    ledger.db.execute(
        "update batches set state = ?, reason = ?, ended_at = ?, fbtrace_id = coalesce(?, fbtrace_id), run_id = ? "
        "where batch_id = ?",
        (state, None if state == "accepted" else reason, int(now), trace, ledger.run_id, batch_id),
    )
    if state != "held":
        for table in BYTES:
            ledger.db.execute(f"delete from {table} where batch_id = ?", (batch_id,))


def split(
    ledger: Ledger,
    batch: Batch,
    parts: Sequence[Sequence[int]],
    outcome: Outcome | None = None,
    now: float = 0,
    state: str = "open",
) -> list[int]:
    """Move a batch's events into new batches, one for each list of positions. Returns their ids, in order.

    `outcome` is the answer that made it necessary, if there was one.
    The children get ascending ids in reverse, so that the first part is the newest and is sent first.
    """
    with ledger.transaction() as db:
        if outcome:
            close_attempt(ledger, batch, outcome, now)
        records = members(ledger, batch.batch_id)
        texts = payloads(ledger, batch.batch_id)
        maybe, attempted, ended = db.execute(
            "select maybe_since, first_attempt_at, ended_at from batches where batch_id = ?", (batch.batch_id,)
        ).fetchone()
        children: list[int] = []
        for part in reversed(parts):
            chosen = [records[i] for i in part]
            child = add_batch(
                ledger, batch.dataset_id, batch.upload_tag, batch.age, state, batch.reason, chosen, attempted
            )
            db.execute(
                "update batches set parent_id = ?, maybe_since = ?, ended_at = ? where batch_id = ?",
                (batch.batch_id, maybe, ended, child),
            )
            if texts:
                data = BODY_SEPARATOR.join([texts[i] for i in part])
                db.execute("insert into bodies values (?, ?)", (child, data))
            children.insert(0, child)
        db.execute(
            "update batches set state = 'split', n = 0, run_id = ? where batch_id = ?", (ledger.run_id, batch.batch_id)
        )
        for table in ("members", *BYTES):
            db.execute(f"delete from {table} where batch_id = ?", (batch.batch_id,))
    return children


def add_batch(
    ledger: Ledger,
    dataset: str,
    tag: str | None,
    age: str,
    state: str,
    reason: str | None,
    records: Sequence[str],
    attempted: int | None,
) -> int:
    sql = (
        "insert into batches (dataset_id, upload_tag, age, state, reason, n, first_attempt_at, maybe_since, run_id) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    values = (dataset, tag, age, state, reason, len(records), attempted, attempted, ledger.run_id)
    batch_id = ledger.db.execute(sql, values).lastrowid
    assert batch_id is not None  # noqa: S101 - an insert has a row id
    ledger.db.execute("insert into members values (?, ?)", (batch_id, SEPARATOR.join(records)))
    return batch_id


def add_attempt(ledger: Ledger, batch_id: int, n: int, data: bytes, maybe: int | None, now: float) -> None:
    ledger.db.execute(
        "insert into attempts (batch_id, run_id, n, body_sha256, maybe_before, started_at) values (?, ?, ?, ?, ?, ?)",
        (batch_id, ledger.run_id, n, hashlib.sha256(data).digest(), maybe, int(now)),
    )


def pause(ledger: Ledger, dataset_id: str, until: float) -> None:
    """Remember what the server asked for: a restart must not hammer it."""
    ledger.db.execute("insert or replace into pauses values (?, ?)", (dataset_id, until))


def note_drift(ledger: Ledger, drift: Iterable[tuple[str, str]]) -> None:
    """Write down that delivered events have other bytes now."""
    with ledger.transaction() as db:
        db.executemany("insert or ignore into drift values (?, ?, ?)", ((*pair, ledger.run_id) for pair in drift))
