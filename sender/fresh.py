"""The rows of one dataset that were never attempted, handed out one request at a time, oldest first.

What may not be sent is filed away here: too old, forgotten by request, or an order attempted under another key.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice

from sender import records, windows
from sender.batching import Row, cut, key
from sender.ledger import Ledger
from sender.ready import Ready

HASH = re.compile(rb'"([0-9a-f]{64})"')
AWAY = {"conflict": ("held", "conflict"), "forgotten": ("rejected", "forgotten"), "expired": ("expired", "too_old")}


class Fresh:
    def __init__(self, ledger: Ledger, ready: Ready, dataset_id: str) -> None:
        self.ledger = ledger
        self.ready = ready
        self.dataset_id = dataset_id
        self.rows: Iterator[Row] = ready.stream(dataset_id) if dataset_id in ready.datasets else iter(())
        self.waiting: list[tuple[Row, str]] = []
        self.suppressed = {row[0] for row in ledger.db.execute("select hash from suppressed")}
        self.approved = {row[0] for row in ledger.db.execute("select event_key from approved")}
        self.unread = ready.datasets.get(dataset_id, 0)
        self.ahead: set[str] = set()  # keys of unread rows that were taken already
        self.now = 0.0

    def fill(self, count: int, now: float) -> bool:
        """Look ahead, so that a free worker does not wait for the disk. Is there anything?"""
        self.now = now
        while len(self.waiting) < count:
            rows = list(islice(self.rows, 1000))
            if not rows:
                break
            self.unread -= len(rows)
            self.waiting += self.sift([row for row in rows if key(row.member) not in self.ahead], now)
        return bool(self.waiting)

    def next(self, count: int, size: int, now: float) -> tuple[list[Row], str] | None:
        """Rows for one request and their age class; none when there are no more."""
        while True:
            if not self.fill(count, now):
                return None
            n = cut(self.waiting, count, size)
            rows, age = [row for row, _ in self.waiting[:n]], self.waiting[0][1]
            del self.waiting[:n]
            # Time may have passed since they were looked at.
            aged = [(row, windows.verdict(row.event_time, row.expires_at, None, now)) for row in rows]
            late = [row for row, verdict in aged if verdict == "expired"]
            records.file_away(self.ledger, self.dataset_id, late, "expired", "too_old", now)
            changed = [pair for pair in aged if pair[1] not in ("expired", age)]
            self.waiting = changed + self.waiting
            rows = [row for row, verdict in aged if verdict == age]
            if rows:
                return rows, age

    def far_end(self, count: int, size: int) -> tuple[list[Row], str] | None:
        """Some of the newest rows that were not handed out yet: a second opinion when the oldest all fail."""
        rows = self.ready.newest(self.dataset_id, min(count + len(self.ahead), self.unread))
        found = self.sift([row for row in rows if key(row.member) not in self.ahead], self.now, file_away=False)
        if found:
            n = cut(found, count, size)
            self.ahead |= {key(row.member) for row, _ in found[:n]}
            return [row for row, _ in found[:n]], found[0][1]
        found = self.waiting[::-1]
        if not found:
            return None
        n = cut(found, count, size)
        del self.waiting[-n:]
        return [row for row, _ in found[:n]], found[0][1]

    def sift(self, rows: list[Row], now: float, file_away: bool = True) -> list[tuple[Row, str]]:
        """(row, age class) of those that may be sent; the others are filed away."""
        good: list[tuple[Row, str]] = []
        away: dict[str, list[Row]] = {}
        for row in rows:
            verdict = self.judge(row, now)
            if verdict in ("fresh", "old"):
                good.append((row, verdict))
            else:
                away.setdefault(verdict, []).append(row)
        for verdict, some in away.items() if file_away else ():
            records.file_away(self.ledger, self.dataset_id, some, *AWAY[verdict], now)
        return good

    def judge(self, row: Row, now: float) -> str:
        """'fresh' or 'old', or a key of AWAY."""
        if row.conflict and key(row.member) not in self.approved:
            return "conflict"
        if self.suppressed and any(sha256(found).hexdigest() in self.suppressed for found in HASH.findall(row.payload)):
            return "forgotten"
        return windows.verdict(row.event_time, row.expires_at, None, now)
