"""Whether the ledger has already taken in the whole table of events: then there is nothing to read.

A file counts as unchanged if its size, time and inode are unchanged. This only works for a plain table in its own DuckDB file, or
Parquet files on this machine; what a view shows may depend on the clock.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from sender.config.settings import Table
from sender.ledger.ledger import Ledger

TAKEN_IN = "taken_in"  # in the ledger's meta: [mark, rows]


def mark(table: Table) -> str | None:
    """What the files look like now; call it before they are read. None if they are not on this machine."""
    found: Iterable[str] = (str(table.database), f"{table.database}.wal")
    if table.events:
        found = table.files()
    seen = [(name, path.stat()) for name in found if (path := Path(name)).is_file()]
    if not seen:
        return None
    looks = [[name, stat.st_size, stat.st_mtime_ns, stat.st_ino] for name, stat in seen]
    return json.dumps([table.name, looks])


def rows(ledger: Ledger, found: str | None) -> int | None:
    """How many rows the table has, if all of them have a final state in the ledger; None if it must be read."""
    noted = ledger.meta(TAKEN_IN)
    if found is None or noted is None:
        return None
    known, count = json.loads(str(noted))
    return int(count) if known == found else None


def note(ledger: Ledger, found: str | None, count: int) -> None:
    if found is not None:
        ledger.set_meta(TAKEN_IN, json.dumps([found, count]))


def forget(ledger: Ledger) -> None:
    """Call this after a person's decision, which may take events out of the ledger."""
    ledger.db.execute("delete from meta where key = ?", (TAKEN_IN,))
