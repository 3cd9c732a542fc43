"""What the ledger knows: events by state and reason, the last send, what expires soon, what needs a person.

Events that no send has taken up are only in the table; the last send counted them, as pending.
"""

from dataclasses import dataclass
from typing import Any

from sender.config.settings import Settings
from sender.events import member
from sender.ledger import batches, notes
from sender.ledger.ledger import Ledger
from sender.ledger.session import read
from sender.ledger.states import FINAL, PENDING, UNFINISHED

SOON = 3 * 86_400  # seconds


@dataclass(frozen=True)
class Status:
    counts: dict[str, int]  # events by state as people are shown it, pending last
    left_pending: int  # what the last send left, events of the table included
    expire_soon: int
    reasons: list[dict[str, Any]]  # state, reason, events
    paused: dict[str, int]  # dataset to the moment until which Meta asked to wait
    last_run: dict[str, Any] | None

    def facts(self) -> dict[str, Any]:
        facts = dict(vars(self))
        return {**facts.pop("counts"), **facts}

    def needs_more(self) -> bool:
        """Whether something waits for a person or for another run, as far as the last send knew."""
        return bool(self.counts["held"] or self.counts[PENDING] or self.left_pending)


def status(settings: Settings, now: float) -> Status:
    with read(settings.ledger) as ledger:
        return gather(ledger, now)


def gather(ledger: Ledger, now: float) -> Status:
    counts = ledger.counts()
    soon = sum(
        member.times(record)[1] < now + SOON
        for batch in batches.unfinished(ledger)
        for record in batches.members(ledger, batch.batch_id)
    )
    reasons = batches.reasons(ledger)
    return Status(
        counts={**{str(state): counts[state] for state in FINAL}, PENDING: sum(counts[state] for state in UNFINISHED)},
        left_pending=ledger.left_pending(),
        expire_soon=soon,
        reasons=[{"state": state, "reason": reason, "events": n} for state, reason, n in reasons],
        paused=notes.pauses(ledger, now),
        last_run=ledger.last_run(),
    )
