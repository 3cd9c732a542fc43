"""The record of an event: what the ledger remembers about it. One line of CSV, `\\N` for NULL, always in the order of Member.

The records of a batch are kept in one text, joined by SEPARATOR, so that 10,000,000 events are a few thousand values. What is
needed from every record of a batch has its own function here: parsing all of them would take longer than sending them.
"""

import csv
from typing import NamedTuple

SEPARATOR = "\x1e"  # between records, and between payloads; cannot occur in JSON text, and is removed from records
FIELD = "\x1f"  # between the fields of the spool's index; likewise
KEY_LENGTH = 64  # characters of an event_key, which begins each record and each line of the spool

# The columns of the record, and their types in DuckDB.
COLUMNS = {
    "event_key": "varchar",
    "payload_digest": "uuid",
    "source_digest": "uuid",
    "order_id": "varchar",
    "store_id": "varchar",
    "event_name": "varchar",
    "event_time": "bigint",
    "expires_at": "bigint",
    "payload_hash": "ubigint",
    "value": "decimal(18, 3)",
    "currency": "varchar",
}


class Member(NamedTuple):
    """A parsed record. Texts are unchanged; None for NULL. Times are Unix seconds."""

    event_key: str
    payload_digest: str | None  # of the key and the bytes
    source_digest: str | None  # of dataset, event name, item number, store and order; None without an order_id
    order_id: str | None
    store_id: str | None
    event_name: str
    event_time: int
    expires_at: int
    payload_hash: str | None  # from the model, if it has one
    value: str | None  # of the sale, in its currency
    currency: str | None  # three letters


def parse(record: str) -> Member:
    found = Member._make(None if text == "\\N" else text for text in next(csv.reader([record])))
    return found._replace(event_time=int(found.event_time), expires_at=int(found.expires_at))


def key(record: str) -> str:
    """The event_key."""
    return record[:KEY_LENGTH]


def times(record: str) -> tuple[int, int]:
    """(event_time, expires_at)"""
    _, event_time, expires_at, *_ = record.rsplit(",", 5)  # no field after them contains a comma
    return int(event_time), int(expires_at)


def sql() -> str:
    """SQL for the record of a row that has these columns."""
    text = f"concat_ws(',', {', '.join(map(field, COLUMNS))})"
    return f"replace(replace({text}, '{SEPARATOR}', ''), '{FIELD}', '')"


def field(name: str) -> str:
    if COLUMNS[name] == "varchar" and name != "event_key":
        return f"coalesce('\"' || replace({name}, '\"', '\"\"') || '\"', '\\N')"
    return f"coalesce({name}::varchar, '\\N')"
