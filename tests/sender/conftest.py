"""Real parts for the tests of the sender: a real DuckDB file, the real command in a subprocess, a real socket."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sender.init import init
from sender.settings import Settings

ROOT = Path(__file__).parents[2]
DAY = 86_400


def load(name: str) -> Any:
    spec = spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


server = load("server")


def row(
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


@dataclass
class Shop:
    """A folder with a warehouse and a ledger, and the command to run on them."""

    folder: Path
    url: str
    env: dict[str, str] = field(default_factory=dict)

    @property
    def warehouse(self) -> Path:
        return self.folder / "warehouse.duckdb"

    @property
    def state(self) -> Path:
        return self.folder / ".offline-capi" / "delivery_state.parquet"

    def fill(self, rows: list[dict[str, Any]]) -> None:
        columns = ", ".join(
            f"{name} {'bigint' if name in ('event_time', 'expires_at') else 'varchar'}" for name in row(0)
        )
        with duckdb.connect(str(self.warehouse)) as connection:
            connection.execute(f"create or replace table capi_events ({columns})")
            if rows:
                lists = ", ".join("unnest(?)" for _ in row(0))
                connection.execute(
                    f"insert into capi_events select {lists}", [[r[name] for r in rows] for name in rows[0]]
                )

    def environ(self, **more: str) -> dict[str, str]:
        keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
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
            **{"cwd": self.folder, "env": self.environ(**env), "text": True},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str, **env: str) -> "Result":
        process = self.start(*arguments, **env)
        out, err = process.communicate(timeout=60)
        return Result(process.returncode, out, err)

    def send(self, *arguments: str, **env: str) -> "Result":
        return self.run("send", "--json", *arguments, **env)

    def states(self) -> dict[str, tuple[str, str | None]]:
        """order_id -> (state, reason), as published."""
        with duckdb.connect() as connection:
            rows = connection.execute(
                "select order_id, state, reason from read_parquet(?)", [str(self.state)]
            ).fetchall()
        return {order: (state, reason) for order, state, reason in rows}


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The last line; checked to balance."""
        counts = json.loads(self.out.splitlines()[-1])
        parts = ("already_known", "accepted", "rejected", "expired", "held", "pending")
        assert counts["read"] == sum(counts[part] for part in parts), counts
        return counts


@pytest.fixture
def meta() -> Iterator[Any]:
    endpoint = server.Meta()
    yield endpoint
    endpoint.close()


@pytest.fixture
def shop(tmp_path: Path, meta: Any) -> Shop:
    """A shop with a ledger and an empty table. (The ledger is made in this process: it saves half a second a test.)"""
    made = Shop(tmp_path, meta.url)
    made.fill([])
    umask = os.umask(0o077)
    init(Settings(ledger=tmp_path / ".offline-capi" / "ledger.sqlite"))
    os.umask(umask)
    return made


@pytest.fixture
def make_row() -> Any:
    return row


@pytest.fixture
def error() -> Any:
    return server.error


@pytest.fixture
def cut() -> Any:
    """The answer that is none: the connection is closed."""
    return server.CUT
