"""The rules without a server: a verdict for every event of a Parquet file, before anything is sent."""

from collections.abc import Iterator
from typing import Any

import duckdb

from .body import Malformed, strict_json
from .rules import judge


def refused(path: str, now: float, strict: bool) -> Iterator[tuple[str, str]]:
    """(event_key, rule) of every event that Meta would refuse. Raises duckdb.Error when the file cannot be read."""
    with duckdb.connect() as connection:
        cursor = connection.execute("select event_key, payload from read_parquet(?)", [path])
        while rows := cursor.fetchmany(10_000):
            for event_key, payload in rows:
                rule = verdict(payload, now, strict)
                if rule is not None:
                    yield event_key, rule


def verdict(payload: str, now: float, strict: bool) -> str | None:
    try:
        event: Any = strict_json(payload)
    except Malformed:
        return "malformed_body"
    rule = judge(event, now, strict)
    return rule.name if rule else None
