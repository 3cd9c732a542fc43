"""Read the table of events: open read-only, copy what may be due, close. This takes seconds, and never happens while sending.

DuckDB lets one process write or many read, and does not wait. So we wait, and name the process that holds the file.
changes.py finds what is new in it.
"""

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb

from sender.config.settings import Table
from sender.duck import bounded, confine, first_line, lock, quote, stoppable
from sender.errors import WarehouseError
from sender.events.lake import refuse_unfinished

COLUMNS = (
    *("event_key", "dataset_id", "event_name", "event_time", "action_source", "order_id", "item_number"),
    *("store_id", "upload_tag", "payload", "expires_at"),
)


class Reading(NamedTuple):
    """An open table: its SQL expression, and the types of its columns. It has all of COLUMNS."""

    connection: duckdb.DuckDBPyConnection
    source: str
    types: dict[str, str]


@contextmanager
def reading(
    table: Table, folder: Path, say: Callable[[str], None], more: Sequence[Path] = (), locked: bool = True
) -> Iterator[Reading]:
    """Open the named table. `folder` is private scratch space. Only it, the table and the files `more` can be reached: a
    warehouse is not trusted with the files of this machine. If not `locked`, settings can still be changed."""
    files = table.files() if table.events else []
    if table.events:
        if not files:
            raise WarehouseError(
                f"there is no file {table.events}; --events takes the Parquet file of capi_events, or a folder or glob of them"
            )
        refuse_unfinished(files)
        connection = duckdb.connect()
        # Partition values in folder names are text, as in the table.
        source = f"read_parquet([{', '.join(map(quote, files))}], hive_types_autocast = false)"
    else:
        assert table.database is not None  # noqa: S101 - settings saw to it
        connection = open_patiently(table.database, table.patience, say)
    try:
        bounded(connection, folder)
        confine(connection, [*files, *map(str, more)])
        if locked:
            lock(connection)
        if not table.events:
            source = find(connection, table.relation, table.database)
        types = columns(connection, source, table.name)
        with stoppable(connection):
            yield Reading(connection, source, types)
    finally:
        connection.close()


def columns(connection: duckdb.DuckDBPyConnection, source: str, named: str) -> dict[str, str]:
    try:
        described = connection.execute(f"describe select * from {source}").fetchall()  # noqa: S608 - quoted
    except duckdb.Error as error:
        raise unreadable(named, error) from None
    types = {name: kind for name, kind, *_ in described}
    missing = [column for column in COLUMNS if column not in types]
    if missing:
        raise WarehouseError(
            f"{named} lacks the columns {', '.join(missing)}; name the model capi_events, and build it again if it is old"
        )
    return types


def unreadable(named: str, error: duckdb.Error) -> WarehouseError:
    if isinstance(error, duckdb.PermissionException):
        return WarehouseError(
            f"{named}, or something it is built from, reads files outside its database, which the sender does not allow; build it as a "
            f"table, or name the files with --events ({first_line(error)})"
        )
    return WarehouseError(f"cannot read {named}: {first_line(error)}")


def open_patiently(path: Path, patience: float, say: Callable[[str], None]) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        raise WarehouseError(f"there is no database at {path}; run `dbt build` first, or name it with --database")
    if path.is_dir():
        raise WarehouseError(f"{path} is a folder; name a DuckDB file with --database")
    end = time.monotonic() + patience
    told = False
    while True:
        try:
            return duckdb.connect(str(path), read_only=True)
        except duckdb.IOException as error:
            text = str(error)
            if "newer version of DuckDB" in text:
                raise WarehouseError(
                    f"{path} was written by a newer DuckDB than this sender's {duckdb.__version__}; install the version that "
                    "dbt uses, or a newer one: pip install --upgrade duckdb"
                ) from None
            if "lock" not in text.lower():
                raise WarehouseError(
                    f"{path} is not a DuckDB file that this version can read; name the one that dbt builds with --database "
                    f"({first_line(error)})"
                ) from None
            holder = re.search(r"held in (.*?) \(PID (\d+)\)", text)
            who = f"PID {holder[2]} ({holder[1]})" if holder else "another process"
            if time.monotonic() >= end:
                raise WarehouseError(
                    f"{path} is locked by {who}; waited {patience:.0f} s. Try again when it has ended, "
                    "or raise --wait-for-warehouse. If dbt runs inside another program, as in Prefect, it only releases the file with "
                    "`keep_open: false` in its profile"
                ) from None
            if not told:
                say(f"waiting for {who}, which has {path.name} open")
                told = True
            time.sleep(min(random.uniform(0.1, 0.5), max(0.0, end - time.monotonic())))  # noqa: S311 - jitter
        except duckdb.Error as error:
            raise WarehouseError(f"{path} cannot be opened: {first_line(error)}") from None


def find(connection: duckdb.DuckDBPyConnection, relation: str, database: Path | None) -> str:
    """The relation's quoted name, looked up in the catalogue: nothing that a user typed is run as SQL."""
    parts = [plain or quoted.replace('""', '"') for quoted, plain in re.findall(r'"((?:[^"]|"")+)"|([^."]+)', relation)]
    if not 1 <= len(parts) <= 3:
        raise WarehouseError(f"--relation {relation}: write schema.table")
    catalog, schema, name = [""] * (3 - len(parts)) + parts
    found = connection.execute(
        "select table_catalog, table_schema, table_name from information_schema.tables "
        "where lower(table_name) = lower($name) and ($schema = '' or lower(table_schema) = lower($schema)) "
        "and lower(table_catalog) = lower(coalesce(nullif($catalog, ''), current_database()))",
        {"name": name, "schema": schema, "catalog": catalog},
    ).fetchall()
    if len(found) > 1:
        raise WarehouseError(
            f"{relation} is in {len(found)} schemas of {database}; name one with --relation schema.table"
        )
    if not found:
        others = connection.execute(
            "select table_schema from information_schema.tables where lower(table_name) = lower(?) order by 1", [name]
        ).fetchall()
        if others:
            there = " and ".join(f"{schema}.{name}" for (schema,) in others)
            raise WarehouseError(f"there is no {relation} in {database}, but {there}; name that with --relation")
        raise WarehouseError(
            f"there is no {relation} in {database}; run `dbt build` first, or name the table with --relation schema.table"
        )
    return ".".join('"' + part.replace('"', '""') + '"' for part in found[0])


def is_plain_table(connection: duckdb.DuckDBPyConnection, source: str) -> bool:
    """Whether `find` found a table, not a view."""
    name = ", ".join(f"replace(table_{part}, '\"', '\"\"')" for part in ("catalog", "schema", "name"))
    sql = f'select 1 from information_schema.tables where table_type = \'BASE TABLE\' and format(\'"{{}}"."{{}}"."{{}}"\', {name}) = ?'  # noqa: S608
    return bool(connection.execute(sql, [source]).fetchall())


def seconds(column: str, kind: str) -> str:
    """SQL for Unix seconds from a whole number, or from a timestamp in UTC."""
    if kind.startswith("TIMESTAMP"):
        return f"epoch({column})::bigint"
    return f"try_cast({column} as bigint)"
