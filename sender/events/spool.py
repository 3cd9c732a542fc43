"""The bytes of new events, frozen before the first is sent, and their sending order. See freeze.py.

The spool is one file beside the ledger: one line per event, with its key and payload, in the order of the table. An
attempt points into it, so bytes are written once, not for each request. It exists during one run. At the end,
or when the next command finds the spool of a killed sender, what is still open is moved into the ledger
(ledger/recovery.py), and the file is deleted. The index is a file in the private folder: one record per event, grouped by
dataset and in sending order.
"""

import os
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import add
from pathlib import Path
from typing import Any

from sender.errors import LedgerError
from sender.events.member import FIELD, KEY_LENGTH, SEPARATOR, key

END = f"{SEPARATOR}\n"  # ends a record of the index; its last part, the member, contains neither this nor FIELD
BLOCK = 2**18
NEAR = 8  # reading eight bytes to use one still takes less time than one call per line


@dataclass
class Rows:
    """Rows of the table of events that the ledger does not know, as columns of equal length. Times are Unix seconds."""

    event_times: list[int] = field(default_factory=list)
    expires_at: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # of their lines in the spool
    sizes: list[int] = field(default_factory=list)  # of those lines, in bytes
    tags: list[str] = field(default_factory=list)  # upload tags, as JSON
    conflicts: list[str] = field(default_factory=list)  # '1' if the order was attempted under another key, else '0'
    members: list[str] = field(default_factory=list)  # CSV records: what the ledger remembers (member.py)

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


def index_path(folder: Path) -> Path:
    return folder / "index"


class Spool:
    """The lines of a spool, by their position."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.handle = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            raise LedgerError(
                f"{path} has disappeared while its events are being sent; restore it, or the next run holds those whose outcome is "
                "unknown (bytes_lost)"
            ) from None

    def payloads(self, rows: Rows) -> list[bytes]:
        lines = self.lines(rows.starts, rows.sizes)
        keys = b"".join([line[:KEY_LENGTH] for line in lines])
        if keys != "".join(map(key, rows.members)).encode() or keys.translate(None, b"0123456789abcdef"):
            raise LedgerError(f"{self.path} does not hold the events that were copied to it; nothing more was sent")
        return [line[KEY_LENGTH:-1] for line in lines]

    def read(self, places: bytes) -> list[bytes]:
        """The payloads at `places`, as the function below writes them."""
        numbers = array("q", places)
        half = len(numbers) // 2
        return [line[KEY_LENGTH:-1] for line in self.lines(numbers[:half], numbers[half:])]

    def lines(self, starts: Sequence[int], sizes: Sequence[int]) -> list[bytes]:
        first, end = min(starts), max(map(add, starts, sizes))
        if end - first > NEAR * sum(sizes):
            return list(map(os.pread, repeat(self.handle), sizes, starts))
        # In a roughly ordered table the lines of a request are close together: one read gets all of them.
        data = os.pread(self.handle, end - first, first)
        return [data[start - first : start - first + size] for start, size in zip(starts, sizes, strict=True)]

    def close(self) -> None:
        os.close(self.handle)


def places(rows: Rows) -> bytes:
    """Where the lines of rows are: all starts, then all sizes, as 64-bit numbers."""
    return array("q", rows.starts + rows.sizes).tobytes()


class Index:
    """The new events of a dataset in order, taken from either end. `place` is where they begin and end in the file."""

    def __init__(self, path: Path, place: tuple[int, int]) -> None:
        self.handle = os.open(path, os.O_RDONLY)
        self.head, self.tail = place  # both always between two records

    def close(self) -> None:
        os.close(self.handle)

    def first(self) -> Rows | None:
        """Some of the rows at the front; None if all are taken."""
        end, block = END.encode(), BLOCK
        while self.head < self.tail:
            data = os.pread(self.handle, min(block, self.tail - self.head), self.head)
            stop = data.rfind(end)
            if stop >= 0:
                self.head += stop + len(end)
                return parse(data[:stop])
            block *= 2  # a record larger than a block
        return None

    def last(self, count: int) -> Rows | None:
        """Up to `count` rows at the back, last first; None if all are taken."""
        end, block = END.encode(), BLOCK
        while self.head < self.tail:
            start = max(self.head, self.tail - block)
            records = os.pread(self.handle, self.tail - start, start)[: -len(end)].split(end)
            whole = records[1:] if start > self.head else records  # the first may have been cut
            if whole:
                self.tail -= sum(len(record) + len(end) for record in whole[-count:])
                return parse(end.join(whole[: -count - 1 : -1]))
            block *= 2
        return None


def parse(records: bytes) -> Rows:
    """Parse one or more records, with END between them."""
    fields = records.decode().replace(END, FIELD).split(FIELD)
    event_times, expires_at, starts, sizes = (list(map(int, fields[i::7])) for i in range(4))
    return Rows(event_times, expires_at, starts, sizes, tags=fields[4::7], conflicts=fields[5::7], members=fields[6::7])
