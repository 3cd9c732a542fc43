"""What arrived and what was counted, with Meta's offline deduplication: the first of equal events wins for seven days.

Keys are in an SQLite file, so that ten million events need no memory. Only the latest events themselves are kept, for people to
look at.
"""

import hashlib
import json
import sqlite3
import threading
from collections import Counter, deque
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

DEDUPLICATION_WINDOW = 7 * 86_400
KEPT_FOR_VIEWING = 200
# Changes a row exactly if the event counts: a new key, or one last counted longer ago than the window.
COUNT_ONCE = """insert into seen values (:key, :now) on conflict (key) do update set at = excluded.at
    where excluded.at - at > :window"""


def deduplication_key(dataset_id: str, event: Mapping[str, Any]) -> bytes:
    """Digest of the fields that Meta compares, with the order id or, if there is none, the customer parameters."""
    custom = event.get("custom_data")
    custom = custom if isinstance(custom, Mapping) else {}
    who = custom.get("order_id") or event.get("user_data")
    fields = [dataset_id, str(event.get("event_time")), event.get("event_name"), custom.get("item_number"), who]
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).digest()


def day(event_time: Any) -> str:
    try:
        return datetime.fromtimestamp(int(event_time), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return "beyond the year 9999"  # milliseconds, which only an assumed rule refuses


def money(event: Mapping[str, Any]) -> tuple[str, Decimal]:
    """(currency, value); without a readable amount, the currency is empty."""
    custom = event.get("custom_data")
    custom = custom if isinstance(custom, Mapping) else {}
    try:
        value = Decimal(str(custom["value"]))
        return (str(custom["currency"]).upper(), value) if value.is_finite() else ("", Decimal(0))
    except (KeyError, ArithmeticError):
        return "", Decimal(0)


def is_strong(event: Mapping[str, Any]) -> bool:
    person = event.get("user_data")
    return isinstance(person, Mapping) and any(person.get(key) for key in ("em", "ph", "madid"))


class Store:
    """The events that were accepted; safe to use from several threads."""

    def __init__(self, path: str | None = "") -> None:
        """Keeps keys in the file at `path`; "" is SQLite's own temporary file, deleted with the connection. None keeps nothing."""
        self.keeps = path is not None
        self._connection = sqlite3.connect(path or "", check_same_thread=False, isolation_level=None)
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
            self.worth: dict[str, Decimal] = {}
            self.tags: dict[tuple[str, str], Counter[str]] = {}
            self.by_rule: Counter[str] = Counter()
            self.latest: deque[dict[str, Any]] = deque(maxlen=KEPT_FOR_VIEWING)
            self.rejections: deque[dict[str, Any]] = deque(maxlen=KEPT_FOR_VIEWING)

    def accept(
        self, dataset_id: str, events: list[Mapping[str, Any]], now: float, upload_tag: str = "", is_test: bool = False
    ) -> None:
        """Counts the events of one accepted request, all or none. Meta counts test events like any others."""
        keys = [deduplication_key(dataset_id, event) for event in events] if self.keeps else []
        when = {"now": now, "window": DEDUPLICATION_WINDOW}
        with self._lock:
            if not self.keeps:
                self.received += len(events)
                return
            self._connection.execute("begin")
            for key, event in zip(keys, events, strict=True):
                is_duplicate = self._connection.execute(COUNT_ONCE, {"key": key, **when}).rowcount == 0
                if not is_duplicate:
                    self.by_day[dataset_id, day(event["event_time"])] += 1
                    currency, value = money(event)
                    if currency:
                        self.worth[currency] = self.worth.get(currency, Decimal(0)) + value
                self.received += 1
                self.duplicates += is_duplicate
                tag = self.tags.setdefault((dataset_id, upload_tag), Counter())
                tag.update(
                    {"valid_entries": 1, "duplicate_entries": int(is_duplicate), "strong": int(is_strong(event))}
                )
                notes = {
                    "number": self.received,
                    "upload_tag": upload_tag,
                    "test": is_test,
                    "counted": not is_duplicate,
                }
                self.latest.appendleft({"dataset_id": dataset_id, "at": now, **notes, "event": event})
            self._connection.execute("commit")

    def uploads(self, dataset_id: str) -> list[dict[str, Any]]:
        """Entries and duplicates of each upload tag. Nobody knows whom Meta would match: here, events with a strong key."""
        with self._lock:
            return [
                {
                    "upload_tag": tag,
                    "valid_entries": found["valid_entries"],
                    "duplicate_entries": found["duplicate_entries"],
                    "matched_entries": found["strong"],
                }
                for (dataset, tag), found in sorted(self.tags.items())
                if dataset == dataset_id
            ]

    def quality(self, dataset_id: str, now: float) -> list[dict[str, Any]]:
        """Shares of strong keys and of fresh events by event name. There is no score, because it is not known how Meta calculates it."""
        with self._lock:
            kept = [entry for entry in self.latest if entry["dataset_id"] == dataset_id]
        names = sorted({str(entry["event"].get("event_name")) for entry in kept})
        found = []
        for name in names:
            some = [entry["event"] for entry in kept if str(entry["event"].get("event_name")) == name]
            strong = sum(map(is_strong, some)) / len(some)
            fresh = sum(
                str(event.get("event_time")).isdecimal() and now - int(event["event_time"]) <= 3 * 86_400
                for event in some
            )
            found.append(
                {
                    "event_name": name,
                    "match_key": {"strong": round(strong, 4)},
                    "freshness": {"three_days": round(fresh / len(some), 4)},
                }
            )
        return found

    def reject(self, note: dict[str, Any]) -> None:
        """Notes a refused request and the event that broke a rule, which Meta does not name."""
        with self._lock:
            self.requests["rejected"] += 1
            self.by_rule[note["rule"]] += 1
            self.rejections.appendleft({"number": self.requests["rejected"], **note})

    def summary(self) -> dict[str, Any]:
        """The summary for programs. Without a store it is not known what was counted: this is null."""
        with self._lock:
            return {
                "requests": self.requests.total(),
                "accepted_requests": self.requests["accepted"],
                "rejected_requests": self.requests["rejected"],
                "faults": self.requests["fault"],
                "received": self.received,
                "counted": self.received - self.duplicates if self.keeps else None,
                "duplicates": self.duplicates if self.keeps else None,
                "counted_value": {currency: float(value) for currency, value in sorted(self.worth.items())},
                "refused_by": dict(self.by_rule.most_common()),
                "by_day": [
                    {"dataset_id": dataset, "day": of_day, "counted": count}
                    for (dataset, of_day), count in sorted(self.by_day.items())
                ],
            }
