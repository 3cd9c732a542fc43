# ruff: noqa: S608 - the only texts put into SQL here are our own paths and checked names
"""Which unsettled events are in the table of events: events that are pending or held, and events that were withheld because the
model had withdrawn them.

States and reasons are those of the published state; see capi_delivery.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sender.duck import csv
from sender.events.source import Reading

EVENT_KEY = "coalesce(event_key::varchar, '')"
UNFINISHED = "state in ('pending', 'held')"
SEVERAL = 10  # events; if a table had this many and now has none, it is more often a mistake than intended


class Unsettled(NamedTuple):
    """All except the first are event_keys."""

    unfinished: int = 0  # rows of the table that the ledger has not finished yet
    withdrawn: frozenset[str] = frozenset()  # to be sent again, not too old, and no longer in the table
    returned: frozenset[str] = frozenset()  # withdrawn before Meta had them, now back: they are new
    unsure: frozenset[str] = frozenset()  # withdrawn when Meta may have had them, now back


NOTHING = Unsettled()


def unsettled(found: Reading, refused: Iterable[str], now: float, folder: Path) -> Unsettled:
    """Compare sender_state with the table. Creates sender_withdrawn: the withdrawn ones of `refused`, which are event_keys that Meta
    certainly does not have."""
    connection = found.connection
    connection.execute(f"""
        create temp table sender_unsettled as
        select event_key, state, reason, expires_at
        from sender_state
        where {UNFINISHED} or state = 'withheld' and reason in ('withdrawn', 'withdrawn_may_have_arrived');
        create temp table sender_withdrawn (event_key varchar)""")
    if not connection.execute("select 1 from sender_unsettled limit 1").fetchall():
        return NOTHING
    connection.execute(f"""
        create temp table sender_seen as
        select {EVENT_KEY} as event_key
        from {found.source}
        where {EVENT_KEY} in (select event_key from sender_unsettled)""")

    def keys(relation: str) -> frozenset[str]:
        return frozenset(row[0] for row in connection.execute(f"select event_key from {relation}").fetchall())

    (rows,) = connection.execute(
        f"select count(*) from sender_seen where event_key in (select event_key from sender_unsettled where {UNFINISHED})"
    ).fetchall()[0]
    back = "sender_unsettled semi join sender_seen using (event_key) where state = 'withheld' and"
    gone = "sender_unsettled anti join sender_seen using (event_key)"
    withdrawn = keys(f"{gone} where state = 'pending' and expires_at > {now}")  # the model removes what is too old
    if sure := withdrawn.intersection(refused):
        path = folder / "withdrawn.csv"
        path.write_text("".join(f"{key}\n" for key in sure))
        connection.execute(f"insert into sender_withdrawn from {csv(path, {'event_key': 'varchar'})}")
    return Unsettled(
        rows, withdrawn, keys(f"{back} reason = 'withdrawn'"), keys(f"{back} reason = 'withdrawn_may_have_arrived'")
    )


def has_vanished(found: Reading, total: int, now: float) -> bool:
    """Whether the table is empty although several events that the ledger knows should be in it."""
    if total:
        return False
    (known,) = found.connection.execute(f"select count(*) from sender_known where expires_at > {now}").fetchall()[0]
    return bool(known >= SEVERAL)
