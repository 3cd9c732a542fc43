# ruff: noqa: S608 - names come from the catalogue and are quoted
"""The package's models around the table of events, read-only: those that exist, found by name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from sender.config.settings import Table
from sender.duck import quote
from sender.events.contract import money
from sender.events.source import Reading, reading, unreadable

Rows = list[dict[str, Any]]


class Warehouse:
    """An open table of events. `events` is its SQL name, `types` its columns; `value` and `currency` are SQL expressions."""

    def __init__(self, opened: Reading) -> None:
        self.connection, self.events, self.types = opened
        self.value, self.currency = money(opened)
        self.out_of_reach: set[str] = set()  # raw tables that exist, but cannot be read from here

    def model(self, name: str) -> str | None:
        """The quoted name of a model: in the schema of the table of events, else in the only schema that has it."""
        found = self.connection.execute(
            "select table_catalog, table_schema, table_name from information_schema.tables "
            "where table_name = ? and table_catalog = current_database()",
            [name],
        ).fetchall()
        quoted = [".".join('"' + part.replace('"', '""') + '"' for part in row) for row in found]
        schema = self.events.rpartition(".")[0]
        beside = [full for full in quoted if full.rpartition(".")[0] == schema]
        return beside[0] if beside else quoted[0] if len(quoted) == 1 else None

    def raw(self, table: str) -> str | None:
        """The quoted name of the view of a raw table. None, and noted, if that table is a file or in a database that dbt attaches:
        the sender opens only the warehouse."""
        model = self.model(f"stg_capi__{table}")
        try:
            if model:
                self.columns(model)
        except duckdb.Error:
            self.out_of_reach.add(table)
            return None
        return model

    def columns(self, relation: str) -> set[str]:
        return {name for name, *_ in self.connection.execute(f"describe select * from {relation}").fetchall()}

    def rows(self, sql: str, *parameters: Any) -> Rows:
        cursor = self.connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def built_at(self) -> int | None:
        """When dbt last built everything, in Unix seconds; None if the package is too old to record it."""
        model = self.model("int_capi__last_run")
        found = self.connection.execute(f"select max(started_at) from {model}").fetchone() if model else None
        return found[0] if found else None


@contextmanager
def warehouse(table: Table, state: Path, folder: Path, say: Callable[[str], None]) -> Iterator[Warehouse]:
    """The table of events and the models around it, which may be joined with the published state. Raises WarehouseError, like
    `send`. `folder` is private scratch space."""
    with reading(table, folder, say, [state]) as opened:
        try:
            yield Warehouse(opened)
        except duckdb.Error as error:
            raise unreadable(table.name, error) from None


def state_table(path: Path | None) -> str:
    """SQL for the published state; the empty part adds columns that a missing or older file lacks."""
    empty = """
        select null::varchar as event_key, null::varchar as dataset_id, null::varchar as order_id, null::varchar as store_id,
            null::varchar as event_name, null::bigint as event_time, null::varchar as state, null::varchar as reason,
            null::bigint as first_attempt_at, null::bigint as accepted_at, null::varchar as fbtrace_id,
            null::bigint as expires_at, null::decimal(18, 3) as value, null::varchar as currency where false"""
    return f"({empty} union all by name select * from read_parquet({quote(str(path))}))" if path else f"({empty})"
