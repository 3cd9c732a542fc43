"""The rows of one dataset that were never attempted, handed out one request at a time, oldest first.

Rows that may not be sent are filed away here: too old, of a forgotten person, or an order attempted under another key.
A request holds rows of one upload tag and one age class, limited by count and by bytes.
"""

from hashlib import sha256
from itertools import accumulate, repeat, takewhile

from sender.delivery import windows
from sender.delivery.windows import Verdict
from sender.events.identities import identities
from sender.events.member import KEY_LENGTH, key
from sender.events.ready import Ready
from sender.events.spool import Index, Rows, Spool, index_path
from sender.ledger import notes, transitions
from sender.ledger.ledger import Ledger
from sender.ledger.states import State
from sender.meta.reasons import Reason

# Why a row may not be sent, and the state that it gets.
AWAY = {Reason.CONFLICT: State.HELD, Reason.FORGOTTEN: State.WITHHELD, Reason.TOO_OLD: State.EXPIRED}


class Unsent:
    def __init__(self, ledger: Ledger, ready: Ready, dataset_id: str) -> None:
        self.ledger = ledger
        self.dataset_id = dataset_id
        self.has_new = dataset_id in ready.datasets
        if self.has_new:
            self.index = Index(index_path(ready.folder), ready.places[dataset_id])
            self.spool = Spool(ledger.spool_path)
        self.waiting = Rows()
        self.suppressed = notes.suppressed(ledger)
        self.approved = notes.approved(ledger)

    def close(self) -> None:
        if self.has_new:
            self.index.close()
            self.spool.close()

    def payloads(self, rows: Rows) -> list[bytes]:
        return self.spool.payloads(rows)

    def fill(self, count: int, now: float) -> bool:
        """Read ahead, so that a free worker does not wait for the disk. Returns whether there is anything."""
        while self.has_new and len(self.waiting) < count and (rows := self.index.first()):
            self.waiting.extend(self.sift(rows, now))
        return bool(self.waiting)

    def next(self, count: int, size: int, now: float) -> tuple[Rows, Verdict] | None:
        """Rows for one request and their age class; None if there are no more."""
        while self.fill(count, now):
            n, age = cut(self.waiting, count, size, now)
            rows = self.waiting.take(n)
            if age is not windows.EXPIRED:
                return rows, age
            self.file_away(rows, Reason.TOO_OLD, now)  # time has passed since they were read
        return None

    def far_end(self, count: int, size: int, now: float) -> tuple[Rows, Verdict] | None:
        """Some of the newest rows not yet handed out: a second opinion if the oldest all fail."""
        while self.has_new and (rows := self.index.last(count)):
            if found := self.sift(rows, now):
                n, age = cut(found, count, size, now)
                taken = found.take(n)
                self.waiting.extend(found)
                return taken, age
        found = self.sift(self.waiting.pick(reversed(range(len(self.waiting)))), now)
        self.waiting = Rows()
        if not found:
            return None
        n, age = cut(found, count, size, now)
        taken = found.take(n)
        self.waiting = found.pick(reversed(range(len(found))))
        return taken, age

    def sift(self, rows: Rows, now: float) -> Rows:
        """The rows that may be sent; the others are filed away."""
        if not rows or (not self.suppressed and "1" not in rows.conflicts and now < min(rows.expires_at)):
            return rows
        reasons = self.reasons(rows, now)
        for why in AWAY:
            self.file_away(rows.pick(i for i, reason in enumerate(reasons) if reason == why), why, now)
        return rows.pick(i for i, reason in enumerate(reasons) if not reason)

    def file_away(self, rows: Rows, why: Reason, now: float) -> None:
        transitions.file_away(self.ledger, self.dataset_id, rows, AWAY[why], why, now)

    def reasons(self, rows: Rows, now: float) -> list[Reason | None]:
        """For each row a key of AWAY, or None if it may be sent."""
        forgotten = map(self.names_a_forgotten_person, self.payloads(rows)) if self.suppressed else repeat(False)
        return [
            Reason.CONFLICT if conflict == "1" and key(member) not in self.approved
            else Reason.FORGOTTEN if named
            else Reason.TOO_OLD if now >= expiry
            else None
            for conflict, member, named, expiry in zip(rows.conflicts, rows.members, forgotten, rows.expires_at, strict=False)
        ]  # fmt: skip

    def names_a_forgotten_person(self, payload: bytes) -> bool:
        return any(sha256(found.encode()).hexdigest() in self.suppressed for found in identities(payload))


def cut(rows: Rows, count: int, size: int, now: float) -> tuple[int, Verdict]:
    """How many of the first rows make one request of at most `count` events and `size` bytes, and their verdict (windows.py). There
    is at least one row; an event larger than `size` goes alone."""
    verdicts = map(windows.verdict, rows.event_times[:count], rows.expires_at, repeat(None), repeat(now))
    kinds = list(zip(verdicts, rows.tags, strict=False))
    alike = len(list(takewhile(kinds[0].__eq__, kinds)))
    totals = accumulate(line - KEY_LENGTH for line in rows.sizes[:alike])
    return max(1, sum(1 for _ in takewhile(size.__ge__, totals))), kinds[0][0]
