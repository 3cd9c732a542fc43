"""Spark builds the same events as DuckDB, byte for byte, from every kind of dirt in the other tests.

`make test` compares a small set if Java and PySpark are installed; `make test-spark` (SPARK_TESTS=all) 10,000 people and 100,000 orders.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scripts import java
from tests.models.test_settings import CUSTOM_FIELDS
from tests.models.test_types import ZONES
from tests.spark import raw

EVERYTHING = os.environ.get("SPARK_TESTS") == "all"
PEOPLE, ORDERS = (10_000, 100_000) if EVERYTHING else (300, 1_500)
REPOSITORY = Path(__file__).resolve().parents[2]
SETTINGS = {
    "capi_as_of": "2026-11-24T06:00:00Z",
    "capi_dataset_id": "100000000000001",
    "capi_delivery_state": "/nowhere/delivery_state.parquet",
}
OTHER_SETTINGS = {
    "capi_consent_when_unknown": "sent",
    "capi_custom_fields": CUSTOM_FIELDS,
    "capi_date_order": "dmy",
    "capi_decimal_mark": ",",
    "capi_default_country": "DE",
    "capi_default_time_zone": "Europe/Berlin",
    "capi_event_name": "Lead",
    "capi_hash_external_id": False,
    "capi_hashed_columns": {"email": True},
    "capi_ids_of_nobody": ["Our own guest"],
    "capi_order_id_scope": "store",
    "capi_status_when_unknown": "sent",
    "capi_store_when_unknown": "defaults",
    "capi_test_stores": ["test till"],
    "capi_upload_tag": "daily",
}
MARTS = [
    "capi_events",
    "capi_rejected_events",
    "capi_dropped_values",
    "capi_match_keys",
    "capi_later_changes",
    "capi_daily",
]
STAGED = ["stg_capi__orders", "stg_capi__order_items", "stg_capi__customers", "stg_capi__stores"]
# name -> models, variables, tables to compare
BUILDS: dict[str, tuple[str, dict[str, Any], list[str]]] = {"default": ("package:offline_capi", SETTINGS, MARTS)}
if EVERYTHING:
    BUILDS["other settings"] = ("package:offline_capi", SETTINGS | OTHER_SETTINGS, MARTS)
    for build in range(len(ZONES)):
        places = {"capi_source_schema": f"types_{build}", "capi_custom_fields": ["campaign"]}
        BUILDS[f"types {build}"] = ("path:models/staging", SETTINGS | places, STAGED)
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
# 64 bits that distinguish rows within one engine.
OWN = ["order_group", "row_identity", "payload_hash"]

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None, reason="PySpark is not installed: make .venv/spark"
    ),
    pytest.mark.skipif(java.problem() is not None, reason=str(java.problem())),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory, dbt):
    """For each build a DuckDB file with what both engines built from the same raw tables: Spark's tables are in the schema spark, as views of
    their files."""
    folder = tmp_path_factory.mktemp("spark")
    shop = folder / "shop.duckdb"
    raw.write(shop, PEOPLE, ORDERS, EVERYTHING)
    places = ["--project-dir", str(REPOSITORY), "--profiles-dir", str(REPOSITORY)]
    commands: dict[str, tuple[list[str], list[str] | None]] = {
        name: (["run", *places, "--select", models, "--vars", json.dumps(variables)], [*STAGED, "capi_daily"])
        for name, (models, variables, _) in BUILDS.items()
    }
    # A complete run leaves nothing from which one table could be built alone.
    alone = ["run", *places, "--select", "capi_rejected_events", "--vars", json.dumps(SETTINGS)]
    commands["alone"] = (alone, None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.spark.build", str(shop), str(folder / "lake"), json.dumps(commands)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=3600,
    )
    assert done.returncode == 0, done.stdout[-8000:]
    assert "capi_rejected_events cannot be built alone" in done.stdout
    databases = {}
    for name, (models, variables, _) in BUILDS.items():
        databases[name] = database = folder / f"{name}.duckdb"
        shutil.copy(shop, database)
        dbt("run", "--select", models, database=database, variables=variables)
        with duckdb.connect(str(database)) as connection:
            connection.execute("create schema spark")
            for table in (folder / "lake" / name).iterdir():
                if any(table.glob("*.parquet")):
                    connection.execute(f"create view spark.{table.name} as from '{table}/*.parquet'")
    return databases


def differing(database, query, table, where="true"):
    """The rows of a table that only one engine has, without the columns that are specific to an engine."""
    columns = [row["column_name"] for row in query(database, f"describe main.{table}") if row["column_name"] not in OWN]
    here, there = (f"select {', '.join(columns)} from {schema}.{table} where {where}" for schema in ("main", "spark"))
    return query(database, f"{here} except all {there}") + query(database, f"{there} except all {here}")


def in_zone(table, swept):
    """The condition for rows of the stores with one zone each, or of all others; dropped values name no store."""
    column = "order_id" if table == "capi_dropped_values" else "store_id"
    return f"{'' if swept else 'not '}starts_with(coalesce({column}, ''), '{raw.SWEPT}')"


def test_spark_builds_what_duckdb_builds(built, query):
    """One test, because two pytest processes would each build everything for themselves."""
    for name, (_, _, tables) in BUILDS.items():
        for table in tables:
            where = "true" if tables is STAGED else in_zone(table, False)
            assert differing(built[name], query, table, where) == [], (name, table)

    # Zones whose rules are older in one engine. If another zone appears here, update docs/engines.md.
    swept = [
        row
        for table in ("capi_events", "capi_rejected_events")
        for row in differing(built["default"], query, table, in_zone(table, True))
    ]
    assert {row["store_id"].removeprefix(raw.SWEPT) for row in swept} <= OTHER_RULES

    # Two empty results would also agree.
    (counts,) = query(
        built["default"],
        "select (select count(*) from capi_events) as events, (select count(*) from capi_rejected_events) as rejected",
    )
    assert counts["events"] > PEOPLE
    assert counts["events"] + counts["rejected"] == len(query(built["default"], "select 1 from raw.orders"))

    # The sender reads hashes as unsigned numbers.
    (smallest,) = query(
        built["default"], f"select {', '.join(f'min({name}) as {name}' for name in OWN)} from spark.capi_events"
    )
    assert min(smallest.values()) >= 0

    # Tables that are only needed for one run, and may have raw contact values, are empty after it, as on DuckDB.
    kept = query(built["default"], "from information_schema.tables where table_schema = 'spark'")
    columns = {
        table: {row["column_name"] for row in query(built["default"], f"describe spark.{table}")}
        for table in (row["table_name"] for row in kept)
        if table not in STAGED
    }
    personal = [table for table in columns if {"email", "phone", "last_name"} & columns[table]]
    assert [table for table in personal if query(built["default"], f"select 1 from spark.{table} limit 1")] == []
