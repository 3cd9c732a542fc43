"""Rows that wait to be sent, and how many of them make a request: one dataset, one upload tag and one age class each, limited by
count and by bytes. Pure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice, repeat, takewhile
from typing import Any, TypeVar

from sender.delivery import windows

T = TypeVar("T")

KEY = 64  # characters of an event_key, with which members and lines begin


@dataclass
class Rows:
    """Rows of the table of events that the ledger does not know, as columns of one length. Times are Unix seconds."""

    event_times: list[int] = field(default_factory=list)
    expires_at: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # of their lines in the spool
    sizes: list[int] = field(default_factory=list)  # of those lines, in bytes
    tags: list[str] = field(default_factory=list)  # upload tags, as JSON
    conflicts: list[str] = field(default_factory=list)  # '1' where the order was attempted under another key, else '0'
    members: list[str] = field(default_factory=list)  # CSV records: what the ledger remembers, see ledger.MEMBER

    def __len__(self) -> int:
        return len(self.members)

    def columns(self) -> tuple[list[Any], ...]:
        return tuple(vars(self).values())

    def take(self, n: int) -> "Rows":
        """Cut off the first `n`."""
        taken = Rows(*(column[:n] for column in self.columns()))
        for column in self.columns():
            del column[:n]
        return taken

    def pick(self, places: Iterable[int]) -> "Rows":
        chosen = list(places)
        return Rows(*([column[i] for i in chosen] for column in self.columns()))

    def extend(self, others: "Rows") -> None:
        for column, more in zip(self.columns(), others.columns(), strict=True):
            column += more


def key(member: str) -> str:
    return member[:KEY]


def cut(rows: Rows, count: int, size: int, now: float) -> tuple[int, str]:
    """How many of the first rows, of which there are some, make one request of at most `count` events and `size` bytes, and their
    verdict, see windows.py. An event that is larger goes alone."""
    verdicts = map(windows.verdict, rows.event_times[:count], rows.expires_at, repeat(None), repeat(now))
    kinds = list(zip(verdicts, rows.tags, strict=False))
    alike = len(list(takewhile(kinds[0].__eq__, kinds)))
    totals = accumulate(line - KEY for line in rows.sizes[:alike])
    return max(1, sum(1 for _ in takewhile(size.__ge__, totals))), kinds[0][0]


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
