"""Measures `dbt run` against its floor and against Meta's Python SDK, paired and repeated, and what the next day's run costs.

    python benchmarks/transform.py [--full]

Both work on the same people with the same ten identifiers. The SDK normalises, hashes and writes JSON in memory, on one core; it
looks up no country or state, checks no age, explains nothing and stores nothing. Ours is the whole `dbt run`, start-up included,
of all models into a DuckDB file. The floor is the same result from SQL that knows what is in these rows (floor.py); dbt's own start,
a `dbt run` over ten orders, is subtracted before the two are compared.
"""

import json
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import duckdb
import floor
from command import REPOSITORY, aside, timed
from rich.console import Console
from rich.table import Table

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


VARIABLES = {"capi_use_order_items": False, "capi_dataset_id": "1001", "capi_as_of": "2026-11-24T00:00:00Z"}


def fill(database: Path, count: int) -> None:
    """Write the raw tables of `count` orders, each from a different customer."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("create schema if not exists raw")
        connection.execute("create or replace table raw.customers as " + PEOPLE.format(count=count))
        connection.execute("create or replace table raw.orders as " + ORDERS.format(count=count))
        connection.execute(
            "create or replace table raw.stores as select 'S' as store_id, 'UTC' as time_zone, 'USD' as currency"
        )


def dbt_run(database: Path, events: int) -> dict[str, Any]:
    """One `dbt run` of all models; `events` are then in capi_events, or the figures would compare different work."""
    folder = database.parent
    command: list[Any] = [Path(sys.executable).with_name("dbt"), "--quiet", "run", "--vars", json.dumps(VARIABLES)]
    command += ["--project-dir", REPOSITORY, "--profiles-dir", REPOSITORY]
    command += ["--target-path", folder / "target", "--log-path", folder]
    found = timed(command, OFFLINE_CAPI_DATABASE=str(database), DBT_SEND_ANONYMOUS_USAGE_STATS="0")
    with duckdb.connect(str(database), read_only=True) as connection:
        (count,) = connection.execute("select count(*) from capi_events").fetchone() or (0,)
    if count != events:
        raise SystemExit(f"{count} of {events} orders became events; the figures would compare different work")
    return {name: found[name] for name in ("seconds", "processor", "megabytes")}


def sdk_seconds(people: list[tuple[str, ...]]) -> float:
    """Seconds that Meta's SDK takes to build, normalise, hash and write an event for each of the people."""
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


def beside_sdk(folder: Path, count: int) -> dict[str, Any]:
    people = duckdb.execute(PEOPLE.format(count=SDK_EVENTS)).fetchall()
    runs, theirs = [], []
    for number in range(ROUNDS):
        database = folder / f"round{number}.duckdb"
        aside(fill, database, count)
        runs.append(dbt_run(database, count))
        theirs.append(SDK_EVENTS / sdk_seconds(people))
        database.unlink()
    rates = [count / run["seconds"] for run in runs]
    ratios = [mine / other for mine, other in zip(rates, theirs, strict=True)]
    return {"orders": count, "runs": runs, "rates": rates, "sdk": theirs, "ratios": ratios}


def beside_floor(folder: Path, count: int) -> list[dict[str, Any]]:
    """Rounds of dbt's start, the package and the floor. All at one path, because dbt parses the project again for another."""
    database, rounds = folder / "floor.duckdb", []
    first_build(database, 10)
    for _ in range(ROUNDS):
        start, package = first_build(database, 10), first_build(database, count)
        rounds.append({"start": start, "package": package, "floor": aside(floor.write, str(database))})
        aside(floor.compare, str(database))
    database.unlink()
    return rounds


def first_build(database: Path, orders: int) -> dict[str, Any]:
    database.unlink(missing_ok=True)
    aside(fill, database, orders)
    return dbt_run(database, orders)


def daily(folder: Path, built: int, new: int) -> dict[str, Any]:
    """The first run of a shop, the next with some new orders, and one with none."""
    database = folder / "daily.duckdb"
    aside(fill, database, built)
    found = {f"first run, {built:,} orders": dbt_run(database, built)}
    aside(fill, database, built + new)
    found[f"next run, {new:,} new orders on {built:,}"] = dbt_run(database, built + new)
    found[f"next run, nothing new on {built:,}"] = dbt_run(database, built + new)
    database.unlink()
    return found


def show(found: dict[str, Any]) -> None:
    console, sdk = Console(), found["beside_sdk"]
    show_floor(console, found["beside_floor"], sdk["orders"])
    table = Table("events a second", "median", "lowest", "highest", box=None)
    rows = (("rates", f"dbt run, {sdk['orders']:,} orders"), ("sdk", f"Meta's Python SDK, {SDK_EVENTS:,} events"))
    for name, title in rows:
        values = sdk[name]
        table.add_row(title, f"{statistics.median(values):,.0f}", f"{min(values):,.0f}", f"{max(values):,.0f}")
    ratios = sdk["ratios"]
    table.add_row(
        "ratio, pair by pair", *(f"{value:.1f}" for value in (statistics.median(ratios), min(ratios), max(ratios)))
    )
    console.print(table)
    table = Table("dbt run", "processor seconds", "seconds", "MB", box=None)
    for title, run in found["daily"].items():
        table.add_row(title, f"{run['processor']:.1f}", f"{run['seconds']:.1f}", f"{run['megabytes']:,}")
    console.print(table)


def show_floor(console: Console, rounds: list[dict[str, Any]], orders: int) -> None:
    table = Table(f"{orders:,} orders, median of {len(rounds)}", "processor seconds", "seconds", box=None)
    titles = {"floor": "the floor", "start": "dbt run over ten orders", "package": "dbt run"}
    for name, title in titles.items():
        values = (statistics.median(each[name][unit] for each in rounds) for unit in ("processor", "seconds"))
        table.add_row(title, *(f"{value:.1f}" for value in values))
    ratios = [
        (each["package"]["processor"] - each["start"]["processor"]) / each["floor"]["processor"] for each in rounds
    ]
    table.add_row("ratio, without the start", f"{statistics.median(ratios):.1f}", "")
    console.print(table)


def measure(full: bool) -> dict[str, Any]:
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built, new = (6_000_000, 100_000) if full else (100_000, 5_000)
        found = {
            "beside_floor": beside_floor(folder, 1_000_000 if full else 100_000),
            "beside_sdk": beside_sdk(folder, 1_000_000 if full else 100_000),
            # The cost that depends on the history is the difference between the two.
            "daily": daily(folder, built // 2, new) | daily(folder, built, new),
        }
    show(found)
    return found


if __name__ == "__main__":
    measure("--full" in sys.argv)
