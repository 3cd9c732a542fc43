"""The rows of one dataset that were never attempted, handed out one request at a time, oldest first.

What may not be sent is filed away here: too old, forgotten by request, or an order attempted under another key.
"""

import re
from collections.abc import Sequence
from hashlib import sha256

from sender import records, windows
from sender.batching import Row, cut, key
from sender.compare import Ready
from sender.ledger import Ledger
from sender.spool import Index, Spool, index_path

HASH = re.compile(rb'"([0-9a-f]{64})"')
AWAY = {"conflict": ("held", "conflict"), "forgotten": ("rejected", "forgotten"), "expired": ("expired", "too_old")}


class Fresh:
    def __init__(self, ledger: Ledger, ready: Ready, dataset_id: str) -> None:
        self.ledger = ledger
        self.dataset_id = dataset_id
        self.has_new = dataset_id in ready.datasets
        if self.has_new:
            self.index = Index(index_path(ready.folder, dataset_id))
            self.spool = Spool(ledger.spool_path)
        self.waiting: list[Row] = []
        self.suppressed = {row[0] for row in ledger.db.execute("select hash from suppressed")}
        self.approved = {row[0] for row in ledger.db.execute("select event_key from approved")}

    def close(self) -> None:
        if self.has_new:
            self.index.close()
            self.spool.close()

    def payloads(self, rows: Sequence[Row]) -> list[bytes]:
        return self.spool.payloads(rows)

    def fill(self, count: int, now: float) -> bool:
        """Look ahead, so that a free worker does not wait for the disk. Is there anything?"""
        while self.has_new and len(self.waiting) < count and (rows := self.index.first()):
            self.waiting += self.sift(rows, now)
        return bool(self.waiting)

    def next(self, count: int, size: int, now: float) -> tuple[list[Row], str] | None:
        """Rows for one request and their age class; none when there are no more."""
        while self.fill(count, now):
            n, age = self.leading(self.waiting, count, size, now)
            rows = self.waiting[:n]
            del self.waiting[:n]
            if age != "expired":
                return rows, age
            self.file_away(rows, age, now)  # time has passed since they were looked at
        return None

    def far_end(self, count: int, size: int, now: float) -> tuple[list[Row], str] | None:
        """Some of the newest rows that were not handed out yet: a second opinion when the oldest all fail."""
        while self.has_new and (rows := self.index.last(count)):
            if found := self.sift(rows, now):
                n, age = self.leading(found, count, size, now)
                self.waiting += found[n:]
                return found[:n], age
        found = self.sift(self.waiting[::-1], now)
        if not found:
            return None
        n, age = self.leading(found, count, size, now)
        self.waiting = found[n:][::-1]
        return found[:n], age

    def leading(self, rows: list[Row], count: int, size: int, now: float) -> tuple[int, str]:
        """How many of the first rows make a request, and their age class."""
        aged = [(row, windows.verdict(row.event_time, row.expires_at, None, now)) for row in rows[:count]]
        return cut(aged, count, size), aged[0][1]

    def sift(self, rows: list[Row], now: float) -> list[Row]:
        """Those that may be sent; the others are filed away."""
        if not self.suppressed and all(not row.conflict and now < row.expires_at for row in rows):
            return rows
        good: list[Row] = []
        away: dict[str, list[Row]] = {}
        for row in rows:
            why = self.judge(row, now)
            (away.setdefault(why, []) if why else good).append(row)
        for why, some in away.items():
            self.file_away(some, why, now)
        return good

    def file_away(self, rows: list[Row], why: str, now: float) -> None:
        records.file_away(self.ledger, self.dataset_id, rows, *AWAY[why], now)

    def judge(self, row: Row, now: float) -> str | None:
        """A key of AWAY, if it may not be sent."""
        if row.conflict and key(row.member) not in self.approved:
            return "conflict"
        if self.suppressed and self.names_a_forgotten_person(row):
            return "forgotten"
        return "expired" if now >= row.expires_at else None

    def names_a_forgotten_person(self, row: Row) -> bool:
        (payload,) = self.payloads([row])
        return any(sha256(found).hexdigest() in self.suppressed for found in HASH.findall(payload))
