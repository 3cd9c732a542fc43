"""The rows of one dataset that were never attempted, handed out one request at a time, oldest first.

Every row is looked up in the ledger right before it is claimed: the ledger has the last word on what is new. What may
not be sent is filed away here: too old, forgotten by request, or an order that was attempted under another key.
"""

import re
from collections.abc import Iterator
from itertools import islice

from sender import records, windows
from sender.batching import Row, cut
from sender.ledger import Ledger
from sender.ready import Ready

HASH = re.compile(rb'"([0-9a-f]{64})"')


class Fresh:
    def __init__(self, ledger: Ledger, ready: Ready, dataset_id: str) -> None:
        self.ledger = ledger
        self.ready = ready
        self.dataset_id = dataset_id
        self.rows: Iterator[Row] = ready.stream(dataset_id) if dataset_id in ready.datasets else iter(())
        self.waiting: list[tuple[Row, str]] = []
        self.suppressed = {row[0].encode() for row in ledger.db.execute("select hash from suppressed")}

    def fill(self, count: int, now: float) -> bool:
        """Look ahead, so that a free worker does not wait for the disk. Is there anything?"""
        while len(self.waiting) < count:
            rows = list(islice(self.rows, 1000))
            if not rows:
                break
            self.waiting += self.sift(rows, now)
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
            records.file_away(self.ledger, late, "expired", "too_old", now)
            changed = [pair for pair in aged if pair[1] not in ("expired", age)]
            self.waiting = changed + self.waiting
            rows = [row for row, verdict in aged if verdict == age]
            if rows:
                return rows, age

    def far_end(self, count: int, size: int, now: float) -> tuple[list[Row], str] | None:
        """Some of the newest rows: a second opinion when the oldest all fail."""
        ahead = {row.event_key for row, _ in self.waiting}
        rows = [row for row in self.ready.stream(self.dataset_id, newest_first=True) if row.event_key not in ahead]
        found = [pair for pair in self.sift(rows, now) if pair[1] != "expired"]
        if not found:
            return None
        n = cut(found, count, size)
        return [row for row, _ in found[:n]], found[0][1]

    def sift(self, rows: list[Row], now: float) -> list[tuple[Row, str]]:
        """(row, age class) of those that may be sent; the others are filed away, or are known already."""
        keys, sources = records.known(self.ledger, rows)
        good: list[tuple[Row, str]] = []
        away: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            if row.event_key in keys:
                continue
            if self.suppressed and not self.suppressed.isdisjoint(HASH.findall(row.payload)):
                away.setdefault(("rejected", "forgotten"), []).append(row)
            elif row.source in sources:
                away.setdefault(("held", "conflict"), []).append(row)
            elif (age := windows.verdict(row.event_time, row.expires_at, None, now)) == "expired":
                away.setdefault(("expired", "too_old"), []).append(row)
            else:
                good.append((row, age))
                if row.source:
                    sources.add(row.source)
        for (state, reason), some in away.items():
            records.file_away(self.ledger, some, state, reason, now)
        return good
