"""A person asks to be forgotten: nothing more is sent about them, and what is stored about them is erased.

The values are normalised and hashed here, as the models do, and never stored: only the hash of the hash is kept, to
recognise later events. Delivered events hold no personal data in the ledger any more; those of the table that name
the person are listed, so that Meta can be asked to delete them.
"""

import json
from hashlib import sha256
from pathlib import Path

from sender.clock import point
from sender.config.settings import Settings
from sender.errors import WarehouseError
from sender.events import member
from sender.events.identities import hashed, identities, normalised
from sender.ledger import batches, chosen, notes, transitions
from sender.ledger.batches import Batch
from sender.ledger.ledger import Ledger
from sender.ledger.session import changing
from sender.ledger.states import State
from sender.meta.reasons import Reason


def forget(settings: Settings, person: list[tuple[str, str]], now: float) -> tuple[int, list[tuple[str, str, int]]]:
    """Cancel, erase, suppress a person, given as (kind, value), see identities.py. Returns how many events were cancelled, and
    (dataset, order, time) of those sent; where the table of those cannot be read, that is said when all else is done."""
    hashes = {hashed(*named) for named in person}
    with changing(settings.ledger, now) as (ledger, folder):
        with ledger.transaction():
            notes.suppress(ledger, (sha256(value.encode()).hexdigest() for value in hashes), now)
            cancelled = sum(cancel(ledger, batch, hashes, now) for batch in batches.with_bytes(ledger))
        try:
            sent, problem = delivered(ledger, settings, person, hashes, folder), None
        except WarehouseError as error:
            sent, problem = [], error
    if problem:
        raise WarehouseError(
            f"{cancelled:,} waiting events cancelled and erased, and nothing more will be sent about this person, but which "
            f"orders may have reached Meta is not known: {problem}"
        )
    return cancelled, sent


def cancel(ledger: Ledger, batch: Batch, hashes: set[str], now: float) -> int:
    """Part of a transaction: take the person's events out of a batch and erase their bytes. Returns how many there were."""
    texts = batches.payloads(ledger, batch.batch_id)
    theirs = [i for i, text in enumerate(texts) if hashes & identities(text)]
    if not theirs:
        return 0
    theirs_alone = chosen.part(ledger, batch, theirs)
    transitions.finish(ledger, theirs_alone.batch_id, State.WITHHELD, Reason.FORGOTTEN, now)
    point()
    return len(theirs)


def delivered(
    ledger: Ledger, settings: Settings, person: list[tuple[str, str]], hashes: set[str], folder: Path
) -> list[tuple[str, str, int]]:
    """Events of the table that name the person and may have reached Meta."""
    if not settings.table:
        return []
    from sender.events.source import reading, seconds

    # An external_id may be sent as it is, see identities.py.
    needles = hashes | {normalised(*named) for named in person if named[0] == "external_id"}
    where = " or ".join("contains(payload, ?)" for _ in needles)
    with reading(settings.table, folder, lambda message: None) as (connection, source, types):
        time = seconds("event_time", types["event_time"])
        sql = f"select payload, event_key, dataset_id, order_id, {time} from {source} where {where}"  # noqa: S608
        rows = connection.execute(
            sql, [json.dumps(needle, ensure_ascii=False) for needle in sorted(needles)]
        ).fetchall()
    theirs = {event: facts for payload, event, *facts in rows if hashes & identities(payload.encode())}
    found = []
    for batch in batches.attempted(ledger):
        for record in batches.members(ledger, batch.batch_id):
            if row := theirs.get(member.key(record)):
                found.append(tuple(row))
    return sorted(found, key=str)
