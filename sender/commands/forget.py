"""A person asks to be forgotten: nothing more is sent about them, and what is stored about them is erased.

This forgets the given identifiers and, by default, the other identifiers in the same events of the table or the ledger: an
order may carry only the phone of somebody who was known by e-mail and phone. It goes exactly one step: what appears beside a
phone that a family shares may belong to others. An identifier that appears beside many people, such as the shop's own phone,
belongs to nobody; it would keep all of them out. Values are never stored. Only the hash of each form (events/identities.py) is
kept, to recognise later events. The ledger holds no personal data of delivered events; those that can still be found are
listed, so that you can ask Meta to delete them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from pathlib import Path

import duckdb

from sender.clock import point
from sender.config.settings import Settings
from sender.duck import first_line
from sender.errors import BusyError, WarehouseError
from sender.events import member
from sender.events.identities import identities, named, sql
from sender.events.recognition import recognise
from sender.ledger import batches, chosen, notes, transitions
from sender.ledger.batches import Batch
from sender.ledger.ledger import Ledger
from sender.ledger.session import changing
from sender.ledger.states import State
from sender.meta.reasons import Reason

MANY = 10  # more people than share one phone, address or account


@dataclass
class Forgotten:
    """What was done. Each event is counted once. If the table could not be read, `table` is None and `problem` says why."""

    given: Counter[str]  # identifiers by kind
    linked: Counter[str] = field(default_factory=Counter)  # found with them in the same events
    shared: Counter[str] = field(default_factory=Counter)  # found with them, but shared by many, so not forgotten
    table: int | None = None
    ledger: int = 0
    cancelled: int = 0  # of the events in the ledger
    sent: list[tuple[str, str | None, int]] = field(
        default_factory=list
    )  # (dataset, order, time): may have reached Meta
    problem: WarehouseError | None = None


def forget(settings: Settings, given: Sequence[tuple[str, str]], now: float, only_this: bool = False) -> Forgotten:
    """Forget a person, given as (kind, value) pairs: cancel, erase, and keep out. If an identifier is refused, nothing is done."""
    recognised = recognise(given)
    kinds = {(kind, forms) for (kind, _), forms in zip(given, recognised, strict=True)}
    done = Forgotten(Counter(kind for kind, _ in kinds))
    forms = set().union(*recognised)
    with only_alone(), changing(settings.ledger, now) as (ledger, folder):
        linked = set() if only_this else beside(forms, waiting(ledger))
        keys: set[str] = set()
        try:
            if not only_this:
                linked |= beside(forms, (payload for _, payload in rows(settings, folder, forms)))
            beside_linked = (payload for _, payload in rows(settings, folder, {form for _, form in linked}))
            shared = nobodys(linked, chain(waiting(ledger), beside_linked if linked else ()))
            keys = {key for key, _ in rows(settings, folder, forms | {form for _, form in linked - shared})}
            done.table = len(keys)
        except WarehouseError as error:
            done.problem = error
            shared = nobodys(linked, waiting(ledger))
        done.linked, done.shared = (Counter(kind for kind, _ in those) for those in (linked - shared, shared))
        linked -= shared
        forms |= {form for _, form in linked}
        with ledger.transaction():
            notes.suppress(ledger, (sha256(form.encode()).hexdigest() for form in forms), now)
            cancelled = {key for batch in batches.with_bytes(ledger) for key in cancel(ledger, batch, forms, now)}
        done.cancelled = len(cancelled)
        done.ledger, done.sent = known(ledger, keys | cancelled)
    return done


@contextmanager
def only_alone() -> Iterator[None]:
    try:
        yield
    except BusyError as error:
        raise BusyError(f"nobody was forgotten: {error}") from None


def waiting(ledger: Ledger) -> Iterator[bytes]:
    """The payloads of all events that may still be sent."""
    for batch in batches.with_bytes(ledger):
        yield from batches.payloads(ledger, batch.batch_id)


def beside(forms: set[str], payloads: Iterable[bytes]) -> set[tuple[str, str]]:
    """(kind, form) of the other identifiers in events that carry one of these forms."""
    found: set[tuple[str, str]] = set()
    for payload in payloads:
        its = set(named(payload))
        if any(form in forms for _, form in its):
            found |= its
    return {(kind, form) for kind, form in found if form not in forms}


def nobodys(linked: set[tuple[str, str]], payloads: Iterable[bytes]) -> set[tuple[str, str]]:
    """Those of the linked identifiers that appear with more than MANY e-mail addresses, or phones, in the events."""
    others: dict[tuple[tuple[str, str], str], set[str]] = defaultdict(set)
    for payload in payloads:
        its = set(named(payload))
        for one in its & linked:
            for kind, form in its - {one}:
                if kind in ("email", "phone") and len(others[one, kind]) <= MANY:
                    others[one, kind].add(form)
    return {one for (one, _), forms in others.items() if len(forms) > MANY}


def rows(settings: Settings, folder: Path, forms: set[str]) -> Iterator[tuple[str, bytes]]:
    """(event_key, payload) of the events in the table that carry one of these forms."""
    from sender.events.source import reading

    with reading(settings.table, folder, lambda message: None) as (connection, source, _):
        wanted = f"list_has_any({sql('payload')}, ?)"
        query = f"select event_key::varchar, payload::varchar from (from {source}) where {wanted}"  # noqa: S608 - quoted
        try:
            cursor = connection.execute(query, [sorted(forms)])
            for key, payload in iter(cursor.fetchone, None):
                yield key, payload.encode()
        except duckdb.Error as error:
            raise WarehouseError(f"{settings.table.name} is not sound: {first_line(error)}") from None


def cancel(ledger: Ledger, batch: Batch, forms: set[str], now: float) -> list[str]:
    """Part of a transaction. Takes the person's events out of a batch, erases their bytes and returns their keys."""
    texts = batches.payloads(ledger, batch.batch_id)
    theirs = [i for i, text in enumerate(texts) if forms & identities(text)]
    if not theirs:
        return []
    theirs_alone = chosen.part(ledger, batch, theirs)
    transitions.finish(ledger, theirs_alone.batch_id, State.WITHHELD, Reason.FORGOTTEN, now)
    point()
    return [member.key(record) for record in batches.members(ledger, theirs_alone.batch_id)]


def known(ledger: Ledger, keys: set[str]) -> tuple[int, list[tuple[str, str | None, int]]]:
    """How many events with these keys the ledger knows, and (dataset, order, time) of those that may have reached Meta."""
    attempted = {batch.batch_id for batch in batches.attempted(ledger)}
    count, sent = 0, []
    for batch in batches.filled(ledger) if keys else ():
        for record in batches.members(ledger, batch.batch_id):
            if member.key(record) in keys:
                count += 1
                if batch.batch_id in attempted:
                    its = member.parse(record)
                    sent.append((batch.dataset_id, its.order_id, its.event_time))
    return count, sorted(sent, key=str)
