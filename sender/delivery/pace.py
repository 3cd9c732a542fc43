"""How fast, how many at once, how long to wait, and when to leave it to the next run. Arithmetic only.

Sources: delivery.md 4.7. Additive up, multiplicative down; full jitter; a retry budget as in botocore; a pause that
the server asks for is honoured, capped at an hour.
"""

import json
import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

HOUR = 3600.0


class Pace:
    """The state of one dataset within one run."""

    def __init__(self, workers: int, max_wait: float) -> None:
        self.workers = workers
        self.max_wait = max_wait
        self.limit = 1.0  # requests at once
        self.ceiling = float(workers)
        self.usual = 0.0  # seconds of a usual answer
        self.budget = 500.0
        self.streak = 0  # failures since the last acceptance
        self.waited = 0.0  # seconds of pause since the last acceptance
        self.until = 0.0  # Unix seconds: nobody posts before

    def accepted(self, seconds: float, usage: float) -> None:
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
        """A failure that is worth another try: wait longer each time, everybody, and go on with half as many."""
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


def asked_pause(headers: Mapping[str, str], now: float) -> float:
    """Seconds that the server asks us to wait: Retry-After in either form, or the usage headers' minutes; junk is 0."""
    asked = 0.0
    raw = headers.get("retry-after", "")
    try:
        asked = float(raw)
    except ValueError:
        try:
            asked = parsedate_to_datetime(raw).timestamp() - now
        except (ValueError, TypeError, IndexError, OverflowError):
            asked = 0.0
    minutes = largest(headers, "estimated_time_to_regain_access")
    asked = max(asked if math.isfinite(asked) else 0.0, minutes * 60)
    return min(max(asked, 0.0), HOUR)


def usage(headers: Mapping[str, str]) -> float:
    """The highest share of a limit that the server says is used up, in per cent."""
    names = ("call_count", "total_cputime", "total_time", "acc_id_util_pct")
    return max(largest(headers, name) for name in names)


def largest(headers: Mapping[str, str], name: str) -> float:
    """The largest finite number under `name` in any of the usage headers, whatever they are nested in."""
    found = [0.0]

    def walk(node: object) -> None:
        if isinstance(node, dict):
            value = node.get(name)
            if isinstance(value, int | float) and math.isfinite(value):
                found.append(float(value))
            node = list(node.values())
        if isinstance(node, list):
            for child in node:
                walk(child)

    for header in ("x-business-use-case-usage", "x-business-use-case", "x-app-usage", "x-ad-account-usage"):
        try:
            walk(json.loads(headers.get(header, "null")))
        except (ValueError, RecursionError):
            continue
    return max(found)


def skew(headers: Mapping[str, str], now: float) -> float:
    """Seconds by which this clock is ahead of the server's Date; 0 without a readable one."""
    try:
        return now - parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
