# ruff: noqa: S608 - only constants are put into SQL here
"""Reading batches out of the ledger: their state, the records of their events, their bytes."""

import csv
from contextlib import closing
from dataclasses import dataclass

from sender.events.spool import Spool
from sender.ledger.ledger import SEPARATOR, Ledger

BODY_SEPARATOR = SEPARATOR.encode()


@dataclass(frozen=True)
class Batch:
    batch_id: int
    dataset_id: str
    upload_tag: str | None
    age: str  # fresh | old
    n: int
    maybe_since: int | None
    tries: int
    reason: str | None


COLUMNS = "batch_id, dataset_id, upload_tag, age, n, maybe_since, tries, reason"


def open_batches(ledger: Ledger, dataset_id: str | None = None) -> list[Batch]:
    """Batches without a final outcome, newest first, so that the pieces of a split batch come before anything else."""
    where = "state in ('open', 'sending')" + (" and dataset_id = ?" if dataset_id else "")
    sql = f"select {COLUMNS} from batches where {where} order by batch_id desc"
    return [Batch(*row) for row in ledger.db.execute(sql, (dataset_id,) if dataset_id else ())]


def in_state(ledger: Ledger, state: str, reason: str | None = None) -> list[Batch]:
    sql = f"select {COLUMNS} from batches where state = ? and (? is null or reason = ?) order by batch_id"
    return [Batch(*row) for row in ledger.db.execute(sql, (state, reason, reason))]


def get(ledger: Ledger, batch_id: int) -> Batch:
    sql = f"select {COLUMNS} from batches where batch_id = ?"
    return Batch(*ledger.db.execute(sql, (batch_id,)).fetchone())


def payloads(ledger: Ledger, batch_id: int) -> list[bytes]:
    """The bytes of a batch's events; none when they are not kept any more."""
    if found := ledger.db.execute("select body from bodies where batch_id = ?", (batch_id,)).fetchone():
        return list(found[0].split(BODY_SEPARATOR))
    if found := ledger.db.execute("select places from spooled where batch_id = ?", (batch_id,)).fetchone():
        with closing(Spool(ledger.spool_path)) as spool:
            return spool.read(found[0])
    return []


def body(ledger: Ledger, batch_id: int) -> bytes:
    return BODY_SEPARATOR.join(payloads(ledger, batch_id))


def members(ledger: Ledger, batch_id: int) -> list[str]:
    """The records of a batch's events, in the order of its body."""
    records: str = ledger.db.execute("select records from members where batch_id = ?", (batch_id,)).fetchone()[0]
    return records.split(SEPARATOR)


def times(member: str) -> tuple[int, int]:
    """(event_time, expires_at)"""
    _, event_time, expires_at, _ = member.rsplit(",", 3)  # no field after them is quoted
    return int(event_time), int(expires_at)


def fields(member: str) -> list[str]:
    """The fields of a record, in the order of ledger.MEMBER."""
    return next(csv.reader([member]))


def paused_until(ledger: Ledger, dataset_id: str) -> float:
    row = ledger.db.execute("select until from pauses where dataset_id = ?", (dataset_id,)).fetchone()
    return float(row[0]) if row else 0.0
