"""Deliver one dataset: claim, write ahead, POST, classify, record, until nothing is due or it has to stop.

All ledger work happens in this thread; the wire only carries bytes. The first request of a run is small and alone
(the canary): only when something was accepted do others go beside it, so a revoked token or a wrong dataset costs one
request.
"""

from collections.abc import Mapping, Sequence

from sender import batches, pace, records, windows
from sender.answers import ACCEPT, RETRY, SPLIT, STOP, THROTTLE, Outcome, Reply, classify
from sender.batches import Batch
from sender.batching import Row
from sender.fresh import Fresh
from sender.hooks import point
from sender.isolation import Isolation, halves
from sender.run import Run, envelope
from sender.tokens import Token

CANARY = 50
BODY_LIMIT = 1_000_000  # bytes; nothing is documented, one event above it goes alone


class Lane:
    """One dataset in one run."""

    def __init__(self, run: Run, fresh: Fresh, dataset_id: str, token: Token) -> None:
        self.run, self.ledger, self.fresh = run, run.ledger, fresh
        self.dataset_id, self.token = dataset_id, token
        self.pace = pace.Pace(run.settings.workers, run.settings.max_wait)
        now, paused = run.clock.now(), batches.paused_until(self.ledger, dataset_id)
        self.throttled = paused > now
        self.pace.wait_until(now, min(paused, now + pace.HOUR))
        self.flying: dict[int, Batch] = {}
        self.outgoing: list[tuple[Batch, bytes]] = []  # written ahead, not posted yet
        self.arrived: list[tuple[Batch, Reply]] = []  # answered, not written down yet
        self.queue: list[Batch] = batches.open_batches(self.ledger, dataset_id)  # next one first
        self.counted: set[int] = set()  # batches that --limit has counted
        self.proven = False  # something was accepted in this run
        self.isolation = Isolation(self)
        self.body_limit = BODY_LIMIT
        self.rejected = self.finished = 0
        self.stop: str | None = None

    def deliver(self) -> str | None:
        """Run until nothing is due. The reason for stopping early, if there was one."""
        while True:
            with (
                self.ledger.transaction()
            ):  # what came back and what goes next: one commit takes half of the time of two
                self.record_all()
                while self.may_post() and self.post_next():
                    pass
            self.post_all()
            if self.flying:
                self.fresh.fill(self.run.settings.batch_size, self.run.clock.now())
                self.receive(None)
            elif self.stop or self.run.signal or (until := self.next_due()) is None:
                break
            elif self.pace.exhausted():
                self.stop = "throttled" if self.throttled else "unavailable"
            else:
                self.run.clock.pause(max(0.0, until - self.run.clock.now()), self.receive)
        if not self.stop and not self.run.signal:
            self.isolation.close()
        return self.stop

    def may_post(self) -> bool:
        if self.stop or self.run.signal or self.run.clock.now() < self.pace.until or self.pace.exhausted():
            return False
        # After a failure one request probes, alone, until something is accepted again.
        limit = int(self.pace.limit) if self.proven and not self.pace.streak else 1
        return len(self.flying) < limit

    def next_due(self) -> float | None:
        """When something may be posted next, in Unix seconds; none when nothing is left."""
        return self.pace.until if self.allowed() or self.has_fresh() else None

    def allowed(self) -> list[Batch]:
        """The open batches that --limit lets pass."""
        if self.run.allowance > 0:
            return self.queue
        return [batch for batch in self.queue if batch.batch_id in self.counted]

    def has_fresh(self) -> bool:
        return self.run.allowance > 0 and self.fresh.fill(1, self.run.clock.now())

    def post_next(self) -> bool:
        now = self.run.clock.now()
        batch = self.pick()
        if batch:
            batch = self.fit(batch, now)
            if batch is None:
                return True
            point()
            data = records.begin(self.ledger, batch, now)
        else:
            most = self.run.settings.batch_size if self.proven else min(self.run.settings.batch_size, CANARY)
            count = int(min(most, self.run.allowance))
            rows = self.fresh.next(count, self.body_limit, now) if count > 0 else None
            if not rows:
                return False
            point()
            batch, data = self.claim(*rows, now)
        self.send(batch, data)
        return True

    def post_all(self) -> None:
        """Post what was written ahead. Committed: a POST is never without its attempt."""
        point()
        for batch, data in self.outgoing:
            self.run.requests += 1
            body = envelope(data, batch.upload_tag, self.token)
            self.run.wire.post(batch.batch_id, self.dataset_id, body, self.token)
            point()
        self.outgoing.clear()

    def claim(self, rows: list[Row], age: str, now: float) -> tuple[Batch, bytes]:
        batch, data = records.claim(self.ledger, self.dataset_id, rows, self.fresh.payloads(rows), age, now)
        self.run.allowance -= batch.n
        self.counted.add(batch.batch_id)
        return batch, data

    def send(self, batch: Batch, data: bytes) -> None:
        """Its attempt is written; it goes when that is committed."""
        self.flying[batch.batch_id] = batch
        self.outgoing.append((batch, data))

    def pick(self) -> Batch | None:
        """The open batch to send next. As a canary one that is small and has not failed often, if there is one."""
        found = self.allowed()
        if not self.proven and found:
            small = [batch for batch in found if batch.n <= CANARY and batch.tries < 4]
            found = small or ([] if self.has_fresh() else found)
        if not found:
            return None
        batch = found[0]
        self.queue.remove(batch)
        return batch

    def fit(self, batch: Batch, now: float) -> Batch | None:
        """The batch, if all of it may be sent now. Else it is split or filed away; the queue has the pieces."""
        verdicts = [
            windows.verdict(*batches.times(member), batch.maybe_since, now)
            for member in batches.members(self.ledger, batch.batch_id)
        ]
        kinds = sorted(set(verdicts))
        room = batch.n
        if batch.batch_id not in self.counted:
            room = int(min(room, self.run.allowance))
        if not self.proven:
            room = min(room, CANARY)
        if len(kinds) == 1 and kinds[0] in ("fresh", "old") and room == batch.n:
            if batch.batch_id not in self.counted:
                self.run.allowance -= batch.n
                self.counted.add(batch.batch_id)
            return batch
        if len(kinds) == 1 and kinds[0] not in ("fresh", "old"):
            with self.ledger.transaction():
                reason = "too_old" if kinds[0] == "expired" else kinds[0]
                records.finish(self.ledger, batch.batch_id, "expired" if kinds[0] == "expired" else "held", reason, now)
            self.tell(batch.n)
        elif len(kinds) > 1:
            self.split(batch, [[i for i, kind in enumerate(verdicts) if kind == each] for each in kinds])
        else:
            self.split(batch, [range(room), range(room, batch.n)])
        return None

    def split(self, batch: Batch, parts: Sequence[Sequence[int]], outcome: Outcome | None = None) -> list[int]:
        point()
        children = records.split(self.ledger, batch, parts, outcome, self.run.clock.now())
        self.queue[:0] = [batches.get(self.ledger, child) for child in children]
        if batch.batch_id in self.counted:
            self.counted.update(children)
        return children

    def receive(self, seconds: float | None) -> None:
        """Wait for an answer, if one comes within these seconds; record_all writes it down."""
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
        self.watch_clock(headers)
        action = outcome.rule.action
        if action == ACCEPT:
            self.accept(batch, outcome, reply.seconds, pace.usage(headers))
        elif action == STOP:
            self.reopen(batch, outcome)
            self.stop = outcome.reason
        elif action == THROTTLE:
            self.throttled = True
            self.pace.throttled(now, pace.asked_pause(headers, now), self.run.chance())
            records.pause(self.ledger, self.dataset_id, self.pace.until)
            self.reopen(batch, outcome)
        elif action == RETRY:
            self.retry(batch, outcome, now)
        elif action == SPLIT:
            self.refused(batch, outcome)

    def accept(self, batch: Batch, outcome: Outcome, seconds: float, usage: float) -> None:
        records.settle(self.ledger, batch, "accepted", outcome, self.run.clock.now())
        self.proven = True
        self.throttled = False
        self.pace.accepted(seconds, usage)
        self.finished += batch.n
        self.tell(batch.n)
        if outcome.messages:
            self.run.say(f"Meta accepted a request with {outcome.messages} messages (trace {outcome.trace})")
        self.isolation.accepted(batch)

    def reopen(self, batch: Batch, outcome: Outcome, again: bool = True) -> None:
        """The batch stays open; it is sent again in this run unless `again` is false."""
        records.reopen(self.ledger, batch, outcome, self.run.clock.now())
        if again:
            self.queue.insert(0, batches.get(self.ledger, batch.batch_id))

    def retry(self, batch: Batch, outcome: Outcome, now: float) -> None:
        rule = outcome.rule
        tries = batch.tries + 1 if batch.reason == outcome.reason else 1
        self.throttled = False
        self.pace.failed(now, 10 if rule.maybe else 5, self.run.chance())
        if not rule.tries or tries < rule.tries:
            self.reopen(batch, outcome)
        elif rule.then == "hold":
            records.settle(self.ledger, batch, "held", outcome, now)
            self.tell(batch.n)
        elif rule.then == "stop":
            self.reopen(batch, outcome)
            self.stop = outcome.reason
        elif self.proven and batch.n == 1:  # the server takes others, and fails on this one every time
            records.settle(self.ledger, batch, "held", outcome, now)
            self.tell(1)
        elif self.proven or batch.n > CANARY:
            self.split(batch, halves(batch.n), outcome)
        else:
            self.reopen(batch, outcome)

    def refused(self, batch: Batch, outcome: Outcome) -> None:
        if outcome.reason == "too_large":
            size = len(batches.body(self.ledger, batch.batch_id))
            self.body_limit = max(10_000, min(self.body_limit, size) // 2)
        self.isolation.refused(batch, outcome)

    def post_newest(self) -> int | None:
        """Post a few of the newest events that were never attempted. Their batch, or none if there are none."""
        now = self.run.clock.now()
        count = int(min(CANARY, self.run.allowance))
        rows = self.fresh.far_end(count, self.body_limit, now) if count > 0 else None
        if not rows:
            return None
        batch, data = self.claim(*rows, now)
        self.send(batch, data)
        return batch.batch_id

    def busy_with(self, batches: set[int]) -> bool:
        """Is any of these still to be sent, or on its way?"""
        return any(batch.batch_id in batches for batch in (*self.queue, *self.flying.values()))

    def reject(self, batch: Batch, outcome: Outcome) -> None:
        """A single event that is refused while others are accepted."""
        state = "expired" if outcome.reason == "too_old" else "rejected"
        records.settle(self.ledger, batch, state, outcome, self.run.clock.now())
        self.tell(1)
        self.rejected += 1
        self.finished += 1
        if self.rejected > 100 and self.rejected > 0.05 * self.finished:
            self.stop = "too_many_rejected"

    def watch_clock(self, headers: Mapping[str, str]) -> None:
        skew = pace.skew(headers, self.run.clock.now() - self.run.clock.offset)
        if abs(skew) > 900:
            self.stop = "clock"
        elif abs(skew) > 120 and "clock" not in self.run.warned:
            self.run.warned.add("clock")
            self.run.say(f"this machine's clock differs from Meta's by {abs(skew):.0f} s")

    def tell(self, n: int) -> None:
        self.run.progress(n)
