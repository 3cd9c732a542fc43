"""Another table of events in the same database, with later sales: if `+schema` or the target changes, dbt leaves the old one behind."""

from datetime import UTC, datetime

import duckdb

from sender.errors import WarehouseError
from sender.events.source import Reading, columns, seconds

PLAIN = """
select
    format('"{}"."{}"."{}"', replace(table_catalog, '"', '""'), replace(table_schema, '"', '""'), replace(table_name, '"', '""')) as source,
    table_schema || '.' || table_name as named,
    lower(table_catalog) || '.' || lower(table_name) as called
from information_schema.tables
where table_type = 'BASE TABLE'"""


def later_twin(found: Reading, named: str) -> str | None:
    """A warning that names it, if there is one. `named` is the name of the table that is read."""
    twins = found.connection.execute(
        f"with plain as ({PLAIN}) select twin.source, twin.named from plain as mine "  # noqa: S608 - no value in it
        "join plain as twin on mine.called = twin.called and mine.source <> twin.source where mine.source = ? order by 1",
        [found.source],
    ).fetchall()
    if not twins:
        return None
    end = last_sale(found)
    for source, twin in twins:
        try:
            later = last_sale(Reading(found.connection, source, columns(found.connection, source, twin)))
        except (WarehouseError, duckdb.Error):  # something else of that name
            continue
        if later is not None and (end is None or later > end):
            ends = f"ends with a sale of {day(end)}" if end is not None else "is empty"
            return f"{named} {ends}, but {twin} goes on until {day(later)}; if dbt now builds that one, name it: --relation {twin}"
    return None


def last_sale(found: Reading) -> int | None:
    """Unix seconds; None if there is no sale."""
    moment = seconds("event_time", found.types["event_time"])
    (end,) = found.connection.execute(f"select max({moment}) from {found.source}").fetchall()[0]  # noqa: S608 - quoted
    return end if end is None else int(end)


def day(moment: int) -> str:
    try:
        return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return str(moment)
