# ruff: noqa: S608 - only constants are put into SQL here
"""Read batches from the ledger: their state, the records of their events, their bytes."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from sender.events import member
from sender.events.member import SEPARATOR
from sender.events.spool import Spool
from sender.ledger.ledger import Ledger
from sender.ledger.states import PENDING, UNFINISHED, State, sql

BODY_SEPARATOR = SEPARATOR.encode()


@dataclass(frozen=True)
class Batch:
    state: State
    batch_id: int
    dataset_id: str
    upload_tag: str | None
    age: str  # fresh | old
    n: int
    maybe_since: int | None
    tries: int
    reason: str | None


COLUMNS = "state, batch_id, dataset_id, upload_tag, age, n, maybe_since, tries, reason"
SHOWN = f"case when state in {sql(*UNFINISHED)} then '{PENDING}' else state end"  # what people see


def found(ledger: Ledger, where: str, *values: object) -> list[Batch]:
    rows = ledger.db.execute(f"select {COLUMNS} from batches where {where}", values)
    return [Batch(State(state), *facts) for state, *facts in rows]


def unfinished(ledger: Ledger, dataset_id: str | None = None) -> list[Batch]:
    """Batches without a final outcome, newest first, so that the pieces of a split batch come first."""
    where = f"state in {sql(*UNFINISHED)} and (?1 is null or dataset_id = ?1) order by batch_id desc"
    return found(ledger, where, dataset_id)


def refused(ledger: Ledger) -> Iterator[str]:
    """The event_keys that will be sent again and that Meta certainly does not have."""
    for batch in unfinished(ledger):
        if batch.maybe_since is None:
            yield from map(member.key, members(ledger, batch.batch_id))


def in_state(ledger: Ledger, state: State, reason: str | None = None) -> list[Batch]:
    return found(ledger, "state = ?1 and (?2 is null or reason = ?2) order by batch_id", state, reason)


def with_bytes(ledger: Ledger) -> list[Batch]:
    """Batches whose bytes are in the ledger. When no run is under way, these are all that have bytes."""
    return found(ledger, "batch_id in (select batch_id from bodies) order by batch_id")


def attempted(ledger: Ledger) -> list[Batch]:
    """Batches that may have reached Meta, or still may."""
    return found(ledger, "first_attempt_at is not null and n > 0")


def filled(ledger: Ledger) -> list[Batch]:
    """All batches that hold events."""
    return found(ledger, "n > 0")


def get(ledger: Ledger, batch_id: int) -> Batch:
    return found(ledger, "batch_id = ?", batch_id)[0]


def payloads(ledger: Ledger, batch_id: int) -> list[bytes]:
    """The payloads of a batch's events; empty if they are no longer kept."""
    if body := ledger.db.execute("select body from bodies where batch_id = ?", (batch_id,)).fetchone():
        return list(body[0].split(BODY_SEPARATOR))
    if spooled := ledger.db.execute("select places from spooled where batch_id = ?", (batch_id,)).fetchone():
        with closing(Spool(ledger.spool_path)) as spool:
            return spool.read(spooled[0])
    return []


def body(ledger: Ledger, batch_id: int) -> bytes:
    return BODY_SEPARATOR.join(payloads(ledger, batch_id))


def members(ledger: Ledger, batch_id: int) -> list[str]:
    """The records of a batch's events (events/member.py), in the order of its body."""
    records: str = ledger.db.execute("select records from members where batch_id = ?", (batch_id,)).fetchone()[0]
    return records.split(SEPARATOR)


def spooled(ledger: Ledger) -> list[tuple[int, bytes, bytes]]:
    """(batch_id, places of its bytes in the spool, SHA-256 of the posted body) of batches whose bytes are still in the spool."""
    return ledger.db.execute(
        "select batch_id, places, body_sha256 from spooled join attempts using (batch_id) "
        "where attempt_id = (select max(attempt_id) from attempts as its where its.batch_id = spooled.batch_id)"
    ).fetchall()


def changed_since(ledger: Ledger, run: int) -> Iterator[tuple[object, ...]]:
    """What publication.py publishes of each batch that a run after `run` has changed, and its records."""
    return ledger.db.execute(
        f"""
        select
            batch_id, dataset_id, {SHOWN},
            coalesce(reason, '\\N'),
            coalesce(first_attempt_at, '\\N'), case when state = '{State.ACCEPTED}' then ended_at else '\\N' end,
            coalesce(fbtrace_id, '\\N'), records
        from batches join members using (batch_id)
        where run_id > ?""",
        (run,),
    )


def has_changed_since(ledger: Ledger, run: int) -> bool:
    return bool(ledger.db.execute("select 1 from batches where run_id > ? limit 1", (run,)).fetchone())


def reasons(ledger: Ledger) -> list[tuple[str, str, int]]:
    """(state as shown, reason, events)"""
    return ledger.db.execute(
        f"select {SHOWN} as shown, reason, sum(n) from batches "
        f"where reason is not null and state not in {sql(State.SPLIT, State.ACCEPTED)} group by 1, 2 order by 1, 2"
    ).fetchall()


def reasons_of_run(ledger: Ledger) -> dict[str, list[str]]:
    """The reasons that this run has given, by state as shown."""
    sql = (
        f"select distinct {SHOWN}, reason from batches where run_id = ? and n > 0 and reason is not null order by 1, 2"
    )
    found: dict[str, list[str]] = {}
    for state, reason in ledger.db.execute(sql, (ledger.run_id,)):
        found.setdefault(state, []).append(reason)
    return found
