"""Find the bad events in refused batches. If the events are not to blame, stop without setting any aside as bad.

A batch is halved, first half first, until a single event fails. That event is to blame only if others are accepted: until
something has been accepted since the split began, single events are only suspects. Five that fail in the same way call for a
second opinion from events far away from them (the newest, or the last piece of the split). If that fails too, everything
fails.
"""

from typing import Protocol

from sender.delivery.pace import Pace
from sender.delivery.queue import Queue
from sender.ledger.batches import Batch
from sender.meta.answers import Outcome
from sender.meta.reasons import Reason

ALIKE = 5


class Lane(Protocol):
    """What delivery.Lane does for us."""

    stop: str | None

    def reopen(self, batch: Batch, outcome: Outcome, again: bool = True) -> None: ...
    def reject(self, batch: Batch, outcome: Outcome) -> None: ...
    def post_newest(self) -> int | None: ...
    def busy_with(self, batches: set[int]) -> bool: ...


class Isolation:
    def __init__(self, lane: Lane, queue: Queue, pace: Pace) -> None:
        self.lane, self.queue, self.pace = lane, queue, pace
        self.pieces: set[int] = set()  # batches made by splitting
        self.began = -1  # how many requests had been accepted when the split began
        self.suspects: list[tuple[Batch, Outcome]] = []
        self.opinions: set[int] = set()  # batches asked for a second opinion
        self.more_opinions = 0
        self.hinted: set[int] = set()  # batches of the one event that the server blamed
        self.trust_index = True

    @property
    def good(self) -> bool:
        """Whether something has been accepted since the split began."""
        return self.pace.accepted_requests > self.began

    def refused(self, batch: Batch, outcome: Outcome) -> None:
        """A batch came back with an answer that blames its content."""
        if batch.batch_id not in self.pieces and not self.lane.busy_with(self.pieces):
            self.began = self.pace.accepted_requests
        if batch.batch_id in self.opinions and not self.good:
            self.opinion_refused(batch, outcome)
        elif batch.n > 1:
            self.divide(batch, outcome)
        elif self.good:
            self.lane.reject(batch, outcome)
        else:
            self.suspect(batch, outcome)

    def accepted(self, batch: Batch) -> None:
        if batch.batch_id in self.hinted:
            self.trust_index = False  # the server blamed a good event
        self.close()

    def close(self) -> None:
        """Something was accepted, or nothing is left to try: the suspects are to blame."""
        suspects, self.suspects = self.suspects, []
        for suspect, outcome in suspects:
            self.lane.reject(suspect, outcome)

    def divide(self, batch: Batch, outcome: Outcome) -> list[Batch]:
        index = outcome.index if self.trust_index else None
        if index is not None and index < batch.n:
            pieces = self.queue.split(batch, [[index], [i for i in range(batch.n) if i != index]], outcome)
            self.hinted.add(pieces[0].batch_id)
        else:
            pieces = self.queue.split(batch, halves(batch.n), outcome)
        self.pieces.update(piece.batch_id for piece in pieces)
        return pieces

    def suspect(self, batch: Batch, outcome: Outcome) -> None:
        self.lane.reopen(batch, outcome, again=False)
        self.suspects.append((batch, outcome))
        alike = [one for _, one in self.suspects if (one.code, one.subcode) == (outcome.code, outcome.subcode)]
        if len(alike) < ALIKE:
            return
        if newest := self.lane.post_newest():
            self.opinions.add(newest)
            self.pieces.add(newest)
            self.more_opinions = 0
        elif last := self.queue.last():
            self.ask(last)
            self.more_opinions = 1
        else:
            self.lane.stop = Reason.ALL_REJECTED

    def opinion_refused(self, batch: Batch, outcome: Outcome) -> None:
        if batch.n == 1 or not self.more_opinions:
            self.lane.reopen(batch, outcome)
            self.lane.stop = Reason.ALL_REJECTED
            return
        self.more_opinions -= 1
        self.ask(self.divide(batch, outcome)[-1])

    def ask(self, piece: Batch) -> None:
        """Ask for a second opinion."""
        self.queue.put_first(piece)
        self.opinions.add(piece.batch_id)


def halves(n: int) -> list[range]:
    return [range(n // 2), range(n // 2, n)]
