"""The example shop on Spark: its raw tables as Parquet in a lake, the models built there, and their files sent to a local endpoint.

Ends with exit code 1 and a sentence if any part of it fails.
"""

import shutil
import sys
from datetime import UTC, datetime

import duckdb

from examples.shop import demo
from examples.shop.demo import Unexpected, console, emulator, expect, run, send, summary
from examples.shop.generate import generate

LAKE = demo.FOLDER / "spark"
BUILT = LAKE / "warehouse" / "shop.db"
DBT = ("--target", "spark")
EVENTS = ("--events", "target/spark/warehouse/shop.db/capi_events")


def write_lake() -> int:
    """Writes the raw tables as Parquet, one folder per table. Returns the number of orders."""
    orders = generate(demo.DATABASE, datetime.now(UTC))
    with duckdb.connect(str(demo.DATABASE), read_only=True) as connection:
        for table in ("orders", "order_items", "customers", "stores"):
            (LAKE / "raw" / table).mkdir(parents=True)
            connection.execute(f"copy raw.{table} to '{LAKE}/raw/{table}/part.parquet' (format parquet)")
    demo.DATABASE.unlink()
    return orders


def count(table: str) -> int:
    with duckdb.connect() as connection:
        ((rows,),) = connection.execute(f"select count(*) from '{BUILT}/{table}/*.parquet'").fetchall()
    return int(rows)


def main() -> None:
    for leftover in (demo.FOLDER, demo.LEDGER_FOLDER):
        shutil.rmtree(leftover, ignore_errors=True)
    console.rule("[bold]1  A shop's orders, in a lake", align="left")
    orders = write_lake()
    console.print(f"  {orders:,} orders of the last two months, as Parquet files")

    console.rule("[bold]2  dbt turns them into events, on Spark", align="left")
    run("dbt", "deps")
    run("dbt", "run-operation", "read_lake", "--args", f"{{folder: {LAKE}/raw}}", *DBT)
    run("dbt", "run", *DBT)
    events, rejected = count("capi_events"), count("capi_rejected_events")
    console.print(f"  {events:,} events, {rejected:,} orders that are not sent")
    expect(orders == events + rejected, "every order is an event or a rejected one")

    console.rule("[bold]3  offline-capi sends the files, here to a local endpoint", align="left")
    with emulator() as address:
        run("offline-capi", "init", *EVENTS)
        first = send(address, *EVENTS)
        expect(first["accepted"] == events, "every event is accepted")
        expect(summary(address)["counted"] == events, "the endpoint counted every event once")

        console.rule("[bold]4  A second run sends nothing", align="left")
        expect(send(address, *EVENTS)["requests"] == 0, "nothing is sent twice")
    console.print(
        f"\n[green]{events:,} events built on Spark and delivered once; the second run made no request.[/green]"
    )


if __name__ == "__main__":
    try:
        main()
    except Unexpected as unexpected:
        console.print(f"[red]The demo failed: {unexpected}[/red]", soft_wrap=True)
        sys.exit(1)
