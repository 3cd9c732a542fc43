"""Cut rows into requests: one dataset, one upload tag and one age class each, limited by count and by bytes. Pure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Row(NamedTuple):
    """A row of the table of events, as the sender needs it. Keys and digests are bytes, times Unix seconds."""

    event_key: bytes
    dataset_id: str
    event_name: str
    event_time: int
    order_id: str | None
    item_number: str | None
    store_id: str | None
    upload_tag: str | None
    payload: bytes
    expires_at: int
    source: bytes | None  # digest of (dataset_id, order_id, event_name, item_number); none without an order_id
    digest: bytes  # of the payload


def cut(rows: list[tuple[Row, str]], count: int, size: int) -> int:
    """How many of the leading (row, age class) pairs make one request of at most `count` events and `size` bytes; at least 1."""
    first, age = rows[0]
    total = 0
    for n, (row, row_age) in enumerate(rows):
        total += len(row.payload) + 1
        if n and (n >= count or total > size or row_age != age or row.upload_tag != first.upload_tag):
            return n
    return len(rows)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    chunk: list[T] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
