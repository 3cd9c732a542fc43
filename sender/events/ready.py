"""What comparing the table with the published state (changes.py) has found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sender.events.unsettled import NOTHING, Unsettled

MANY = 100  # events; if more than this change, the model has changed


@dataclass(frozen=True)
class Ready:
    folder: Path
    stands_alone: bool  # nothing outside its file decides what is in the table
    total: int  # rows in the table
    unsettled: Unsettled = NOTHING
    vanished: bool = False  # the table is empty, although the ledger knows events that should be in it
    conflicts: int = 0
    drifted: int = 0  # not yet noted
    datasets: dict[str, int] = field(default_factory=dict)  # the number of new events in each
    places: dict[str, tuple[int, int]] = field(default_factory=dict)  # where these are in the index

    @property
    def new(self) -> int:
        return sum(self.datasets.values())

    def drift(self) -> Iterator[tuple[str, str]]:
        """(event_key, digest) of drifted events, read from a file: after a model change there may be one for every event."""
        if self.drifted:
            with drift_path(self.folder).open() as lines:
                for line in lines:
                    key, digest = line.rstrip().split(",")
                    yield key, digest

    def changed_too_much(self) -> bool:
        """More than 100 rows, or more than 1% of the table. A single row never stops a run: it is held or noted. Withdrawn events
        are always a small part of what is to be sent, so for them only the number counts."""
        changed = self.conflicts + self.drifted
        return (
            self.vanished
            or len(self.unsettled.withdrawn) > MANY
            or changed > MANY
            or changed > max(1, 0.01 * self.total)
        )

    def what_changed(self) -> str:
        """In words, for the person who has to accept it."""
        if self.vanished:
            return f"the table is empty, although {len(self.unsettled.withdrawn)} of its events were to be sent again"
        return (
            f"{self.conflicts} delivered orders came back under another event_key, {self.drifted} delivered events with "
            f"different content, and {len(self.unsettled.withdrawn)} events that were to be sent again are no longer in the table"
        )


def drift_path(folder: Path) -> Path:
    return folder / "drift.csv"
