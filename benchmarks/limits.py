"""What each stage of a send could do alone, on the same events: the limits of this machine."""

import hashlib
import json
import os
import socket
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import httpx

REQUESTS = 100
HEAD = b"POST /v26.0/1234567890/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"


def per_second(work: Callable[[bytes], object], body: bytes, rounds: int = 3) -> float:
    """Events per second when `work` runs REQUESTS times on the same 1,000 events; the best of `rounds`."""
    best = 0.0
    for _ in range(rounds):
        began = time.perf_counter()
        for _ in range(REQUESTS):
            work(body)
        best = max(best, REQUESTS * 1_000 / (time.perf_counter() - began))
    return best


def measure(folder: Path, database: Path, url: str) -> dict[str, float]:
    with duckdb.connect(str(database), read_only=True) as connection:
        payloads = [row[0] for row in connection.execute("select payload from capi_events limit 1000").fetchall()]
        began = time.perf_counter()
        (events, _) = connection.execute("select count(*), max(md5(payload)) from capi_events").fetchall()[0]
        reading = events / (time.perf_counter() - began)
    body = b'{"data":[' + ",".join(payloads).encode() + b"]}"
    host, port = url.removeprefix("http://").split(":")
    found = {f"bytes of a request of 1,000 ({len(body):,}) to the server, bare socket": 0.0}
    with socket.create_connection((host, int(port))) as wire:

        def post(body: bytes) -> None:
            wire.sendall(HEAD % len(body) + body)
            wire.recv(65536)

        found[next(iter(found))] = per_second(post, body)
    with httpx.Client(trust_env=False) as client:
        address = f"{url}/v26.0/1234567890/events"
        found["httpx alone, one connection"] = per_second(lambda body: client.post(address, content=body), body)
    found["a file, one write and fsync a request"] = per_second(written(folder / "limit.bin"), body)
    found["SQLite, the records of a request, one commit"] = per_second(committed(folder / "limit.sqlite"), body)
    found["DuckDB, MD5 of every event in the table"] = reading
    found["SHA-256 of a request"] = per_second(lambda body: hashlib.sha256(body).digest(), body)
    found["json.loads of a request (the sender does not)"] = per_second(json.loads, body, rounds=1)
    return found


def written(path: Path) -> Callable[[bytes], object]:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY)

    def work(body: bytes) -> None:
        os.pwrite(handle, body, 0)
        os.fsync(handle)

    return work


def committed(path: Path) -> Callable[[bytes], object]:
    """As in the ledger: the same pragmas, and about as many bytes as it remembers for 1,000 events."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma journal_mode = truncate")
    connection.execute("pragma synchronous = full")
    connection.execute("create table members (batch_id integer primary key, records text)")

    def work(body: bytes) -> None:
        connection.execute("insert into members (records) values (?)", (body[:220_000],))

    return work
