"""Changes to chosen events, whatever batch they are in: what the shop takes back, and what a person decides about."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from sender.events import member
from sender.ledger.batches import Batch, get, in_state, members, payloads, unfinished
from sender.ledger.ledger import Ledger
from sender.ledger.rows import BYTES, erase, move, take_in
from sender.ledger.states import State
from sender.ledger.transitions import finish, split
from sender.meta.reasons import Reason


def part(ledger: Ledger, batch: Batch, chosen: Sequence[int]) -> Batch:
    """Part of a transaction: the events at these positions as a batch of their own, or the whole batch if these are all."""
    if len(chosen) == batch.n:
        return batch
    rest = sorted(set(range(batch.n)) - set(chosen))
    return get(ledger, split(ledger, batch, [chosen, rest])[0])


def named(ledger: Ledger, found: Iterable[Batch], keys: AbstractSet[str]) -> Iterator[Batch]:
    """Part of a transaction: the events with these keys, in batches that hold nothing else."""
    for batch in found:
        chosen = [i for i, record in enumerate(members(ledger, batch.batch_id)) if member.key(record) in keys]
        if chosen:
            yield part(ledger, batch, chosen)


def withhold(ledger: Ledger, keys: AbstractSet[str], now: float) -> None:
    """The model has withdrawn these unfinished events: they are not sent again."""
    with ledger.transaction():
        for batch in named(ledger, unfinished(ledger), keys):
            certain = batch.maybe_since is None
            reason = Reason.WITHDRAWN if certain else Reason.WITHDRAWN_MAY_HAVE_ARRIVED
            finish(ledger, batch.batch_id, State.WITHHELD, reason, now)


def take_back(ledger: Ledger, keys: AbstractSet[str], now: float) -> None:
    """These withdrawn events are back in the model: those that Meta does not have are new, those it may have wait for a person."""
    with ledger.transaction():
        for batch in named(ledger, in_state(ledger, State.WITHHELD, Reason.WITHDRAWN), keys):
            drop(ledger, batch)
        for batch in named(ledger, in_state(ledger, State.WITHHELD, Reason.WITHDRAWN_MAY_HAVE_ARRIVED), keys):
            finish(ledger, batch.batch_id, State.HELD, Reason.RETURNED, now)


def resend(ledger: Ledger, batch: Batch) -> bool:
    """Part of a transaction: a person wants a held batch to be sent again. Returns False if its bytes are no longer kept."""
    if not payloads(ledger, batch.batch_id):
        return False
    move(ledger, batch.batch_id, State.OPEN)
    ledger.db.execute(
        "update batches set reason = ?, maybe_since = null, ended_at = null, tries = 0 where batch_id = ?",
        (Reason.RESEND, batch.batch_id),
    )
    return True


def drop(ledger: Ledger, batch: Batch) -> None:
    """Part of a transaction: forget that the batch's events were ever taken in."""
    take_in(ledger, -batch.n)
    erase(ledger, batch.batch_id, ("members", *BYTES, "batches"))
