# ruff: noqa: S608 - names come from the catalogue and are quoted
"""A quick look: the value of each state, the age of the table of events, and what was taken back after delivery."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from sender.config.settings import Table
from sender.errors import SenderError
from sender.seeing.warehouse import state_table, warehouse

Worth = dict[str, Decimal]  # an amount for each currency


@dataclass(frozen=True)
class Glance:
    """The table of events as it is now. Times are Unix seconds."""

    name: str
    events: int = 0
    newest_sale_at: int | None = None
    built_at: int | None = None  # when dbt last built everything; None if that is not recorded
    withdrawn: int = 0  # delivered, later taken back by the shop
    withdrawn_worth: Worth | None = None
    problem: str | None = None  # why it cannot be read; then the rest is unknown


def worth(state: Path) -> dict[str, Worth]:
    """The value of the events in each state, as last published."""
    found: dict[str, Worth] = defaultdict(dict)
    if not state.exists():
        return found
    sql = (
        f"select state, currency, sum(value) from {state_table(state)} "
        "where currency is not null group by all order by 1, 3 desc"
    )
    try:
        with duckdb.connect() as connection:
            for name, currency, value in connection.execute(sql).fetchall():
                found[name][currency] = value
    except duckdb.Error:
        return defaultdict(dict)  # the next send reports a file that cannot be read
    return found


def gained(before: Worth, after: Worth) -> Worth:
    """What was added, in the order of `after`. Times cannot tell: one run may end and the next begin in the same second."""
    more = {currency: amount - before.get(currency, 0) for currency, amount in after.items()}
    return {currency: amount for currency, amount in more.items() if amount}


def glance(table: Table, state: Path) -> Glance:
    """Does not wait: while dbt builds, the table cannot be read."""
    try:
        with (
            TemporaryDirectory() as folder,
            warehouse(replace(table, patience=0), state, Path(folder), lambda text: None) as around,
        ):
            ((events, newest),) = around.connection.execute(
                f"select count(*), max(event_time) from {around.events}"
            ).fetchall()
            model = around.model("capi_later_changes")
            rows = []
            if model and state.exists():
                gone = f"select event_key from {model} where change = 'withdrawn'"
                rows = around.connection.execute(
                    f"select currency, count(*), sum(value) from {state_table(state)} where state = 'accepted' and event_key in ({gone}) group by all"
                ).fetchall()
            return Glance(
                table.name,
                events,
                int(newest) if isinstance(newest, int) else None,
                around.built_at(),
                sum(n for _, n, _ in rows),
                {currency: value for currency, _, value in rows if value},
            )
    except SenderError as error:
        return Glance(table.name, problem=str(error))
