"""Measures the sender beside drt, paired and repeated: whole commands, start-up included, against the same server.

    python benchmarks/send.py [--full]

Both read the same orders from the same DuckDB file. drt normalises and hashes e-mail and phone while it sends; it keeps no
ledger, does not check whether a row was sent before, splits no refused request and publishes no outcome. Ours reads
finished events, leaves out known ones, writes each request to disk before it is posted and its outcome afterwards, and
publishes the state of every event. "two" means events with the fields that drt sends, "ten" events with ten identifiers.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import limits
import rival
from command import aside, timed
from rich.console import Console
from rich.table import Table

REPOSITORY = Path(__file__).resolve().parent.parent
ROUNDS = 3
DELAY = 0.6
BATCH_SIZES = (1_000, 20_000)  # for drt; 20,000 was the best of 100, 1,000, 5,000 and 20,000
IDENTIFIERS = {"two": "em ph", "ten": "em ph fn ln db ct st zp country external_id"}
# Orders of the last six days: drt accepts none older than seven.
PEOPLE = """
    create or replace table people as
        select
            'order-' || i as order_id, epoch(now())::bigint - 3600 - i % 500000 as event_time,
            'store-' || i % 50 as store_id, 'User.' || i || '@Example.com' as email,
            '+1 (650) 2' || lpad((i % 1000000)::varchar, 6, '0') as phone, (i % 9999) / 100.0::double as value
        from range({start}, {stop}) as rows (i)
"""
EVENTS = """
    select
        sha256(order_id) as event_key, '1234567890' as dataset_id, 'Purchase' as event_name, event_time,
        'physical_store' as action_source, order_id, null::varchar as item_number, store_id,
        null::varchar as upload_tag,
        concat(
            '{{"event_name":"Purchase","event_time":', event_time, ',"action_source":"physical_store","user_data":{{',
            {people}, '}},"custom_data":{{"value":', value, ',"currency":"USD","order_id":"', order_id, '"}}}}'
        ) as payload,
        event_time + 62 * 86400 as expires_at, hash(payload) as payload_hash
    from people
"""


def build(database: Path, kind: str, start: int, stop: int) -> None:
    """Add the events of orders `start` to `stop`; `people`, which drt reads, then holds only these."""
    keys = IDENTIFIERS[kind].split()
    people = ", ',', ".join(f"'\"{key}\":[\"', sha256(concat(email, '{key}')), '\"]'" for key in keys)
    events = EVENTS.format(people=people)
    with duckdb.connect(str(database)) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(PEOPLE.format(start=start, stop=stop))
        connection.execute(f"create table if not exists capi_events as {events} limit 0")
        connection.execute(f"insert into capi_events {events}")


@contextmanager
def sink(folder: Path, delay: float = 0.0) -> Iterator[tuple[str, Path]]:
    """The address of a server, and its log."""
    log = folder / "sink.log"
    command = [sys.executable, str(Path(__file__).with_name("sink.py")), str(delay), str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield f"http://127.0.0.1:{server.stdout.readline().strip()}", log
        finally:
            server.terminate()


def ours(folder: Path, database: Path, url: str, *options: str, keep: bool = False) -> dict[str, Any]:
    """One `send`, with a new ledger unless the old one is kept."""
    command, ledger = [sys.executable, "-m", "sender"], folder / "ledger" / "ledger.sqlite"
    where = {"PYTHONPATH": str(REPOSITORY)}
    if not keep:
        shutil.rmtree(ledger.parent, ignore_errors=True)
        timed([*command, "init", "--ledger", ledger], **where)
    files = ["--database", database, "--ledger", ledger, "--graph-url", url]
    found = timed([*command, "send", "--json", *files, *options], **where)
    found["accepted"] = json.loads(found["out"])["accepted"]
    return found


def theirs(folder: Path, database: Path, url: str, batch_size: int) -> dict[str, Any]:
    home = rival.project(folder / "drt", database, batch_size)
    command = [rival.PYTHON, Path(__file__).with_name("rival.py"), url, "run", "--output", "json"]
    found = timed(command, HOME=str(home))
    found["accepted"] = json.loads(found["out"])["syncs"][0]["rows_synced"]
    return found


def rate(found: dict[str, Any], count: int) -> float:
    if found["accepted"] != count:
        raise SystemExit(
            f"{found['accepted']} of {count} events were accepted; the figures would compare different work"
        )
    return count / float(found["seconds"])


def beside_drt(folder: Path, count: int) -> dict[str, Any]:
    """Events per second and peak memory, ROUNDS times each, one after the other."""
    missing = rival.install()
    runs: dict[str, list[dict[str, float]]] = {}
    for kind in IDENTIFIERS:
        aside(build, folder / f"{kind}.duckdb", kind, 0, count)
    with sink(folder) as (url, _):
        for turn in range(ROUNDS + 1):  # the first does not count: Python compiles, disk and memory are cold
            todo = {f"offline-capi, {kind} identifiers": (ours, folder / f"{kind}.duckdb") for kind in IDENTIFIERS}
            for name, (run, database) in todo.items():
                found = run(folder, database, url)
                runs.setdefault(name, []).append({"rate": rate(found, count), "megabytes": found["megabytes"]})
            for size in BATCH_SIZES if not missing else ():
                found = theirs(folder, folder / "two.duckdb", url, size)
                name = f"drt {rival.VERSION}, batch_size {size:,}"
                runs.setdefault(name, []).append({"rate": rate(found, count), "megabytes": found["megabytes"]})
            if not turn:
                runs.clear()
    return {"events": count, "runs": runs, "drt_missing": missing}


def slow_server(folder: Path, each: int) -> dict[str, float]:
    """Share of workers x 1,000 / DELAY: for the whole command, and between the first and last full request."""
    found = {}
    for workers in (1, 2, 4):
        count, database = each * workers * 1_000 + 50, folder / f"slow{workers}.duckdb"
        aside(build, database, "ten", 0, count)
        with sink(folder, DELAY) as (url, log):
            done = rate(ours(folder, database, url, "--workers", str(workers)), count)
            full = [list(map(float, line.split())) for line in log.read_text().splitlines() if line.endswith(" 1000")]
        best = workers * 1_000 / DELAY
        found[f"{workers} workers, whole command"] = done / best
        # The requests after all workers are in use: before that, the sender works its way up from one.
        steady = sorted(end for _, end, _ in full)[workers * 2 :]
        found[f"{workers} workers, under way"] = (len(steady) - 1) * 1_000 / (steady[-1] - steady[0]) / best
        database.unlink()
    return found


def upkeep(folder: Path, count: int) -> dict[str, Any]:
    """A first send of `count` events, a send with nothing to do, one that finds 1,000 new events, and the time for --help."""
    database = folder / "many.duckdb"
    aside(build, database, "ten", 0, count)
    with sink(folder) as (url, _):
        first = ours(folder, database, url)
        rate(first, count)
        idle = [ours(folder, database, url, keep=True) for _ in range(ROUNDS)]
        aside(build, database, "ten", count, count + 1_000)
        some = ours(folder, database, url, keep=True)
        rate(some, 1_000)
    database.unlink()
    helped = [timed([sys.executable, "-m", "sender", "--help"], PYTHONPATH=str(REPOSITORY)) for _ in range(ROUNDS)]
    named = {"first send": [first], "nothing to do": idle, "1,000 new": [some], "--help": helped}
    return {
        f"{name} ({count:,} events)" if name != "--help" else name: {
            "seconds": statistics.median(run["seconds"] for run in runs),
            "megabytes": max(run["megabytes"] for run in runs),
        }
        for name, runs in named.items()
    }


def show(found: dict[str, Any]) -> None:
    console = Console()
    table = Table(f"sending {found['events']:,} events", "median/s", "lowest", "highest", "MB", "times drt", box=None)
    medians = {name: statistics.median(run["rate"] for run in runs) for name, runs in found["runs"].items()}
    best = max((value for name, value in medians.items() if name.startswith("drt")), default=None)
    for name, runs in found["runs"].items():
        rates = [run["rate"] for run in runs]
        ratio = f"{medians[name] / best:.2f}" if best else found["drt_missing"]
        figures = (f"{value:,.0f}" for value in (medians[name], min(rates), max(rates)))
        table.add_row(name, *figures, f"{max(run['megabytes'] for run in runs)}", ratio)
    console.print(table)
    table = Table("alone, same events", "events/s", box=None)
    for name, value in found["limits"].items():
        table.add_row(name, f"{value:,.0f}")
    console.print(table)
    table = Table(f"share of workers x 1,000 / {DELAY} s", "", box=None)
    for name, value in found["slow_server"].items():
        table.add_row(name, f"{value:.1%}")
    console.print(table)
    table = Table("one command", "seconds", "MB", box=None)
    for part in found["upkeep"]:
        for name, run in part.items():
            table.add_row(name, f"{run['seconds']:.2f}", f"{run['megabytes']}")
    console.print(table)


def measure(full: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = beside_drt(folder, 500_000 if full else 100_000)
        with sink(folder) as (url, _):
            found["limits"] = aside(limits.measure, folder, folder / "ten.duckdb", url)
        found["slow_server"] = slow_server(folder, 150 if full else 20)
        found["upkeep"] = [upkeep(folder, count) for count in ((1_000_000, 10_000_000) if full else (100_000,))]
    show(found)
    return found


if __name__ == "__main__":
    measure("--full" in sys.argv)
