"""A person asks to be forgotten: nothing more is sent about them, and what is stored about them is erased.

The values are normalised and hashed here, as the models do, and never stored: only the hash of the hash is kept, to
recognise later events. Delivered events hold no personal data in the ledger any more; those of the table that name
the person are listed, so that Meta can be asked to delete them.
"""

import re
from hashlib import sha256
from pathlib import Path

from sender import batches, records
from sender.batches import Batch
from sender.batching import key
from sender.hooks import point
from sender.ledger import Ledger
from sender.settings import Settings
from sender.upkeep import changing

NO_BYTES = "no table of events given: orders that were delivered already are not listed"


def hashed(kind: str, value: str) -> str:
    """SHA-256 of the normalised value, in hex; a value that is such a hash already stays."""
    value = value.strip().lower()
    if re.fullmatch(r"[0-9a-f]{64}", value):
        return value
    if kind == "phone":
        value = re.sub(r"\D", "", value).lstrip("0")
    elif kind == "external_id":
        value = re.sub(r"\s", "", value)
    return sha256(value.encode()).hexdigest()


def forget(settings: Settings, hashes: set[str], now: float) -> tuple[int, list[tuple[str, str, int]]]:
    """Cancel, erase, suppress. Returns how many events were cancelled, and (dataset, order, time) of those sent."""
    needles = [f'"{value}"'.encode() for value in hashes]
    with changing(settings.ledger, now) as (book, folder):
        with book.transaction() as db:
            double = [(sha256(value.encode()).hexdigest(), int(now)) for value in hashes]
            db.executemany("insert or ignore into suppressed values (?, ?)", double)
            cancelled = sum(cancel(book, batch, needles, now) for batch in with_bytes(book))
        sent = delivered(book, settings, hashes, folder)
    return cancelled, sent


def with_bytes(book: Ledger) -> list[Batch]:
    ids = [row[0] for row in book.db.execute("select batch_id from bodies order by batch_id")]
    return [batches.get(book, batch_id) for batch_id in ids]


def cancel(book: Ledger, batch: Batch, needles: list[bytes], now: float) -> int:
    """Part of a transaction: take the person's events out of a batch and erase their bytes. Returns how many there were."""
    texts = batches.payloads(book, batch.batch_id)
    theirs = [i for i, text in enumerate(texts) if any(needle in text for needle in needles)]
    if not theirs:
        return 0
    (state,) = book.db.execute("select state from batches where batch_id = ?", (batch.batch_id,)).fetchone()
    rest = sorted(set(range(batch.n)) - set(theirs))
    parts = [theirs, rest] if rest else [theirs]
    child = records.split(book, batch, parts, state=state)[0]
    records.finish(book, child, "rejected", "forgotten", now)
    point()
    return len(theirs)


def delivered(book: Ledger, settings: Settings, hashes: set[str], folder: Path) -> list[tuple[str, str, int]]:
    """Events of the table that name the person and may have reached Meta."""
    if not (settings.database or settings.events):
        return []
    from sender.warehouse import table

    where = " or ".join("contains(payload, ?)" for _ in hashes)
    reading = (settings.database, settings.relation, settings.events, settings.wait_for_warehouse)
    with table(*reading, folder, lambda message: None) as (connection, source, _):
        sql = f"select event_key, dataset_id, order_id, event_time from {source} where {where}"  # noqa: S608
        rows = connection.execute(sql, [f'"{value}"' for value in sorted(hashes)]).fetchall()
    theirs = {row[0]: row[1:] for row in rows}
    found = []
    for (batch_id,) in book.db.execute("select batch_id from batches where first_attempt_at is not null and n > 0"):
        for member in batches.members(book, batch_id):
            if row := theirs.get(key(member)):
                found.append(row)
    return sorted(found, key=str)
