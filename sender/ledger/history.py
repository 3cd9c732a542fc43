# ruff: noqa: S608 - only constants are put into SQL here
"""Read what happened: runs, requests and their answers, and the path of one event through them. Nothing is changed.

`look` opens the ledger read-only, so that a question never waits for a send and never disturbs one.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sender.ledger import session
from sender.ledger.ledger import Ledger
from sender.ledger.schema import is_old, migrate
from sender.ledger.states import PENDING, UNFINISHED


@contextmanager
def look(path: Path) -> Iterator[Ledger]:
    """The ledger at `path`, read-only; an empty one if there is none. A ledger of an older version, or one left by a killed sender,
    is opened as `status` opens it."""
    with session.usable(path):
        if not path.exists():
            connection = sqlite3.connect(":memory:", isolation_level=None)
            migrate(connection)
            connection.execute("insert into meta values ('ledger_id', ''), ('run_seq', 0), ('events', 0)")
            ledger: Ledger | None = Ledger(path, connection)
        else:
            ledger = None if is_old(path) else quietly(path)
        if ledger is None:
            with session.read(path) as found:
                yield found
        else:
            with closing(ledger):
                yield ledger


def quietly(path: Path) -> Ledger | None:
    """None if something must be repaired first, which a read-only connection cannot do."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=10)
    try:
        return Ledger(path, connection)
    except sqlite3.Error:
        connection.close()
        return None


def rows(ledger: Ledger, sql: str, *parameters: Any) -> list[dict[str, Any]]:
    cursor = ledger.db.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def last_sends(ledger: Ledger, n: int) -> list[dict[str, Any]]:
    """The latest sends, newest first. `summary` is what each printed with --json, or None if it is running or was killed."""
    sql = (
        "select run_id, started_at, ended_at, summary from runs where summary is null or summary <> 'null' "
        "order by run_id desc limit ?"
    )
    return [run | {"summary": json.loads(run["summary"] or "null")} for run in rows(ledger, sql, n)]


def requests_by_day(ledger: Ledger) -> list[dict[str, Any]]:
    """Requests per day (UTC), their events, and their outcomes."""
    return rows(
        ledger,
        """
        select
            date(started_at, 'unixepoch') as day, count(*) as requests, sum(n) as events,
            sum(action = 'accept') as accepted, sum(action = 'retry') as retried, sum(action = 'throttle') as throttled,
            sum(action = 'split') as split, sum(action = 'stop') as stopped, sum(action is null) as unanswered
        from attempts group by day order by day
        """,
    )


def answer_times(ledger: Ledger) -> list[tuple[float, int]]:
    """(seconds until the answer in tenths, at least one; number of requests that took this long), ascending."""
    sql = (
        "select max(0.1, round(coalesce(seconds, ended_at - started_at), 1)) as seconds, count(*) from attempts where status > 0 "
        "group by 1 order by 1"
    )
    return ledger.db.execute(sql).fetchall()


def failures(ledger: Ledger, n: int) -> list[dict[str, Any]]:
    """The latest requests that were not accepted, newest first."""
    return rows(
        ledger,
        """
        select
            attempts.started_at, dataset_id, attempts.n as events, status, action, attempts.reason, code, subcode,
            attempts.fbtrace_id
        from attempts left join batches using (batch_id)
        where action is not null and action <> 'accept' order by attempt_id desc limit ?
        """,
        n,
    )


def failures_by_reason(ledger: Ledger) -> list[dict[str, Any]]:
    return rows(
        ledger,
        "select action, reason, code, subcode, count(*) as requests, max(started_at) as last_at from attempts "
        "where action is not null and action <> 'accept' group by action, reason, code, subcode order by requests desc",
    )


def datasets(ledger: Ledger) -> list[str]:
    """Datasets that anything was sent to."""
    sql = "select distinct dataset_id from batches where first_attempt_at is not null order by 1"
    return [row[0] for row in ledger.db.execute(sql)]


def code(row: dict[str, Any]) -> str:
    """100/2804050, or 190 without a subcode."""
    return f"{row['code']}/{row['subcode']}" if row["subcode"] is not None else str(row["code"])


def drifted(ledger: Ledger) -> set[str]:
    """Keys of delivered events that came back with different bytes."""
    return {key for (key,) in ledger.db.execute("select distinct event_key from drift")}


def decisions(ledger: Ledger, n: int) -> list[dict[str, Any]]:
    """What people decided, newest first."""
    return rows(
        ledger, "select decided_at, decision, selection, reason, n as events from decisions order by 1 desc limit ?", n
    )


@dataclass(frozen=True)
class Place:
    """Where an event is in the ledger."""

    batch_id: int
    parent_id: int | None
    dataset_id: str
    upload_tag: str | None
    state: str
    reason: str | None
    n: int
    first_attempt_at: int | None
    maybe_since: int | None
    ended_at: int | None
    fbtrace_id: str | None


PLACE = (
    "batch_id, parent_id, dataset_id, upload_tag, state, reason, n, first_attempt_at, maybe_since, ended_at, fbtrace_id"
)


def find(ledger: Ledger, event_key: str, state: str | None, trace: str | None, shown_run: int | None) -> Place | None:
    """The batch that holds an event. `state` and `trace` are what the state file, which shows run `shown_run`, says about it: they
    narrow the search to a few batches. Without a trusted state file, all batches are searched."""
    ways: list[tuple[str, tuple[object, ...]]] = [("run_id > ?", (-1 if shown_run is None else shown_run,))]
    if shown_run is not None and state:
        states = UNFINISHED if state == PENDING else (state, state)
        ways.append(("state in (?, ?) and fbtrace_id is ?", (*states, trace)))
    for where, values in ways:
        sql = f"select {PLACE} from batches join members using (batch_id) where {where} and instr(records, ?) limit 1"
        if found := ledger.db.execute(sql, (*values, event_key)).fetchone():
            return Place(*found)
    return None


def attempts(ledger: Ledger, place: Place) -> list[dict[str, Any]]:
    """The requests that carried an event, oldest first: those of its batch, and of the batches it was split from."""
    chain, parent = [place.batch_id], place.parent_id
    while parent is not None:
        chain.append(parent)
        row = ledger.db.execute("select parent_id from batches where batch_id = ?", (parent,)).fetchone()
        parent = row[0] if row else None
    marks = ", ".join("?" * len(chain))
    return rows(
        ledger,
        f"select started_at, ended_at, n as events, status, action, reason, code, subcode, fbtrace_id from attempts "
        f"where batch_id in ({marks}) order by attempt_id",
        *chain,
    )
