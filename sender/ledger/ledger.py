"""The ledger: one SQLite file that remembers every event ever attempted, and what became of it.

An event belongs to exactly one batch, and a batch has exactly one state; splitting moves events into new batches.
So the counts of a ledger of 10,000,000 events are the sum over a few thousand batches. Events that were never
attempted are not in here: the table of events still has them. Bytes are kept until the outcome is final: in the spool
during the run that claimed them, and after that as one body per open batch. The states are in states.py.

A batch's `maybe_since` is the start of its earliest attempt whose answer was not a definite no. If a batch is
`sending` at the start of a run, its sender died. The ledger uses a rollback journal, not WAL: between transactions
there is no file beside it that could roll it back. The token, raw personal data and headers are never stored. Times are
Unix seconds.
"""

import json
import os
import sqlite3
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sender.errors import LedgerError
from sender.events.member import SEPARATOR
from sender.ledger.schema import migrate
from sender.ledger.states import State

TARGETS = {"meta": "Meta", "local": "an endpoint on this machine"}


class Ledger:
    """An open ledger. Statements outside `transaction` commit at once."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.db = connection
        self.ledger_id = str(self.meta("ledger_id"))
        self.run_id = int(str(self.meta("run_seq")))

    @property
    def state_path(self) -> Path:
        return state_beside(self.path)

    @property
    def spool_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}.spool")

    def meta(self, key: str) -> object:
        row = self.db.execute("select value from meta where key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: object) -> None:
        self.db.execute("insert or replace into meta values (?, ?)", (key, value))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; inside another transaction, a part of it."""
        if self.db.in_transaction:
            yield self.db
            return
        self.db.execute("begin immediate")
        try:
            yield self.db
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("rollback")
            raise
        self.db.execute("commit")

    def take_over(self, ledger_id: str, run: int, publication: int) -> None:
        """Part of a transaction: continue where a lost ledger was when it last published."""
        self.ledger_id, self.run_id = ledger_id, run + 1
        for key, value in (("ledger_id", ledger_id), ("run_seq", self.run_id), ("publication", publication)):
            self.set_meta(key, value)

    def check_target(self, graph_url: str) -> str:
        """A key of TARGETS. A rehearsal on this machine and deliveries to Meta never share a ledger: each would count events as
        delivered that only the other has accepted."""
        target = "meta" if (urlsplit(graph_url).hostname or "").endswith("facebook.com") else "local"
        known = self.meta("target")
        if known not in (None, target):
            raise LedgerError(
                f"{self.path} records what was sent to {TARGETS[str(known)]}, but {graph_url} is {TARGETS[target]}: its events would "
                "count as delivered there. Use another ledger (--ledger, and `offline-capi init`)"
            )
        return target

    def check_clock(self, now: float) -> None:
        """If the clock were behind the last attempt, every window would be wrong. Runs that the server's clock has stopped do not
        count: theirs was wrong."""
        right = "run_id not in (select run_id from runs where json_extract(summary, '$.stopped') = 'clock')"
        last = self.db.execute(f"select max(started_at) from attempts where {right}").fetchone()[0]  # noqa: S608 - a constant
        if last is not None and now < last - 300:
            clock, attempt = (time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(at)) for at in (now, last))
            raise LedgerError(
                f"this machine's clock says {clock}, but the ledger's last attempt was at {attempt}; correct the clock"
            )

    def start_run(self, now: float, graph_url: str | None = None) -> None:
        """Number the run. A run that sends names the server, to which the ledger belongs from then on."""
        self.check_clock(now)
        with self.transaction():
            if graph_url:
                self.set_meta("target", self.check_target(graph_url))
            self.run_id += 1
            self.set_meta("run_seq", self.run_id)
            self.db.execute("insert into runs (run_id, started_at) values (?, ?)", (self.run_id, int(now)))

    def end_run(self, now: float, summary: str) -> None:
        self.db.execute("update runs set ended_at = ?, summary = ? where run_id = ?", (int(now), summary, self.run_id))
        self.scrub()

    def left_pending(self) -> int:
        """How many events the last send left for the next one, including those in the table."""
        sql = "select summary from runs where summary <> 'null' order by run_id desc limit 1"
        row = self.db.execute(sql).fetchone()
        return int(json.loads(row[0])["pending"]) if row else 0

    def scrub(self) -> None:
        """Overwrite what deleted bytes left behind, once per run: doing so at each delete made a batch of 1,000 take 2.5
        times as long. The next run overwrites what a killed run leaves."""
        (size,) = self.db.execute("pragma page_size").fetchone()
        while free := self.db.execute("pragma freelist_count").fetchone()[0]:
            zeros = min(free * size, 2**26)
            self.db.execute("insert or replace into meta values (?, zeroblob(?))", (f"zeros {free}", zeros))
        self.db.execute("delete from meta where key like 'zeros %'")

    def last_run(self) -> dict[str, Any] | None:
        """`started_at`, `ended_at` and `summary` of the last send: its counts, or None if it was killed."""
        sql = "select started_at, ended_at, summary from runs where summary is null or summary <> 'null' order by run_id desc limit 1"
        row = self.db.execute(sql).fetchone()
        return {"started_at": row[0], "ended_at": row[1], "summary": json.loads(row[2] or "null")} if row else None

    def counts(self) -> Counter[State]:
        """Events by state."""
        found = self.db.execute("select state, sum(n) from batches where n > 0 group by state")
        return Counter({State(state): n for state, n in found})

    def check_accounts(self) -> None:
        """The accounting identity: all events taken in are in batches, and each batch counts its own events correctly."""
        taken_in = self.meta("events")
        if taken_in != sum(self.counts().values()):
            raise LedgerError(
                f"{self.path}: {taken_in} events were taken in, but its batches have {dict(self.counts())}; restore a backup"
            )
        sql = "select batch_id, n, records from batches join members using (batch_id) where run_id = ?"
        for batch_id, n, records in self.db.execute(sql, (self.run_id,)):
            if n != 1 + records.count(SEPARATOR):
                raise LedgerError(f"{self.path}: batch {batch_id} has a wrong count of its events; restore a backup")

    def close(self) -> None:
        self.db.close()


def state_beside(ledger: Path) -> Path:
    """The state file of the ledger at this path."""
    return ledger.parent / "delivery_state.parquet"


def create(path: Path) -> None:
    """Make a new ledger, private to its owner."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise LedgerError(f"there is already a ledger at {path}; nothing was changed") from None
    connection = connect(path)
    migrate(connection)
    connection.execute("insert into meta values ('ledger_id', ?), ('run_seq', 0), ('events', 0)", (str(uuid.uuid4()),))
    connection.close()


def load(path: Path) -> Ledger:
    """Open an existing ledger, or say why not."""
    if not path.exists():
        raise LedgerError(
            f"there is no ledger at {path}: before the very first send, run `offline-capi init`; if something was already sent, name "
            "its ledger with --ledger, or restore it"
        )
    try:
        connection = connect(path)
        known = connection.execute("select name from sqlite_master where name = 'meta'").fetchone()
        if not known:
            raise LedgerError(
                f"{path} is not a ledger of offline-capi; restore it, or name the right one with --ledger"
            )
        migrate(connection)
        problem = connection.execute("pragma quick_check(1)").fetchone()[0] if path.stat().st_size < 2**26 else "ok"
    except sqlite3.OperationalError:
        raise  # the disk or its permissions: nothing is wrong with the file
    except sqlite3.Error as error:
        raise LedgerError(f"{path} cannot be used as the ledger ({error}); restore it, or name the right one") from None
    if problem != "ok":
        raise LedgerError(f"{path} is damaged ({problem}); restore a backup")
    return Ledger(path, connection)


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    for setting in (
        "journal_mode = truncate",
        "synchronous = full",
        "secure_delete = fast",
        "cache_size = -16384",
        "temp_store = memory",
    ):
        connection.execute(f"pragma {setting}")
    return connection
