"""What became of the orders in a DuckDB file, as tables on a terminal: from orders to events, and where the rest went."""

from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

FUNNEL = """
    select 'orders', count(*) from stg_capi__orders
    union all
    select 'events', count(*) from capi_events
    union all
    select 'rejected', count(*) from capi_rejected_events
"""
REJECTED = "select reason, count(*) as orders, any_value(remedy) from capi_rejected_events group by reason order by orders desc, reason"
UNKNOWN = "select status, count(*) as orders from capi_rejected_events where reason = 'status_unknown' group by status order by orders desc"
DROPPED = "select field, reason, count(*) as times from capi_dropped_values group by field, reason order by times desc, field, reason"
STRONG = "select sum(events), sum(events * strong_share) / sum(events) from capi_match_keys"
READ = """
    select raw_table, raw_column, used_as, filled_share, readable_share
    from capi_mapping
    where raw_column is not null and used_as is not null
    order by raw_table, raw_column
"""
IGNORED = """
    select raw_table, raw_column, filled_share, likely_column
    from capi_mapping
    where raw_column is not null and used_as is null
    order by likely_column is null, raw_table, raw_column
"""


def share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def table(console: Console, title: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Prints rows, if there are any."""
    if not rows:
        return
    shown = Table(title=title, title_justify="left", title_style="bold")
    for name in columns:
        shown.add_column(name, overflow="fold")
    for row in rows:
        shown.add_row(*("" if value is None else str(value) for value in row))
    console.print(shown)


def show(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Prints the funnel, the reasons with their remedies, the match keys and the mapping of columns."""
    rejected = connection.execute(REJECTED).fetchall()
    table(console, "What became of the orders", ["", "rows"], connection.execute(FUNNEL).fetchall())
    table(console, "Rejected", ["reason", "orders", "what to do"], rejected)
    if any(reason == "too_old" for reason, *_ in rejected):
        console.print(
            "To judge old orders as of an earlier day, set VARS='{capi_as_of: \"2026-11-24\"}'.", markup=False
        )
    unknown = connection.execute(UNKNOWN).fetchall()
    table(console, "Unknown statuses", ["status", "orders"], unknown)
    table(
        console,
        "Left out of sent events",
        ["field", "reason", "times"],
        connection.execute(DROPPED).fetchall(),
    )
    events, strong = connection.execute(STRONG).fetchall()[0]
    if events:
        console.print(f"{strong:.0%} of {events} events have an e-mail, a phone or a mobile advertiser id.")
        if strong < 0.5:
            console.print(
                "Meta will match few of them: see below which columns are ignored, empty or unreadable.", style="yellow"
            )
    read = [(t, c, u, share(f), share(r)) for t, c, u, f, r in connection.execute(READ).fetchall()]
    table(console, "Columns that are read", ["table", "column", "as", "filled", "readable"], read)
    ignored = [(t, c, share(f), likely) for t, c, f, likely in connection.execute(IGNORED).fetchall()]
    table(console, "Columns that are not", ["table", "column", "filled", "probably"], ignored)
