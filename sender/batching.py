"""Cut rows into requests: one dataset, one upload tag and one age class each, limited by count and by bytes. Pure."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Row(NamedTuple):
    """A row of the table of events that the ledger does not know. Times are Unix seconds."""

    event_time: int
    expires_at: int
    upload_tag: str | None
    payload: bytes
    member: str  # one CSV record: what the ledger remembers of it, see ledger.MEMBER
    conflict: bool  # its order was attempted under another key


def key(member: str) -> str:
    return member[:64]


def cut(rows: list[tuple[Row, str]], count: int, size: int) -> int:
    """How many of the leading (row, age class) pairs make one request of at most `count` events and `size` bytes."""
    first, age = rows[0]
    total = 0
    for n, (row, row_age) in enumerate(rows):
        total += len(row.payload) + 1
        if n and (n >= count or total > size or row_age != age or row.upload_tag != first.upload_tag):
            return n
    return len(rows)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
