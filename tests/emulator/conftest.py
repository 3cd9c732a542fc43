"""The emulator as a user starts it: the real command in its own process, over real sockets."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "sender")
HASH = "309a0a5c3e211326ae75ca18196d301a9bdbd1a882a4d2569511033da23f0abd"


class Endpoint:
    """A running emulator, and what a test asks it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def call(
        self, path: str, body: Any = None, headers: dict[str, str] | None = None, method: str | None = None
    ) -> tuple[int, Any]:
        """(status, parsed JSON or text); a POST if there is a body and no method is given."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.address + path, data, {"content-type": "application/json", **(headers or {})}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                status, text = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                status, text = error.code, error.read().decode()
        try:
            return status, json.loads(text)
        except ValueError:
            return status, text

    def post(self, events: Any, dataset: str = "1001", **more: Any) -> tuple[int, Any]:
        return self.call(f"/v26.0/{dataset}/events", {"data": events, "access_token": "made-up", **more})

    def summary(self) -> dict[str, Any]:
        return self.call("/_emulator/summary")[1]


def event(**changes: Any) -> dict[str, Any]:
    """A store sale that Meta would accept; a change to None leaves the key out."""
    sale = {
        "event_name": "Purchase",
        "event_time": int(time.time()) - 60,
        "action_source": "physical_store",
        "user_data": {"em": [HASH]},
        "custom_data": {"value": 12.5, "currency": "EUR", "order_id": "R1"},
    } | changes
    return {key: value for key, value in sale.items() if value is not None}


@contextmanager
def running(*options: str, **environment: str) -> Iterator[Endpoint]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("META_", "OFFLINE_CAPI_"))}
    command = [*COMMAND, "emulator", "--port", "0", *options]
    with subprocess.Popen(command, cwd=ROOT, env=clean | environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Endpoint(process.stdout.readline().removeprefix("listening on ").strip())
        finally:
            process.terminate()
    assert process.returncode == 0


@pytest.fixture(scope="session")
def start() -> Callable[..., Any]:
    return running


@pytest.fixture(scope="session")
def sale() -> Callable[..., dict[str, Any]]:
    return event


@pytest.fixture(scope="session")
def command() -> tuple[str, ...]:
    return COMMAND


@pytest.fixture(scope="package")
def lenient() -> Iterator[Endpoint]:
    """An emulator without options, shared by tests that do not care what it has seen."""
    with running() as found:
        yield found


@pytest.fixture(scope="package")
def shared_endpoint() -> Iterator[Endpoint]:
    with running("--strict") as found:
        yield found


@pytest.fixture
def endpoint(shared_endpoint: Endpoint) -> Endpoint:
    """A strict emulator that has seen nothing yet."""
    shared_endpoint.call("/_emulator/faults", [])
    shared_endpoint.call("/_emulator/clock", {"now": time.time()})
    shared_endpoint.call("/_emulator/reset", {})
    return shared_endpoint


@pytest.fixture
def shop(tmp_path: Path, sale: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, str]]:
    """Makes a warehouse with this many orders, one of which Meta may refuse; returns the environment to send it in."""

    def make(orders: int, bad: int | None = None) -> dict[str, str]:
        rows = []
        for number in range(orders):
            event = sale(event_time=int(time.time()) - 3600 - number)
            event["custom_data"] = event["custom_data"] | {"order_id": f"R{number}"}
            if number == bad:
                event["user_data"] = event["user_data"] | {"lead_id": 12}
            key = sha256(f"R{number}".encode()).hexdigest()
            rows.append((key, event["event_time"], f"R{number}", json.dumps(event), event["event_time"] + 62 * 86_400))
        database = str(tmp_path / "shop.duckdb")
        with duckdb.connect(database) as connection:
            connection.execute(
                """create table capi_events (event_key text, event_time bigint, order_id text, payload text,
                expires_at bigint, dataset_id text default '1001', event_name text default 'Purchase',
                action_source text default 'physical_store', item_number text, store_id text, upload_tag text)"""
            )
            names = "event_key, event_time, order_id, payload, expires_at"
            connection.executemany(f"insert into capi_events ({names}) values (?, ?, ?, ?, ?)", rows)
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("META_", "OFFLINE_CAPI_"))}
        own = {"META_ACCESS_TOKEN": "made-up", "OFFLINE_CAPI_DATABASE": database, "PYTHONPATH": str(ROOT)}
        return clean | own

    return make
