"""Measures the transform beside Meta's Python SDK, paired and repeated, and prints medians and their ratio.

    python benchmarks/run.py [--full]

Both work on the same people with the same ten identifiers. The SDK normalises, hashes and writes JSON in memory, on one core; it
looks up no country or state, checks no age, explains nothing and stores nothing. Ours is the whole `dbt run`, start-up included,
of all models into a DuckDB file. Then send.py measures the sender. Results also go to target/bench.json.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb
import send
from rich.console import Console
from rich.table import Table

REPOSITORY = Path(__file__).resolve().parent.parent
ROUNDS = 3
SDK_EVENTS = 20_000

PEOPLE = """
    select
        'C' || i as customer_id, 'User.' || i || '@Example.com' as email,
        '+1 (650) ' || lpad((200 + i // 10000 % 800)::varchar, 3, '0') || '-' || lpad((i % 10000)::varchar, 4, '0') as phone,
        'First' || chr((97 + i % 26)::integer) || '-Ann' as first_name, 'O''Last' || chr((97 + i % 23)::integer) as last_name,
        (date '1950-01-01' + (i % 15000)::integer)::varchar as date_of_birth, 'Menlo Park' as city, 'California' as state,
        (10000 + i % 80000)::varchar as postal_code, 'US' as country
    from range({count}) as rows (i)
"""
ORDERS = """
    select 'R' || i as order_id, timestamp '2026-10-01 08:00:00' + to_seconds(i % 4000000) as ordered_at,
        (i % 9999) / 100.0 as total, 'S' as store_id, 'C' || i as customer_id
    from range({count}) as rows (i)
"""


def our_seconds(folder: Path, count: int) -> float:
    """Wall seconds of one `dbt run` of all models on `count` orders."""
    database = folder / f"ours{time.monotonic_ns()}.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw")
        connection.execute("create table raw.customers as " + PEOPLE.format(count=count))
        connection.execute("create table raw.orders as " + ORDERS.format(count=count))
        connection.execute("create table raw.stores as select 'S' as store_id, 'UTC' as time_zone, 'USD' as currency")
    variables = {"capi_use_order_items": False, "capi_dataset_id": "1001", "capi_as_of": "2026-11-24T00:00:00Z"}
    command = [
        Path(sys.executable).with_name("dbt"),
        "--quiet",
        "run",
        "--profiles-dir",
        ".",
        "--vars",
        json.dumps(variables),
    ]
    began = time.perf_counter()
    environment = {**os.environ, "OFFLINE_CAPI_DATABASE": str(database)}
    subprocess.run(
        [*command, "--target-path", folder / "target", "--log-path", folder],
        cwd=REPOSITORY,
        env=environment,
        check=True,
    )
    seconds = time.perf_counter() - began
    with duckdb.connect(str(database), read_only=True) as connection:
        (events,) = connection.execute("select count(*) from capi_events").fetchone() or (0,)
    if events != count:
        raise SystemExit(f"{events} of {count} orders became events; the figures would compare different work")
    database.unlink()
    return seconds


def sdk_seconds(people: list[tuple[str, ...]]) -> float:
    """Seconds in which Meta's SDK builds, normalises, hashes and writes an event for each of the people."""
    from facebook_business.adobjects.serverside.action_source import ActionSource
    from facebook_business.adobjects.serverside.custom_data import CustomData
    from facebook_business.adobjects.serverside.event import Event
    from facebook_business.adobjects.serverside.event_request import EventRequest
    from facebook_business.adobjects.serverside.user_data import UserData

    began = time.perf_counter()
    for start in range(0, len(people), 1_000):
        events = [
            Event(
                event_name="Purchase", event_time=1_790_000_000, action_source=ActionSource.PHYSICAL_STORE,
                user_data=UserData(
                    emails=[email], phones=[phone], first_names=[first], last_names=[last], dates_of_birth=[birth], cities=[city],
                    states=[state], zip_codes=[post], country_codes=[country.lower()], external_ids=[customer],
                ),
                custom_data=CustomData(value=1.0, currency="usd", order_id=customer),
            )
            for customer, email, phone, first, last, birth, city, state, post, country in people[start : start + 1_000]
        ]  # fmt: skip
        json.dumps(EventRequest(pixel_id="1001", events=events).get_params())
    return time.perf_counter() - began


def main(full: bool) -> None:
    count = 1_000_000 if full else 100_000
    warnings.simplefilter("ignore")
    people = duckdb.sql(PEOPLE.format(count=SDK_EVENTS)).fetchall()
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            ours.append(count / our_seconds(Path(folder), count))
            theirs.append(SDK_EVENTS / sdk_seconds(people))
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    table = Table("events a second", "median", "lowest", "highest", box=None)
    for name, values in ((f"dbt run, {count:,} orders", ours), (f"Meta's Python SDK, {SDK_EVENTS:,} events", theirs)):
        table.add_row(name, f"{statistics.median(values):,.0f}", f"{min(values):,.0f}", f"{max(values):,.0f}")
    table.add_row(
        "ratio, pair by pair", *(f"{value:.1f}" for value in (statistics.median(ratios), min(ratios), max(ratios)))
    )
    Console().print(table)
    versions = {name: version(name) for name in ("duckdb", "dbt-core", "facebook-business", "httpx")}
    found = {"at": datetime.now(UTC).isoformat(), "cores": os.cpu_count(), "orders": count, "versions": versions}
    results = REPOSITORY / "target" / "bench.json"
    results.parent.mkdir(exist_ok=True)
    found |= {"ours": ours, "sdk": theirs, "ratios": ratios, "sending": send.measure(full)}
    results.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main("--full" in sys.argv)
