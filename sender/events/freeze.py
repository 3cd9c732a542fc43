# ruff: noqa: S608 - the only texts put into SQL here are our own paths and checked names
"""Write the spool and the index for a table that changes.py has looked at. spool.py says what they are."""

from itertools import accumulate
from pathlib import Path

import duckdb

from sender.clock import point
from sender.duck import first_line, lock, quote
from sender.errors import WarehouseError
from sender.events.member import FIELD, SEPARATOR
from sender.events.ready import Ready
from sender.events.spool import index_path
from sender.files import sync

LINE = "concat(event_key, payload)"
SIZE = "strlen(event_key) + strlen(payload) + 1"  # of a line, including its end
NEW = """(
    select *, coalesce(source_digest in (from sender_attempted), false) as conflict
    from (select *, sum(size) over (rows unbounded preceding)::bigint - size as start from sender_looked_at))"""
ORDER = "upload_tag nulls last, event_time, store_id nulls last, start"  # events that fail together are together
RECORD = "event_time, expires_at, start, size, coalesce(to_json(upload_tag)::varchar, 'null'), conflict::int, member"
INDEXED = f"concat_ws('{FIELD}', {RECORD}) || '{SEPARATOR}'"
TEXT = "(format csv, header false, quote '', escape '', delimiter '\x1f')"  # one column, written unchanged


def freeze(connection: duckdb.DuckDBPyConnection, rows: str, ready: Ready, path: Path) -> None:
    """`rows` is the relation that was looked at. Spool and index are on disk when this returns."""
    folder, part = ready.folder, ready.folder / "spool"
    try:
        # With two threads, several row groups of payloads wait in memory for their turn.
        connection.execute("set threads = 1")
        lock(connection)
        connection.execute(f"copy (select {LINE} from {rows}) to {quote(str(part))} {TEXT}")
        index = quote(str(index_path(folder)))
        connection.execute(f"copy (select {INDEXED} from {NEW} order by dataset_id, {ORDER}) to {index} {TEXT}")
        ready.places.update(places(connection, ready))
    except duckdb.Error as error:
        raise WarehouseError(f"the events cannot be copied to {folder.parent}: {first_line(error)}") from None
    sync(part)
    part.replace(path)
    sync(path.parent)
    point()


def places(connection: duckdb.DuckDBPyConnection, ready: Ready) -> dict[str, tuple[int, int]]:
    """Where the records of each dataset begin and end in the index, in bytes."""
    if len(ready.datasets) == 1:
        return dict.fromkeys(ready.datasets, (0, index_path(ready.folder).stat().st_size))
    sizes = connection.execute(
        f"select dataset_id, sum(strlen({INDEXED}) + 1)::bigint from {NEW} group by dataset_id order by dataset_id"
    ).fetchall()
    ends = list(accumulate(size for _, size in sizes))
    return {dataset: (end - size, end) for (dataset, size), end in zip(sizes, ends, strict=True)}
