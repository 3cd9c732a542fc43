"""Raw tables in Delta, Iceberg and DuckLake, read in place by DuckDB's extensions, give the same events as the same rows in a DuckDB file.

`make test-warehouses` makes an environment with those extensions and with packages that write such tables without DuckDB.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".warehouses" / "lake" / "bin"
NOW = "2026-11-24T06:00:00Z"
# In each table a row is deleted and another changed after it was written, so that the data files alone would give other rows.
WRITE = """
import sys
from datetime import date, datetime, timezone
from decimal import Decimal
import duckdb, pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from pyiceberg.catalog.sql import SqlCatalog

lake = sys.argv[1]
def at(day): return datetime(2026, 11, day, 9, tzinfo=timezone.utc)

sales = pa.table({
    "order_id": pa.array([1, 2, 3], pa.int64()), "ordered_at": pa.array([at(20), at(21), at(22)], pa.timestamp("us", "UTC")),
    "total": pa.array([Decimal("12.50"), Decimal("7.00"), Decimal("1.00")], pa.decimal128(10, 2)), "currency": ["EUR"] * 3,
    "customer_id": pa.array([1, 2, 2], pa.int32()),
})
write_deltalake(lake + "/sales", sales, partition_by=["currency"])
DeltaTable(lake + "/sales").delete("order_id = 3")
DeltaTable(lake + "/sales").update(predicate="order_id = 2", updates={"total": "99.99"})

clients = pa.table({
    "customer_id": pa.array([1, 2, 3], pa.int32()), "email": ["Ann@Example.com", "Zoe@Example.com", "eve@example.com"],
    "date_of_birth": pa.array([date(1990, 4, 23), None, None], pa.date32()), "country": ["FR", "DE", "DE"], "marketing_consent": [True, True, True],
})
catalogue = SqlCatalog("shop", uri=f"sqlite:///{lake}/catalogue.sqlite", warehouse=f"file://{lake}/iceberg")
catalogue.create_namespace("shop")
table = catalogue.create_table("shop.clients", clients.schema)
table.append(clients)
table.delete("customer_id = 3")
table.overwrite(clients.slice(1, 1).set_column(1, "email", pa.array(["bob@example.com"])), "customer_id = 2")

connection = duckdb.connect()
connection.execute("load ducklake")
connection.execute(f"attach 'ducklake:{lake}/catalogue.ducklake' as lake (data_path '{lake}/lines')")
connection.execute("create table lake.sales_lines (order_id bigint, product_id varchar, quantity int)")
connection.execute("insert into lake.sales_lines values (1, 'A', 1), (2, 'B', 1), (2, 'C', 1)")
connection.execute("delete from lake.sales_lines where product_id = 'C'")
connection.execute("update lake.sales_lines set quantity = 4 where product_id = 'B'")
connection.close()
print(table.metadata_location)
"""
AS_TEXT = {
    "sales": [
        {"order_id": "1", "ordered_at": "2026-11-20 09:00:00+00", "total": "12.50", "currency": "EUR", "customer_id": "1"},
        {"order_id": "2", "ordered_at": "2026-11-21 09:00:00+00", "total": "99.99", "currency": "EUR", "customer_id": "2"},
    ],
    "clients": [
        {"customer_id": "1", "email": "Ann@Example.com", "date_of_birth": "1990-04-23", "country": "FR", "marketing_consent": "true"},
        {"customer_id": "2", "email": "bob@example.com", "date_of_birth": None, "country": "DE", "marketing_consent": "true"},
    ],
    "sales_lines": [{"order_id": "1", "product_id": "A", "quantity": "1"}, {"order_id": "2", "product_id": "B", "quantity": "4"}],
}  # fmt: skip
VARIABLES = {
    "capi_orders_identifier": "sales",
    "capi_customers_identifier": "clients",
    "capi_order_items_identifier": "sales_lines",
    "capi_use_stores": False,
    "capi_dataset_id": "100000000000001",
    "capi_as_of": NOW,
}
EVENTS = "select event_key, payload from capi_events order by event_key"


@pytest.mark.skipif(
    not (BIN / "dbt").exists(),
    reason="DuckDB's extensions for Delta, Iceberg and DuckLake are not installed; `make test-warehouses` does it",
)
def test_tables_of_a_lake_give_the_events_of_the_same_rows_in_duckdb(tmp_path, dbt, write_raw, query):
    project, lake = tmp_path / "project", tmp_path / "lake"
    shutil.copytree(ROOT / "examples" / "lake", project)
    (project / "packages.yml").write_text(f"packages: [{{local: '{ROOT}'}}]\n")
    lake.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "OFFLINE_CAPI_"))}
    environment |= {
        "HOME": str(tmp_path),  # where DuckDB keeps extensions
        "SHOP_LAKE": str(lake),
        "OFFLINE_CAPI_DATABASE": str(tmp_path / "shop.duckdb"),
    }

    def run(*command):
        done = subprocess.run([BIN / command[0], *command[1:]], cwd=project, env=environment, capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.splitlines()

    names = "avro", "delta", "ducklake", "iceberg"
    run("python", "-c", f"from duckdb_extensions import import_extension\nfor name in {names}: import_extension(name)")
    environment["SHOP_CLIENTS"] = run("python", "-c", WRITE, str(lake))[-1].removeprefix("file://")
    run("dbt", "deps")
    run("dbt", "build", "--vars", json.dumps({"capi_as_of": NOW}))

    write_raw(tmp_path / "text.duckdb", **AS_TEXT)
    dbt("run", database=tmp_path / "text.duckdb", variables=VARIABLES)
    events = query(tmp_path / "shop.duckdb", EVENTS)
    assert len(events) == 2
    assert any("99.99" in event["payload"] for event in events)
    assert events == query(tmp_path / "text.duckdb", EVENTS)
