"""Spark builds the same events as DuckDB, byte for byte, from everything that the other tests know of dirt.

`make test` compares a small set where Java and PySpark are; `make test-spark` (SPARK_TESTS=all) 10,000 people and 100,000 orders.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from scripts import java
from tests.spark import raw

PEOPLE, ORDERS = (10_000, 100_000) if os.environ.get("SPARK_TESTS") == "all" else (300, 1_500)
REPOSITORY = Path(__file__).resolve().parents[2]
SETTINGS = {
    "capi_as_of": "2026-11-24T06:00:00Z",
    "capi_dataset_id": "100000000000001",
    "capi_delivery_state": "/nowhere/delivery_state.parquet",
}
COMPARED = ["capi_events", "capi_rejected_events", "capi_dropped_values", "capi_match_keys", "capi_later_changes"]
# Between DuckDB 2.0.1 and Java 17.0.15 (tz data 2025a).
OTHER_RULES = {
    *(
        "Africa/Casablanca",
        "Africa/El_Aaiun",
        "America/Coyhaique",
        "America/Edmonton",
        "America/Havana",
        "America/Inuvik",
    ),
    *("America/Rainy_River", "America/Vancouver", "America/Winnipeg", "America/Yellowknife", "Canada/Central"),
    *("Canada/Mountain", "Canada/Pacific", "Europe/Chisinau", "Europe/Tiraspol"),
}
# 64 bits by which rows are told apart within one engine.
OWN = ["order_group", "row_identity", "payload_hash"]

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None, reason="PySpark is not installed: make .venv/spark"
    ),
    pytest.mark.skipif(java.problem() is not None, reason=str(java.problem())),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory, dbt):
    """A DuckDB file with what both engines built of the same raw tables: Spark's tables are in the schema spark, as views of their files."""
    folder = tmp_path_factory.mktemp("spark")
    database = folder / "shop.duckdb"
    raw.write(database, PEOPLE, ORDERS)
    command = [
        "run",
        "--project-dir",
        str(REPOSITORY),
        "--profiles-dir",
        str(REPOSITORY),
        "--vars",
        json.dumps(SETTINGS),
    ]
    spark = subprocess.Popen(
        [sys.executable, "-m", "tests.spark.build", str(database), str(folder / "lake"), *command],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    printed, _ = spark.communicate(timeout=3600)
    assert spark.returncode == 0, printed[-8000:]
    dbt("run", database=database, variables=SETTINGS)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema spark")
        for table in (folder / "lake" / "warehouse" / "offline_capi.db").iterdir():
            if any(table.glob("*.parquet")):
                connection.execute(f"create view spark.{table.name} as from '{table}/*.parquet'")
    return database


def differing(built, query, table, where="true"):
    """The rows of a table that only one engine has, but for the columns that are an engine's own."""
    columns = [row["column_name"] for row in query(built, f"describe main.{table}") if row["column_name"] not in OWN]
    here, there = (f"select {', '.join(columns)} from {schema}.{table} where {where}" for schema in ("main", "spark"))
    return query(built, f"{here} except all {there}") + query(built, f"{there} except all {here}")


def in_zone(table, swept):
    """Which rows of a table are of the stores that stand for a zone each, or of all others; dropped values name no store."""
    column = "order_id" if table == "capi_dropped_values" else "store_id"
    return f"{'' if swept else 'not '}starts_with(coalesce({column}, ''), '{raw.SWEPT}')"


def test_spark_builds_what_duckdb_builds(built, query):
    """One test, as two processes of pytest would each build everything for their own."""
    for table in COMPARED:
        assert differing(built, query, table, in_zone(table, False)) == [], table

    # Where the engines' rules of zones are of different age. Another zone here: bring docs/engines.md up to date.
    swept = [
        row
        for table in ("capi_events", "capi_rejected_events")
        for row in differing(built, query, table, in_zone(table, True))
    ]
    assert {row["store_id"].removeprefix(raw.SWEPT) for row in swept} <= OTHER_RULES

    # Agreement on nothing would be no agreement.
    (counts,) = query(
        built,
        "select (select count(*) from capi_events) as events, (select count(*) from capi_rejected_events) as rejected",
    )
    assert counts["events"] > PEOPLE
    assert counts["events"] + counts["rejected"] == len(query(built, "select 1 from raw.orders"))

    # The sender takes hashes for numbers without a sign.
    (smallest,) = query(built, f"select {', '.join(f'min({name}) as {name}' for name in OWN)} from spark.capi_events")
    assert min(smallest.values()) >= 0

    # What lives for one run, and may hold raw contact values, is empty after it, as on DuckDB.
    kept = [row["table_name"] for row in query(built, "from information_schema.tables where table_schema = 'spark'")]
    columns = {table: {row["column_name"] for row in query(built, f"describe spark.{table}")} for table in kept}
    personal = [table for table in kept if {"email", "phone", "last_name"} & columns[table]]
    assert [table for table in personal if query(built, f"select 1 from spark.{table} limit 1")] == []
