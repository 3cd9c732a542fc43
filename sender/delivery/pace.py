"""How many requests at once, how large, how long to wait, and when to leave the rest to the next run. Only arithmetic.

Until something has been accepted in a run, requests are small and go alone: a wrong token or dataset then costs one small
request.

Additive increase and multiplicative decrease, like TCP; full jitter; a retry budget like botocore's; a pause that the server
asks for is respected, up to an hour.
"""

from sender.meta.limits import HOUR

CANARY = 50  # events per request until something has been accepted


class Pace:
    """The state of one dataset within one run."""

    def __init__(self, workers: int, max_wait: float) -> None:
        self.workers = workers
        self.max_wait = max_wait
        self.limit = 1.0  # requests at once
        self.ceiling = float(workers)
        self.usual = 0.0  # seconds that an answer usually takes
        self.budget = 500.0
        self.accepted_requests = 0
        self.streak = 0  # failures since the last acceptance
        self.waited = 0.0  # seconds of pause since the last acceptance
        self.until = 0.0  # Unix seconds: nothing is posted before

    @property
    def proven(self) -> bool:
        """Whether something has been accepted in this run."""
        return self.accepted_requests > 0

    def most(self, n: int) -> int:
        """How many of `n` events may go in one request."""
        return n if self.proven else min(n, CANARY)

    def at_once(self) -> int:
        """How many requests may be in flight. After a failure only one at a time, until something is accepted again."""
        return int(self.limit) if self.proven and not self.streak else 1

    def accepted(self, seconds: float, usage: float) -> None:
        self.accepted_requests += 1
        self.streak, self.waited = 0, 0.0
        self.budget = min(500.0, self.budget + 1)
        self.usual = seconds if not self.usual else 0.9 * self.usual + 0.1 * min(seconds, 4 * self.usual)
        if usage > 90:
            self.limit = 1.0
        elif seconds > 2.5 * self.usual + 0.5:
            self.limit = max(1.0, self.limit * 0.9)
        elif usage <= 75:
            self.limit = min(self.ceiling, self.limit + 1 / self.limit)

    def failed(self, now: float, cost: float, chance: float) -> None:
        """A failure worth another try: all requests wait, longer each time, and half as many continue."""
        self.streak += 1
        self.budget -= cost
        self.limit = max(1.0, self.limit / 2)
        self.wait_until(now, now + chance * min(300.0, 2.0 ** min(self.streak - 1, 20)))

    def throttled(self, now: float, asked: float, chance: float) -> None:
        self.streak += 1
        self.budget -= 5
        self.limit = max(1.0, self.limit / 2)
        backoff = chance * min(300.0, 2.0 ** min(self.streak - 1, 20))
        self.wait_until(now, now + min(HOUR, max(asked, backoff)))

    def wait_until(self, now: float, until: float) -> None:
        self.waited += max(0.0, until - max(now, self.until))
        self.until = max(self.until, until)

    def exhausted(self) -> bool:
        return self.budget <= 0 or self.waited > self.max_wait
