"""A shop's folder with a warehouse and a ledger, and the real command to run in it.

`run` and `send` fork the command from a process that has already imported it (forked.py), which saves a quarter of a
second each time; `cold` and `start` start it like a user.
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).parents[2]
DAY = 86_400
LATER: dict[str, Any] = {
    "OFFLINE_CAPI_TEST_NOW_OFFSET": "3600"
}  # the pauses of an earlier run may have moved its clock


def make_row(
    number: int, *, now: float | None = None, age: float = 3600, dataset: str = "1234567890", **more: Any
) -> dict[str, Any]:
    """A row of capi_events for order `number`, `age` seconds old."""
    event_time = more.get("event_time") or int((now or time.time()) - age)
    order = more.get("order_id", f"order-{number}")
    name = more.get("event_name", "Purchase")
    person = more.get("person", sha256(f"person {number}".encode()).hexdigest())
    payload = {
        "event_name": name,
        "event_time": event_time,
        "action_source": "physical_store",
        "user_data": {"em": [person]},
        "custom_data": {"order_id": order, "value": more.get("value", 1), "currency": "EUR"},
    }
    return {
        "event_key": sha256(f"{dataset}|{name}|{event_time}|{order}".encode()).hexdigest(),
        "dataset_id": dataset,
        "event_name": name,
        "event_time": event_time,
        "action_source": "physical_store",
        "order_id": order,
        "item_number": None,
        "store_id": f"store-{number % 3}",
        "upload_tag": more.get("upload_tag"),
        "payload": json.dumps(payload, separators=(",", ":")),
        "expires_at": more.get("expires_at", event_time + 62 * DAY),
    }


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The last line; checked to balance."""
        counts = json.loads(self.out.splitlines()[-1])
        parts = ("already_known", "accepted", "rejected", "expired", "held", "withheld", "pending")
        assert counts["read"] == sum(counts[part] for part in parts), counts
        return counts


class Forker:
    """Starts commands by forking them from one process that has imported the sender."""

    def __init__(self, folder: Path) -> None:
        self.out, self.err = folder / "out", folder / "err"
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("forked.py"))],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
            bufsize=1,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def run(self, arguments: list[str], env: dict[str, str], cwd: Path, **more: float) -> Result:
        """It is killed after `kill_after` seconds; no file may grow beyond `file_size` bytes."""
        order = {"arguments": arguments, "env": env, "cwd": str(cwd), "out": str(self.out), "err": str(self.err)}
        self.process.stdin.write(json.dumps({**order, **more}) + "\n")
        code = int(self.process.stdout.readline())
        return Result(code, self.out.read_text(), self.err.read_text())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@dataclass
class Shop:
    folder: Path
    url: str
    forker: Forker
    env: dict[str, str] = field(default_factory=dict)

    @property
    def warehouse(self) -> Path:
        return self.folder / "warehouse.duckdb"

    @property
    def ledger(self) -> Path:
        return self.folder / ".offline-capi" / "ledger.sqlite"

    @property
    def state(self) -> Path:
        return self.folder / ".offline-capi" / "delivery_state.parquet"

    def fill(self, rows: list[dict[str, Any]]) -> None:
        columns = ", ".join(
            f"{name} {'bigint' if name in ('event_time', 'expires_at') else 'varchar'}" for name in make_row(0)
        )
        with duckdb.connect(str(self.warehouse)) as connection:
            connection.execute(f"create or replace table capi_events ({columns})")
            if rows:
                lists = ", ".join("unnest(?)" for _ in make_row(0))
                connection.execute(
                    f"insert into capi_events select {lists}", [[r[name] for r in rows] for name in rows[0]]
                )

    def environ(self, **more: str) -> dict[str, str]:
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "COVERAGE_PROCESS_CONFIG") if name in os.environ}
        own = {
            "PYTHONPATH": str(ROOT),
            "META_ACCESS_TOKEN": "TESTSECRETtoken",
            "OFFLINE_CAPI_DATABASE": str(self.warehouse),
            "OFFLINE_CAPI_GRAPH_URL": self.url,
            "OFFLINE_CAPI_TEST_HOOKS": "1",
            "OFFLINE_CAPI_TEST_SLEEP_SCALE": "0.01",
        }
        return {name: value for name, value in {**keep, **own, **self.env, **more}.items() if value is not None}

    def start(self, *arguments: str, **env: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "sender", *arguments],
            cwd=self.folder,
            env=self.environ(**env),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def cold(self, *arguments: str, **env: str) -> Result:
        """As a user's shell runs it: nothing is imported yet, and the interpreter ends normally."""
        process = self.start(*arguments, **env)
        out, err = process.communicate(timeout=60)
        return Result(process.returncode, out, err)

    def run(self, *arguments: str, kill_after: float = 0, file_size: int = 0, **env: str) -> Result:
        more = {"kill_after": kill_after, "file_size": file_size}
        return self.forker.run(list(arguments), self.environ(**env), self.folder, **more)

    def send(self, *arguments: str, **more: Any) -> Result:
        return self.run("send", "--json", *arguments, **more)

    def states(self) -> dict[str, tuple[str, str | None]]:
        """order_id -> (state, reason), as published."""
        with duckdb.connect() as connection:
            rows = connection.execute(
                "select order_id, state, reason from read_parquet(?)", [str(self.state)]
            ).fetchall()
        return {order: (state, reason) for order, state, reason in rows}


def wait_for(done: Callable[[], Any]) -> None:
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def kill_with_a_request_on_its_way(shop: Shop, meta: Any, **env: str) -> None:
    """Meta has stored the events and never answers; the sender is killed."""
    before = len(meta.counted)

    def keep_and_be_silent(events: Any, dataset: str, number: int) -> None:
        meta.store(events)
        time.sleep(1)

    meta.script = keep_and_be_silent
    process = shop.start("send", **env)
    wait_for(lambda: len(meta.counted) > before)
    process.kill()
    process.communicate()
    meta.quiet()
    meta.script = lambda events, dataset, number: None


def hold_in_six_batches(shop: Shop, meta: Any, rows: list[dict[str, Any]]) -> None:
    shop.fill(rows)
    meta.script = lambda events, dataset, number: (200, {"events_received": 0})
    assert shop.send("--batch-size", "20", "--max-wait", "1000").json["held"] >= 100


def kill_at_each_step(
    shop: Shop, command: list[str], ask: Callable[[sqlite3.Connection], Any], steps: int = 7
) -> Iterator[Any]:
    """Run it repeatedly from the same ledger, killed one step later each time; there are at least this many steps. Returns what `ask`
    then reads from each ledger."""
    kept = {path.name: path.read_bytes() for path in shop.ledger.parent.iterdir() if path.is_file()}
    for step in count(1):
        for path in shop.ledger.parent.glob("ledger*"):
            path.unlink()
        for name, content in kept.items():
            shop.ledger.with_name(name).write_bytes(content)
        result = shop.run(*command, **LATER, OFFLINE_CAPI_TEST_CRASH_AT=str(step))
        assert result.code in (-9, 0)
        with sqlite3.connect(shop.ledger) as book:  # rolls back what was left half done
            yield ask(book)
        book.close()
        if result.code == 0:
            break
    assert step >= steps
