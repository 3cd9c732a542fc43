"""The whole path in half a minute: orders, hashed events, a local endpoint, and a second run that sends nothing.

Ends with exit code 1 and a sentence if any part of it fails.
"""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from examples.shop.generate import generate

SHOP = Path(__file__).resolve().parent
FOLDER = SHOP / "target"
DATABASE = FOLDER / "shop.duckdb"
LEDGER_FOLDER = SHOP / ".offline-capi"
BIN = Path(sys.executable).parent
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("DBT_", "META_", "OFFLINE_CAPI_"))},
    "OFFLINE_CAPI_DATABASE": str(DATABASE),
    "META_ACCESS_TOKEN": "a-made-up-token-for-the-local-endpoint",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "0",
}
console = Console(highlight=False)


class Unexpected(Exception):
    """Something that the demo promises did not happen."""


def expect(holds: bool, promise: str) -> None:
    if not holds:
        raise Unexpected(promise)


def run(*command: str, expected: tuple[int, ...] = (0,)) -> str:
    """Shows and runs a command as a user would type it; returns what it printed on stdout."""
    console.print(f"  [dim]$ {' '.join(command)}[/dim]")
    finished = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=SHOP, env=ENVIRONMENT, capture_output=True, text=True
    )
    if finished.returncode not in expected:
        raise Unexpected(f"`{' '.join(command)}` ended with {finished.returncode}:\n{finished.stdout}{finished.stderr}")
    return finished.stdout


@contextmanager
def emulator() -> Iterator[str]:
    """A local endpoint while the block runs; yields its address."""
    console.print("  [dim]$ offline-capi emulator --strict --port 0 &[/dim]")
    command = [str(BIN / "offline-capi"), "emulator", "--strict", "--port", "0"]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline() if process.stdout else ""
        expect(line.startswith("listening on "), "the emulator starts")
        yield line.removeprefix("listening on ").strip()
    finally:
        process.terminate()
        process.wait(10)


def summary(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{address}/_emulator/summary") as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def show(title: str, sql: str) -> list[tuple[Any, ...]]:
    """Prints the rows of a query as a table, and returns them."""
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        cursor = connection.execute(sql)
        names, rows = [column[0] for column in cursor.description or ()], cursor.fetchall()
    table = Table(*names, title=title, title_justify="left", box=None, title_style="bold")
    for row in rows:
        table.add_row(*(f"{value:,}" if isinstance(value, int) else str(value) for value in row))
    console.print(table)
    return rows


def send(address: str, *options: str) -> dict[str, Any]:
    printed = run("offline-capi", "send", "--json", "--graph-url", address, *options)
    result: dict[str, Any] = json.loads(printed.splitlines()[-1])
    counts = ", ".join(f"{name} {value:,}" for name, value in result.items() if isinstance(value, int))
    console.print(f"  {counts}", soft_wrap=True)
    return result


def demo() -> None:
    for leftover in (FOLDER, LEDGER_FOLDER):
        shutil.rmtree(leftover, ignore_errors=True)
    console.rule("[bold]1  A shop's orders", align="left")
    orders = generate(DATABASE, datetime.now(UTC))
    console.print(f"  {orders:,} orders of the last two months, in three countries, as dirty as a till writes them")

    console.rule("[bold]2  dbt turns them into events", align="left")
    run("dbt", "deps")
    run("dbt", "build")
    (counts,) = show(
        "orders = events + rejected",
        """select (select count(*) from raw.orders) as orders, (select count(*) from capi_events) as events,
            (select count(*) from capi_rejected_events) as rejected""",
    )
    expect(counts[0] == counts[1] + counts[2], "every order is an event or a rejected one")
    show(
        "why orders are not sent",
        "select reason, count(*) as orders from capi_rejected_events group by reason order by 2 desc",
    )
    show(
        "what was left out of sent events",
        "select field, reason, count(*) as events from capi_dropped_values group by all order by 3 desc limit 8",
    )

    console.rule("[bold]3  offline-capi sends them, here to a local endpoint", align="left")
    with emulator() as address:
        run("offline-capi", "init")
        first = send(address)
        after_first = summary(address)
        expect(first["accepted"] == counts[1], "every event is accepted")
        expect(after_first["counted"] == counts[1], "the endpoint counted every event once")

        console.rule("[bold]4  A second run sends nothing", align="left")
        second = send(address)
        after_second = summary(address)
        expect(second["requests"] == 0 and after_second["requests"] == after_first["requests"], "nothing is sent twice")
        expect(second["already_known"] == counts[1], "every event is known to be delivered")
    console.print(f"\n[green]{counts[1]:,} events delivered once; the second run made no request.[/green]")
    console.print("The tables are in examples/shop/target/shop.duckdb. What the sender knows:")
    console.print("  cd examples/shop && ../../.venv/bin/offline-capi status", soft_wrap=True)


if __name__ == "__main__":
    try:
        demo()
    except Unexpected as unexpected:
        console.print(f"[red]The demo failed: {unexpected}[/red]", soft_wrap=True)
        sys.exit(1)
