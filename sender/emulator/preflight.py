"""The rules without a server: which events in a table Meta would refuse, and why, before anything is sent.

A table is Parquet (a file or a glob), or a relation in a DuckDB file, with the columns event_key and payload.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from sender.config.settings import Table
from sender.duck import bounded, confine, first_line, lock, quote
from sender.errors import WarehouseError
from sender.events.source import find, open_patiently

from .body import Malformed, strict_json
from .judge import judge

PATIENCE = 60.0


def verdicts(path: str, relation: str, now: float, counting: frozenset[str]) -> Iterator[tuple[str, str | None]]:
    """(event_key, the rule it breaks or None) of every event. Raises WarehouseError if the table cannot be read."""
    with opened(path, relation) as (connection, source):
        try:
            cursor = connection.execute(f"select event_key, payload from {source}")  # noqa: S608 - quoted
            while rows := cursor.fetchmany(10_000):
                for event_key, payload in rows:
                    yield str(event_key), verdict(payload, now, counting)
        except duckdb.Error as error:
            raise WarehouseError(
                f"cannot read {path}: {first_line(error)}; it must be Parquet or DuckDB with columns event_key and payload"
            ) from None


@contextmanager
def opened(path: str, relation: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """A connection and the SQL expression for the table."""
    file = Path(path)
    is_database = file.is_file() and file.open("rb").read(12)[8:] == b"DUCK"
    connection = open_patiently(file, PATIENCE, lambda message: None) if is_database else duckdb.connect()
    try:
        with TemporaryDirectory() as folder:
            bounded(connection, Path(folder))
            files = [] if is_database else Table(events=path).files() or [path]  # the query names a missing file
            confine(connection, files)
            lock(connection)
            parquet = f"read_parquet([{', '.join(map(quote, files))}])"
            yield connection, find(connection, relation, file) if is_database else parquet
    finally:
        connection.close()


def verdict(payload: str, now: float, counting: frozenset[str]) -> str | None:
    try:
        event: Any = strict_json(payload)
    except (Malformed, TypeError):
        return "malformed_body"
    rule = judge(event, now, counting)
    return rule.name if rule else None
