"""How well Meta can match the events of a table: how many have a strong key, and which raw columns are not used."""

from dataclasses import dataclass, field

import duckdb

from sender.events.source import Reading

# As written in a payload. Inside a text a quote is escaped, so none of these can be part of one.
STRONG = ('"em":[', '"ph":[', '"madid":')
ENOUGH = 0.5  # of the events, and of the values of a column


@dataclass(frozen=True)
class Matching:
    """Shares are between 0 and 1, and None if there are no events. Columns are named table.column."""

    events: int = 0
    strong_share: float | None = None
    ignored: dict[str, str] = field(default_factory=dict)  # what each probably is
    unreadable: dict[str, float] = field(default_factory=dict)  # the readable share of each

    @property
    def is_weak(self) -> bool:
        return self.strong_share is not None and self.strong_share < ENOUGH


def matching(found: Reading) -> Matching:
    """Looks at the events, and at capi_mapping beside them if there is one."""
    has_strong = " or ".join(f"contains(payload, '{key}')" for key in STRONG)
    counted = f"select count(*), avg(({has_strong})::int) from {found.source}"  # noqa: S608 - found in the catalogue
    events, share = found.connection.execute(counted).fetchall()[0]
    return Matching(events, share, *mapping(found))


def mapping(found: Reading) -> tuple[dict[str, str], dict[str, float]]:
    """Ignored columns that are probably known ones, and columns of which less than half is readable."""
    if not found.source.endswith('."capi_events"'):
        return {}, {}
    beside = found.source.removesuffix('"capi_events"') + '"capi_mapping"'
    try:
        rows = found.connection.execute(
            f"select raw_table || '.' || raw_column, used_as, likely_column, readable_share from {beside} "  # noqa: S608
            "where raw_column is not null order by 1"
        ).fetchall()
    except duckdb.CatalogException:  # built by an earlier version of the package
        return {}, {}
    ignored = {name: likely for name, used_as, likely, _ in rows if used_as is None and likely is not None}
    unreadable = {name: share for name, used_as, _, share in rows if used_as and share is not None and share < ENOUGH}
    return ignored, unreadable
