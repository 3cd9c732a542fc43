"""Cut rows into requests: one dataset, one upload tag and one age class each, limited by count and by bytes. Pure."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

T = TypeVar("T")

KEY = 64  # characters of an event_key, with which records and lines begin


class Row(NamedTuple):
    """A row of the table of events that the ledger does not know. Times are Unix seconds."""

    event_time: int
    expires_at: int
    upload_tag: str | None
    start: int  # of its line in the spool
    size: int  # of that line, in bytes
    conflict: bool  # its order was attempted under another key
    member: str  # one CSV record: what the ledger remembers of it, see ledger.MEMBER


def key(member: str) -> str:
    return member[:KEY]


def cut(rows: list[tuple[Row, str]], count: int, size: int) -> int:
    """How many of the leading (row, age class) pairs make one request of at most `count` events and `size` bytes."""
    first, age = rows[0]
    total = 0
    for n, (row, row_age) in enumerate(rows):
        total += row.size - KEY
        if n and (n >= count or total > size or row_age != age or row.upload_tag != first.upload_tag):
            return n
    return len(rows)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
