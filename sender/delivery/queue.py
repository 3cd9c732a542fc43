"""What goes next in one dataset: open batches, pieces of a split one first, then rows that were never attempted."""

from collections.abc import Sequence

from sender.clock import point
from sender.delivery import windows
from sender.delivery.pace import CANARY, Pace
from sender.delivery.run import Run
from sender.delivery.unsent import Unsent
from sender.events import member
from sender.ledger import batches, transitions
from sender.ledger.batches import Batch
from sender.ledger.states import State
from sender.meta.answers import Outcome
from sender.meta.reasons import Reason

# What becomes of a batch that may no longer be sent.
LATE = {
    windows.EXPIRED: (State.EXPIRED, Reason.TOO_OLD),
    windows.EXPIRED_UNKNOWN: (State.HELD, Reason.EXPIRED_UNKNOWN),
    windows.WINDOW: (State.HELD, Reason.WINDOW),
}


class Queue:
    """`take` and `take_newest` write the attempt of what they return; post it once that is committed."""

    def __init__(self, run: Run, unsent: Unsent, dataset_id: str, pace: Pace) -> None:
        self.run, self.ledger, self.unsent = run, run.ledger, unsent
        self.dataset_id = dataset_id
        self.pace = pace
        self.open: list[Batch] = batches.unfinished(self.ledger, dataset_id)  # next one first
        self.counted: set[int] = set()  # batches that --limit has counted

    def is_left(self) -> bool:
        return bool(self.allowed()) or self.has_unsent()

    def allowed(self) -> list[Batch]:
        """The open batches that --limit allows."""
        if self.run.allowance > 0:
            return self.open
        return [batch for batch in self.open if batch.batch_id in self.counted]

    def has_unsent(self) -> bool:
        return self.run.allowance > 0 and self.unsent.fill(1, self.run.clock.now())

    def look_ahead(self) -> None:
        """Read ahead, so that a free worker does not wait for the disk."""
        self.unsent.fill(self.run.settings.batch_size, self.run.clock.now())

    def take(self, size: int) -> tuple[Batch, bytes] | None:
        """The next batch and its body, or None if nothing is left. A new batch has at most `size` bytes."""
        now = self.run.clock.now()
        while batch := self.pick():
            if self.fits(batch, now):
                point()
                return batch, transitions.begin(self.ledger, batch, now)
        return self.claim(self.pace.most(self.run.settings.batch_size), size, now)

    def take_newest(self, size: int) -> tuple[Batch, bytes] | None:
        """A few of the newest events that were never attempted; None if there are none."""
        return self.claim(CANARY, size, self.run.clock.now(), newest=True)

    def claim(self, most: int, size: int, now: float, newest: bool = False) -> tuple[Batch, bytes] | None:
        count = int(min(most, self.run.settings.batch_size, self.run.allowance))
        if count <= 0:
            return None
        found = self.unsent.far_end(count, size, now) if newest else self.unsent.next(count, size, now)
        if not found:
            return None
        point()
        rows, age = found
        batch, data = transitions.claim(self.ledger, self.dataset_id, rows, self.unsent.payloads(rows), age, now)
        self.count(batch)
        return batch, data

    def pick(self) -> Batch | None:
        """The open batch to send next. For a canary, preferably a small one that has not failed often."""
        found = self.allowed()
        if not self.pace.proven and found:
            small = [batch for batch in found if batch.n <= CANARY and batch.tries < 4]
            found = small or ([] if self.has_unsent() else found)
        if not found:
            return None
        batch = found[0]
        self.open.remove(batch)
        return batch

    def fits(self, batch: Batch, now: float) -> bool:
        """Whether the whole batch may be sent now. Otherwise it is split or filed away; the queue has the pieces."""
        verdicts = [
            windows.verdict(*member.times(record), batch.maybe_since, now)
            for record in batches.members(self.ledger, batch.batch_id)
        ]
        first, *others = sorted(set(verdicts))
        if others:
            kinds = (first, *others)
            self.split(batch, [[i for i, kind in enumerate(verdicts) if kind == each] for each in kinds])
            return False
        if first in LATE:
            transitions.finish(self.ledger, batch.batch_id, *LATE[first], now)
            self.run.progress.step(batch.n)
            return False
        room = batch.n if batch.batch_id in self.counted else int(min(batch.n, self.run.allowance))
        room = self.pace.most(room)
        if room < batch.n:
            self.split(batch, [range(room), range(room, batch.n)])
            return False
        self.count(batch)
        return True

    def count(self, batch: Batch) -> None:
        """Subtract the batch from what --limit allows, once."""
        if batch.batch_id not in self.counted:
            self.run.allowance -= batch.n
            self.counted.add(batch.batch_id)

    def split(self, batch: Batch, parts: Sequence[Sequence[int]], outcome: Outcome | None = None) -> list[Batch]:
        """Replace a batch by its parts. `outcome` is the answer that made this necessary, if any."""
        point()
        ids = transitions.split(self.ledger, batch, parts, outcome, self.run.clock.now())
        pieces = [batches.get(self.ledger, piece) for piece in ids]
        self.open[:0] = pieces
        if batch.batch_id in self.counted:
            self.counted.update(ids)
        return pieces

    def put_back(self, batch: Batch) -> None:
        """It goes next, as it is in the ledger now."""
        self.open.insert(0, batches.get(self.ledger, batch.batch_id))

    def last(self) -> Batch | None:
        return self.open[-1] if self.open else None

    def put_first(self, batch: Batch) -> None:
        """It goes next of those in the queue."""
        self.open.remove(batch)
        self.open.insert(0, batch)
