"""A person's decision about events that the sender may not decide alone. It is written down with its reason.

assume_accepted   they arrived: never send them again
resend            send them again; what has no bytes left (conflicts, rejected events) is read anew from the table
give_up           never send them again, and count them as rejected
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sender.clock import point
from sender.config.settings import Settings
from sender.errors import ConfigError
from sender.events.batching import key
from sender.ledger import batches, transitions
from sender.ledger.batches import Batch
from sender.ledger.ledger import ACCEPTED_CHANGE, Ledger
from sender.ledger.session import changing

DECISIONS = ("assume_accepted", "resend", "give_up")


@dataclass(frozen=True)
class Selection:
    """Events in `state`, with this reason, these keys or these orders; `all_of_them` if none of that is given."""

    state: str = "held"
    because: str | None = None
    keys: Sequence[str] = ()
    orders: Sequence[str] = ()
    all_of_them: bool = False

    def takes(self, member: str) -> bool:
        if not self.keys and not self.orders:
            return True
        order = batches.fields(member)[3]
        return key(member) in self.keys or order in self.orders


def resolve(settings: Settings, decision: str, selection: Selection, reason: str, now: float) -> int:
    """Carry out the decision. Returns how many events it was about."""
    if not (selection.because or selection.keys or selection.orders or selection.all_of_them):
        raise ConfigError("say which events: --because, --key, --order, or --all")
    if selection.state == "rejected" and decision != "resend":
        raise ConfigError("rejected events can only be sent again (--resend)")
    with changing(settings.ledger, now, whole=True) as (book, _), book.transaction() as db:
        n = 0
        for batch in select(book, selection):
            n += batch.n
            decide(book, batch, decision, now)
            point()
        db.execute("insert into decisions values (?, ?, ?, ?, ?)", (int(now), decision, repr(selection), reason, n))
    return n


def accept_model_change(settings: Settings, reason: str, now: float) -> None:
    """Let the next send go on although many delivered orders changed: they are held or noted, the rest is sent."""
    with changing(settings.ledger, now) as (book, _):
        book.set_meta(ACCEPTED_CHANGE, int(now))
        book.db.execute("insert into decisions values (?, 'accept_model_change', '', ?, 0)", (int(now), reason))


def select(book: Ledger, selection: Selection) -> list[Batch]:
    """The selected events, as batches that hold nothing else."""
    found = []
    for batch in batches.in_state(book, selection.state, selection.because):
        members = batches.members(book, batch.batch_id)
        chosen = [i for i, member in enumerate(members) if selection.takes(member)]
        if len(chosen) == batch.n:
            found.append(batch)
        elif chosen:
            rest = sorted(set(range(batch.n)) - set(chosen))
            child = transitions.split(book, batch, [chosen, rest], state=selection.state)[0]
            found.append(batches.get(book, child))
    return found


def decide(book: Ledger, batch: Batch, decision: str, now: float) -> None:
    """Part of a transaction."""
    if decision == "assume_accepted":
        transitions.finish(book, batch.batch_id, "accepted", None, now)
    elif decision == "give_up":
        transitions.finish(book, batch.batch_id, "rejected", "given_up", now)
    elif book.db.execute("select 1 from bodies where batch_id = ?", (batch.batch_id,)).fetchone():
        book.db.execute(
            "update batches set state = 'open', reason = 'resend', maybe_since = null, ended_at = null, tries = 0, "
            "run_id = ? where batch_id = ?",
            (book.run_id, batch.batch_id),
        )
    else:
        keys = [(key(member),) for member in batches.members(book, batch.batch_id)]
        book.db.executemany("insert or ignore into approved values (?)", keys)
        transitions.drop(book, batch)
