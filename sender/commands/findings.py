"""One-line findings about the table and Meta, and those about match keys and the columns that provide them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sender.config.settings import Settings
from sender.errors import SenderError

if TYPE_CHECKING:
    from sender.events.matching import Matching

GOOD, UNKNOWN, WARNING, BAD = "good", "unknown", "warning", "bad"


@dataclass(frozen=True)
class Finding:
    what: str
    result: str  # good | unknown | warning | bad
    why: str
    answered: bool = True


def match_keys(found: "Matching") -> Iterator[Finding]:
    """Are there enough strong keys, and is there an unused raw column that would provide more?"""
    if found.strong_share is not None:
        share = f"{found.strong_share:.0%} of the events have an e-mail, a phone or a mobile advertiser id"
        weak = "; Meta matches few people without them: capi_mapping shows what is ignored, empty or unreadable"
        yield Finding("match keys", WARNING if found.is_weak else GOOD, share + (weak if found.is_weak else ""))
    if found.ignored:
        listed = ", ".join(f"{name} ({likely}?)" for name, likely in found.ignored.items())
        yield Finding("raw columns", WARNING, f"not read: {listed}; map them in capi_columns")
    if found.unreadable:
        listed = ", ".join(f"{name} ({share:.0%})" for name, share in found.unreadable.items())
        why = "capi_rejected_events and capi_dropped_values say why"
        yield Finding("raw columns", WARNING, f"less than half is readable: {listed}; {why}")


def look(settings: Settings) -> list[Finding]:
    """Only the match keys, for a dry run. Nothing if the table cannot be read."""
    from sender.events.matching import matching
    from sender.events.source import reading

    try:
        with TemporaryDirectory() as folder, reading(settings.table, Path(folder), lambda message: None) as found:
            return list(match_keys(matching(found)))
    except SenderError:
        return []
