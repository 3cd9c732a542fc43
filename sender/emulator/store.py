"""What arrived and what was counted, with Meta's offline deduplication: the first of equal events wins for seven days.

Keys live in a temporary SQLite file, so that ten million events need no memory; of the events themselves only the latest are kept
for a person to look at.
"""

import hashlib
import json
import sqlite3
import threading
from collections import Counter, deque
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

DEDUPLICATION_WINDOW = 7 * 86_400
KEPT_FOR_VIEWING = 200


def deduplication_key(dataset_id: str, event: Mapping[str, Any]) -> bytes:
    """Digest of the fields that Meta compares: with an order id that, without one the customer parameters."""
    custom = event.get("custom_data") or {}
    who = custom.get("order_id") or event.get("user_data")
    fields = [dataset_id, str(event.get("event_time")), event.get("event_name"), custom.get("item_number"), who]
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).digest()


class Store:
    """The events that were accepted; safe to use from several threads."""

    def __init__(self, path: str = "") -> None:
        # An empty name is SQLite's own temporary file, gone with the connection.
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.execute("pragma synchronous = off")
        self._connection.execute("create table if not exists seen (key blob primary key, at real) without rowid")
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        with self._lock:
            self._connection.execute("delete from seen")
            self.received = self.duplicates = 0
            self.requests: Counter[str] = Counter()
            self.by_day: Counter[tuple[str, str]] = Counter()
            self.latest: deque[dict[str, Any]] = deque(maxlen=KEPT_FOR_VIEWING)
            self.rejections: deque[dict[str, Any]] = deque(maxlen=KEPT_FOR_VIEWING)

    def accept(
        self, dataset_id: str, events: list[Mapping[str, Any]], now: float, upload_tag: str = "", is_test: bool = False
    ) -> None:
        """Counts the events of one accepted request, all or none; Meta counts test events like any other."""
        with self._lock:
            self._connection.execute("begin")
            for event in events:
                key = deduplication_key(dataset_id, event)
                row = self._connection.execute("select at from seen where key = ?", (key,)).fetchone()
                is_duplicate = row is not None and now - row[0] <= DEDUPLICATION_WINDOW
                if not is_duplicate:
                    self._connection.execute("insert or replace into seen values (?, ?)", (key, now))
                    day = datetime.fromtimestamp(int(event["event_time"]), UTC).date().isoformat()
                    self.by_day[dataset_id, day] += 1
                self.received += 1
                self.duplicates += is_duplicate
                notes = {"upload_tag": upload_tag, "test": is_test, "counted": not is_duplicate}
                self.latest.appendleft({"dataset_id": dataset_id, "at": now, **notes, "event": event})
            self._connection.execute("commit")

    def reject(self, dataset_id: str, index: int | None, rule: str, events: int, now: float) -> None:
        """Notes a refused request, with the index of the event that spoiled it, which Meta does not tell."""
        with self._lock:
            self.rejections.appendleft(
                {"dataset_id": dataset_id, "index": index, "rule": rule, "events": events, "at": now}
            )

    def summary(self) -> dict[str, Any]:
        with self._lock:
            return {
                "requests": self.requests.total(),
                "accepted_requests": self.requests["accepted"],
                "rejected_requests": self.requests["rejected"],
                "faults": self.requests["fault"],
                "received": self.received,
                "counted": self.received - self.duplicates,
                "duplicates": self.duplicates,
                "by_day": [
                    {"dataset_id": dataset, "day": day, "counted": count}
                    for (dataset, day), count in sorted(self.by_day.items())
                ],
            }
