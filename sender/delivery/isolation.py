"""Find the bad events in refused batches, unless it is not the events: then stop, with nothing put aside as bad.

A batch is halved, first half first, until what fails is a single event. That event is to blame only if others are
accepted: until something was accepted since the split began, singles are suspects. Five that fail alike call for a
second opinion, from events far away from them (the newest, or the last piece of the split); if that fails too, it is
everything.
"""

from typing import Protocol

from sender.delivery.queue import Due
from sender.ledger.batches import Batch
from sender.meta.answers import Outcome

ALIKE = 5


class Lane(Protocol):
    """What delivery.Lane does on our behalf."""

    stop: str | None

    def reopen(self, batch: Batch, outcome: Outcome, again: bool = True) -> None: ...
    def reject(self, batch: Batch, outcome: Outcome) -> None: ...
    def post_newest(self) -> int | None: ...
    def busy_with(self, batches: set[int]) -> bool: ...


class Isolation:
    def __init__(self, lane: Lane, due: Due) -> None:
        self.lane, self.due = lane, due
        self.pieces: set[int] = set()  # batches made by splitting
        self.good = True  # something was accepted since the split began
        self.suspects: list[tuple[Batch, Outcome]] = []
        self.opinions: set[int] = set()  # batches asked for a second opinion
        self.more_opinions = 0
        self.hinted: set[int] = set()  # batches made of the one event that the server blamed
        self.trust_index = True

    def refused(self, batch: Batch, outcome: Outcome) -> None:
        """A batch came back with an answer that blames its content."""
        if batch.batch_id not in self.pieces and not self.lane.busy_with(self.pieces):
            self.good = False
        if batch.batch_id in self.opinions and not self.good:
            self.opinion_refused(batch, outcome)
        elif batch.n > 1:
            self.divide(batch, outcome)
        elif self.good:
            self.lane.reject(batch, outcome)
        else:
            self.suspect(batch, outcome)

    def accepted(self, batch: Batch) -> None:
        self.good = True
        if batch.batch_id in self.hinted:
            self.trust_index = False  # the server blamed an event that is good
        self.close()

    def close(self) -> None:
        """Something was accepted, or nothing is left to try: the suspects are to blame themselves."""
        suspects, self.suspects = self.suspects, []
        for suspect, outcome in suspects:
            self.lane.reject(suspect, outcome)

    def divide(self, batch: Batch, outcome: Outcome) -> list[int]:
        index = outcome.index if self.trust_index else None
        if index is not None and index < batch.n:
            children = self.due.split(batch, [[index], [i for i in range(batch.n) if i != index]], outcome)
            self.hinted.add(children[0])
        else:
            children = self.due.split(batch, halves(batch.n), outcome)
        self.pieces.update(children)
        return children

    def suspect(self, batch: Batch, outcome: Outcome) -> None:
        self.lane.reopen(batch, outcome, again=False)
        self.suspects.append((batch, outcome))
        alike = [one for _, one in self.suspects if (one.code, one.subcode) == (outcome.code, outcome.subcode)]
        if len(alike) < ALIKE:
            return
        newest = self.lane.post_newest()
        if newest is not None:
            self.opinions.add(newest)
            self.pieces.add(newest)
            self.more_opinions = 0
        elif self.due.queue:
            self.ask_last(self.due.queue[-1])
            self.more_opinions = 1
        else:
            self.lane.stop = "all_rejected"

    def opinion_refused(self, batch: Batch, outcome: Outcome) -> None:
        if batch.n == 1 or not self.more_opinions:
            self.lane.reopen(batch, outcome)
            self.lane.stop = "all_rejected"
            return
        self.more_opinions -= 1
        last = self.divide(batch, outcome)[-1]
        self.ask_last(next(piece for piece in self.due.queue if piece.batch_id == last))

    def ask_last(self, piece: Batch) -> None:
        self.due.queue.remove(piece)
        self.due.queue.insert(0, piece)
        self.opinions.add(piece.batch_id)


def halves(n: int) -> list[range]:
    return [range(n // 2), range(n // 2, n)]
