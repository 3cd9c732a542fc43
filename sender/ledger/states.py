"""The states of a batch, and so of its events, and the allowed moves between them.

open ──► sending ──► accepted | rejected | expired | held    open again after a definite no or an unknown outcome
  └────► rejected | expired | held                           not posted again
  └────► split                                               its events moved to its children
held ──► open | accepted | rejected                          a person has decided
expired ──► split                                            some of its events are taken back: a wrong clock made them too old
"""

from enum import StrEnum


class State(StrEnum):
    OPEN = "open"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXPIRED = "expired"
    HELD = "held"  # waits for a person
    WITHHELD = "withheld"  # the shop itself took it back
    SPLIT = "split"  # no longer holds events


PENDING = "pending"  # what people see of an unfinished event
UNFINISHED = (State.OPEN, State.SENDING)
FINAL = (
    State.ACCEPTED,
    State.REJECTED,
    State.EXPIRED,
    State.HELD,
    State.WITHHELD,
)  # nothing more happens without a person
KEEPS_BYTES = (*UNFINISHED, State.HELD)

MOVES = {
    State.SENDING: (State.OPEN,),
    State.OPEN: (State.SENDING, State.HELD),
    State.ACCEPTED: (State.SENDING, State.HELD),
    State.REJECTED: (*UNFINISHED, State.HELD),
    State.EXPIRED: UNFINISHED,
    State.HELD: (*UNFINISHED, State.HELD, State.WITHHELD),
    State.WITHHELD: (*UNFINISHED, State.HELD),
    State.SPLIT: (*UNFINISHED, State.HELD, State.WITHHELD, State.EXPIRED),
}  # to: from


def sql(*states: State) -> str:
    """A list of states for SQL."""
    return "(" + ", ".join(f"'{state}'" for state in states) + ")"
