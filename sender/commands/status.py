"""The daily overview: events by state and reason and their value, the last send, the age of the table, what needs attention.

Events that no send has taken up are only in the table; the last send counted them as pending. The table is read if it is named
and not being written; otherwise only the ledger answers.
"""

from dataclasses import dataclass
from typing import Any

from sender.config.settings import Settings
from sender.events import member
from sender.ledger import batches, history, notes
from sender.ledger.ledger import Ledger
from sender.ledger.session import read
from sender.ledger.states import FINAL, PENDING, UNFINISHED
from sender.seeing.glance import Glance, Worth, glance, worth

SOON = 3 * 86_400  # seconds


@dataclass(frozen=True)
class Status:
    counts: dict[str, int]  # events by state as people see it, pending last
    left_pending: int  # what the last send left, including events in the table
    expire_soon: int
    reasons: list[dict[str, Any]]  # state, reason, events
    paused: dict[str, int]  # by dataset, the time until which Meta asked to wait
    last_run: dict[str, Any] | None
    codes: dict[str, list[str]]  # what Meta's answers said, by reason
    worth: dict[str, Worth]  # by state, as last published
    table: Glance | None  # None where no table is named
    at: float

    def facts(self) -> dict[str, Any]:
        facts = {name: value for name, value in vars(self).items() if name != "at"}
        table = vars(self.table) if self.table else None
        return {**facts.pop("counts"), **facts, "table": table}

    def needs_more(self) -> bool:
        """Whether something waits for a person or another run, as far as the last send knew."""
        return bool(self.counts["held"] or self.counts[PENDING] or self.left_pending)


def status(settings: Settings, now: float) -> Status:
    with read(settings.ledger) as ledger:
        return gather(ledger, settings, now)


def gather(ledger: Ledger, settings: Settings, now: float) -> Status:
    counts = ledger.counts()
    soon = sum(
        member.times(record)[1] < now + SOON
        for batch in batches.unfinished(ledger)
        for record in batches.members(ledger, batch.batch_id)
    )
    codes: dict[str, set[str]] = {}
    for row in history.failures_by_reason(ledger):
        if row["code"] is not None:
            codes.setdefault(row["reason"], set()).add(history.code(row))
    return Status(
        counts={**{str(state): counts[state] for state in FINAL}, PENDING: sum(counts[state] for state in UNFINISHED)},
        left_pending=ledger.left_pending(),
        expire_soon=soon,
        reasons=[{"state": state, "reason": reason, "events": n} for state, reason, n in batches.reasons(ledger)],
        paused=notes.pauses(ledger, now),
        last_run=ledger.last_run(),
        codes={reason: sorted(found) for reason, found in codes.items()},
        worth=worth(ledger.state_path),
        table=glance(settings.table, ledger.state_path) if settings.table else None,
        at=now,
    )
