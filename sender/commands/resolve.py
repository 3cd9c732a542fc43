"""A person's decision about events that the sender may not decide about itself. It is recorded with its reason.

assume_accepted   they arrived: never send them again
resend            send them again; those without bytes (conflicts, rejected and expired events) are read again from the table
give_up           never send them again, and count them as rejected
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sender.clock import point
from sender.config.settings import Settings
from sender.errors import ConfigError
from sender.events import member
from sender.ledger import batches, chosen, notes, transitions
from sender.ledger.batches import Batch
from sender.ledger.ledger import Ledger
from sender.ledger.session import changing
from sender.ledger.states import State
from sender.meta.reasons import Reason


class Decision(StrEnum):
    ASSUME_ACCEPTED = "assume_accepted"
    RESEND = "resend"
    GIVE_UP = "give_up"


@dataclass(frozen=True)
class Selection:
    """Events in `state`, with this reason, these keys or these orders; or `all_of_them`."""

    state: str = "held"
    because: str | None = None
    keys: Sequence[str] = ()
    orders: Sequence[str] = ()
    all_of_them: bool = False

    def takes(self, record: str) -> bool:
        if not self.keys and not self.orders:
            return True
        return member.key(record) in self.keys or member.parse(record).order_id in self.orders


def resolve(settings: Settings, decision: Decision, selection: Selection, reason: str, now: float) -> int:
    """Carry out the decision. Returns how many events it affected."""
    if not (selection.because or selection.keys or selection.orders or selection.all_of_them):
        raise ConfigError("say which events: --because, --key, --order, or --all")
    if selection.state != State.HELD and decision is not Decision.RESEND:
        raise ConfigError(f"{selection.state} events can only be sent again: use --resend")
    with changing(settings.ledger, now, whole=True) as (ledger, _), ledger.transaction():
        n = 0
        for batch in select(ledger, selection):
            n += batch.n
            decide(ledger, batch, decision, now)
            point()
        notes.write_decision(ledger, decision, repr(selection), reason, n, now)
    return n


def accept_model_change(settings: Settings, reason: str, now: float) -> None:
    """Let the next send continue although many delivered orders changed: they are held or noted, the rest is sent."""
    with changing(settings.ledger, now) as (ledger, _):
        notes.accept_model_change(ledger, now)
        notes.write_decision(ledger, notes.ACCEPTED_CHANGE, "", reason, 0, now)


def select(ledger: Ledger, selection: Selection) -> list[Batch]:
    """The selected events, in batches of their own. Part of a transaction."""
    found = []
    for batch in batches.in_state(ledger, State(selection.state), selection.because):
        theirs = [i for i, record in enumerate(batches.members(ledger, batch.batch_id)) if selection.takes(record)]
        if theirs:
            found.append(chosen.part(ledger, batch, theirs))
    return found


def decide(ledger: Ledger, batch: Batch, decision: Decision, now: float) -> None:
    """Part of a transaction."""
    if decision is Decision.ASSUME_ACCEPTED:
        transitions.finish(ledger, batch.batch_id, State.ACCEPTED, None, now)
    elif decision is Decision.GIVE_UP:
        transitions.finish(ledger, batch.batch_id, State.REJECTED, Reason.GIVEN_UP, now)
    elif not chosen.resend(ledger, batch):
        if batch.state is not State.EXPIRED:  # another key of its order may have been delivered meanwhile
            notes.approve(ledger, map(member.key, batches.members(ledger, batch.batch_id)))
        chosen.drop(ledger, batch)
