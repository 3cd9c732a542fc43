"""Deliver one dataset: claim, write ahead, POST, classify, record, until nothing is due or it has to stop.

All ledger work happens in this thread; the wire only carries bytes. The first request of a run is small and alone
(the canary). Others only run in parallel once something has been accepted, so a revoked token or a wrong dataset costs one
request.
"""

from collections.abc import Mapping

from sender.clock import point
from sender.config.tokens import Token
from sender.delivery.isolation import Isolation, halves
from sender.delivery.pace import CANARY, Pace
from sender.delivery.queue import Queue
from sender.delivery.run import Run
from sender.delivery.unsent import Unsent
from sender.ledger import batches, notes, transitions
from sender.ledger.batches import BODY_SEPARATOR, Batch
from sender.ledger.states import State
from sender.meta import limits
from sender.meta.answers import ACCEPT, HOLD, RETRY, SPLIT, STOP, THROTTLE, Outcome, Reply, classify
from sender.meta.reasons import Reason
from sender.meta.request import envelope

BODY_LIMIT = 1_000_000  # bytes; no limit is documented; a larger event goes alone


class Lane:
    """One dataset in one run."""

    def __init__(self, run: Run, unsent: Unsent, dataset_id: str, token: Token) -> None:
        self.run, self.ledger = run, run.ledger
        self.dataset_id, self.token = dataset_id, token
        self.pace = Pace(run.settings.workers, run.settings.max_wait)
        now, paused = run.clock.now(), notes.paused_until(self.ledger, dataset_id)
        self.throttled = paused > now
        self.pace.wait_until(now, min(paused, now + limits.HOUR))
        self.queue = Queue(run, unsent, dataset_id, self.pace)
        self.isolation = Isolation(self, self.queue, self.pace)
        self.outgoing: list[tuple[Batch, bytes]] = []  # written ahead, not yet posted
        self.flying: dict[int, Batch] = {}  # written ahead, not yet answered
        self.arrived: list[tuple[Batch, Reply]] = []  # answered, not yet recorded
        self.body_limit = BODY_LIMIT
        self.rejected = self.finished = 0
        self.stop: str | None = None

    def deliver(self) -> str | None:
        """Run until nothing is due. Returns the reason for stopping early, if any."""
        while True:
            # One commit for what came back and what goes next takes half the time of two.
            with self.ledger.transaction():
                self.record_all()
                while self.may_post() and (taken := self.queue.take(self.body_limit)):
                    self.send(*taken)
            self.post_all()
            if self.flying:
                self.queue.look_ahead()
                self.receive(None)
            elif self.stop or self.run.signal or not self.queue.is_left():
                break
            elif self.pace.exhausted():
                self.stop = Reason.THROTTLED if self.throttled else Reason.UNAVAILABLE
            else:
                seconds = max(0.0, self.pace.until - self.run.clock.now())
                self.run.progress.wait(seconds, "as Meta asked" if self.throttled else "before another try")
                self.run.clock.pause(seconds, self.receive)
        if not self.stop and not self.run.signal:
            self.isolation.close()
        return self.stop

    def may_post(self) -> bool:
        if self.stop or self.run.signal or self.run.clock.now() < self.pace.until or self.pace.exhausted():
            return False
        return len(self.flying) < self.pace.at_once()

    def send(self, batch: Batch, data: bytes) -> None:
        """Its attempt is written; it is posted once that is committed."""
        self.flying[batch.batch_id] = batch
        self.outgoing.append((batch, data))

    def post_all(self) -> None:
        point()
        for batch, data in self.outgoing:
            self.run.requests += 1
            body = envelope(data.replace(BODY_SEPARATOR, b","), batch.upload_tag, self.token)
            self.run.wire.post(batch.batch_id, self.dataset_id, body, self.token)
            point()
        self.outgoing.clear()

    def receive(self, seconds: float | None) -> None:
        """Wait up to `seconds` for an answer; record_all records it."""
        done = self.run.wire.wait(seconds)
        if done and done[0] in self.flying:
            point()
            self.arrived.append((self.flying.pop(done[0]), done[1]))

    def record_all(self) -> None:
        for batch, reply in self.arrived:
            self.record(batch, reply)
        self.arrived.clear()

    def record(self, batch: Batch, reply: Reply) -> None:
        now = self.run.clock.now()
        outcome = classify(reply, batch.n)
        headers = reply.headers or {}
        action = outcome.rule.action
        if action is ACCEPT:
            self.accept(batch, outcome, reply.seconds, limits.usage(headers))
        elif action is STOP:
            self.reopen(batch, outcome)
            self.stop = outcome.reason
        elif action is THROTTLE:
            self.throttled = True
            self.pace.throttled(now, limits.asked_pause(headers, now), self.run.chance())
            notes.pause(self.ledger, self.dataset_id, self.pace.until)
            self.reopen(batch, outcome)
        elif action is RETRY:
            self.retry(batch, outcome, limits.asked_pause(headers, now), now)
        elif action is SPLIT:
            self.refused(batch, outcome)
        self.watch_clock(headers)

    def accept(self, batch: Batch, outcome: Outcome, seconds: float, usage: float) -> None:
        transitions.settle(self.ledger, batch, State.ACCEPTED, outcome, self.run.clock.now())
        self.throttled = False
        self.pace.accepted(seconds, usage)
        self.finished += batch.n
        self.run.progress.step(batch.n)
        if outcome.messages:
            self.run.say(f"Meta accepted a request with {outcome.messages} messages (trace {outcome.trace})")
        self.isolation.accepted(batch)

    def reopen(self, batch: Batch, outcome: Outcome, again: bool = True) -> None:
        """The batch stays open; it is sent again in this run unless `again` is false."""
        transitions.reopen(self.ledger, batch, outcome, self.run.clock.now())
        if again:
            self.queue.put_back(batch)

    def retry(self, batch: Batch, outcome: Outcome, asked: float, now: float) -> None:
        rule = outcome.rule
        tries = batch.tries + 1 if batch.reason == outcome.reason else 1
        self.throttled = False
        self.pace.failed(now, 10 if rule.maybe else 5, self.run.chance())
        if asked:
            self.pace.wait_until(now, now + asked)
            notes.pause(self.ledger, self.dataset_id, self.pace.until)
        if not rule.tries or tries < rule.tries:
            self.reopen(batch, outcome)
        elif rule.then is HOLD:
            transitions.settle(self.ledger, batch, State.HELD, outcome, now)
            self.run.progress.step(batch.n)
        elif rule.then is STOP:
            self.reopen(batch, outcome)
            self.stop = outcome.reason
        elif batch.n > 1 and (self.pace.proven or batch.n > CANARY):
            self.queue.split(batch, halves(batch.n), outcome)
        else:  # its outcome stays unknown: while there are others to send, it is left to the next run
            self.reopen(batch, outcome, again=not (self.pace.proven and self.queue.is_left()))

    def refused(self, batch: Batch, outcome: Outcome) -> None:
        if outcome.reason == Reason.TOO_LARGE:
            size = len(batches.body(self.ledger, batch.batch_id))
            self.body_limit = max(10_000, min(self.body_limit, size) // 2)
        self.isolation.refused(batch, outcome)

    def post_newest(self) -> int | None:
        """Post a few of the newest events that were never attempted. Returns their batch, or None if there are none."""
        taken = self.queue.take_newest(self.body_limit)
        if not taken:
            return None
        self.send(*taken)
        return taken[0].batch_id

    def busy_with(self, batches: set[int]) -> bool:
        """Is any of these still to be sent, or in flight?"""
        return any(batch.batch_id in batches for batch in (*self.queue.open, *self.flying.values()))

    def reject(self, batch: Batch, outcome: Outcome) -> None:
        """A single event that is refused while others are accepted."""
        state = State.EXPIRED if outcome.reason == Reason.TOO_OLD else State.REJECTED
        transitions.settle(self.ledger, batch, state, outcome, self.run.clock.now())
        self.run.progress.step(1)
        self.rejected += 1
        self.finished += 1
        if self.rejected > 100 and self.rejected > 0.05 * self.finished:
            self.stop = Reason.TOO_MANY_REJECTED

    def watch_clock(self, headers: Mapping[str, str]) -> None:
        skew = limits.skew(headers, self.run.clock.now() - self.run.clock.offset)
        if abs(skew) > 900:
            self.stop = Reason.CLOCK
        elif abs(skew) > 120 and "clock" not in self.run.warned:
            self.run.warned.add("clock")
            self.run.say(f"this machine's clock differs from Meta's by {abs(skew):.0f} s; set it correctly")
