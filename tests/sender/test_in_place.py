"""Raw tables that dbt reads in place, from a file or another database: `explain` shows everything that the warehouse itself knows."""

import json

import duckdb
import pytest

from tests.sender.shop import make_row

ROWS = "select 'order-1' as order_id, 'store-1' as store_id, 'c1' as customer_id, '2026-11-20' as ordered_at"


@pytest.fixture
def in_a_file(shop):
    shop.fill([make_row(1)])
    path = shop.folder / "orders.parquet"
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(f"copy ({ROWS}) to '{path}'")
        connection.execute(f"create view stg_capi__orders as from '{path}'")


@pytest.fixture
def in_another_database(shop):
    shop.fill([make_row(1)])
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(f"attach '{shop.folder / 'till.duckdb'}' as till")
        connection.execute(f"create table till.orders as {ROWS}")
        connection.execute("create view stg_capi__orders as from till.orders")


@pytest.mark.parametrize("where", ["in_a_file", "in_another_database"])
def test_explain_tells_of_a_sale_whose_raw_table_is_elsewhere(shop, where, request):
    request.getfixturevalue(where)
    shop.send()
    told = shop.run("explain", "order-1")

    assert (told.code, told.out.splitlines()[0]) == (0, "order order-1, store store-1: delivered: Meta counts 1.00 EUR")
    assert "not shown: orders is a file, or in a database that dbt attaches" in told.out
    assert "no longer in orders" not in told.out
    assert json.loads(shop.run("explain", "order-1", "--json").out)["out_of_reach"] == ["orders"]
    unknown = shop.run("explain", "order-2")
    assert (unknown.code, unknown.out.splitlines()[0]) == (1, "no table has order order-2, and none was ever sent")
