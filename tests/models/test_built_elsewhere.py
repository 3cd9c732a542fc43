"""Where a shop's project may put things: attached databases, its own schema names, files instead of tables, two targets, and
the dbt settings that go with them."""

import json
import re
import textwrap

import duckdb
import pytest

from tests.conftest import write_table
from tests.models.test_raw_tables import AS_OF, CUSTOMERS, EVENTS, ITEMS, ORDERS, STORES, failure

FILES = {"customers": "people.parquet", "order_items": "lines.csv"}


@pytest.fixture(scope="module")
def project(tmp_path_factory, dbt, repository):
    """Orders and stores in an attached database, customers and lines in files, and all models in a third place."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with duckdb.connect(str(folder / "till.duckdb")) as till:
        till.execute("create schema raw")
        write_table(till, "raw.orders", ORDERS)
        write_table(till, "raw.stores", STORES)
        for name, rows in (("customers", CUSTOMERS), ("order_items", ITEMS)):
            write_table(till, name, rows)
            till.execute(f"copy {name} to '{folder / FILES[name]}'")
            till.execute(f"drop table {name}")
    for folder_name in ("models", "macros"):
        (folder / folder_name).mkdir()
    (folder / "packages.yml").write_text(f"packages: [{{local: '{repository}'}}]\n")
    (folder / "profiles.yml").write_text(
        textwrap.dedent("""
            mine:
              target: prod
              outputs:
                prod: &prod
                  type: duckdb
                  path: warehouse.duckdb
                  schema: prod
                  attach: [{path: till.duckdb}, {path: marts.duckdb}]
                dev: {<<: *prod, schema: dev}
        """)
    )
    (folder / "macros" / "generate_schema_name.sql").write_text(
        '{% macro generate_schema_name(name, node) %}{{ target.schema }}_{{ name or "own" }}{% endmacro %}'
    )
    raw = {name: {"+external_location": str(folder / file)} for name, file in FILES.items()}
    loaded = {
        "+loaded_at_field": "cast(ordered_at as timestamp)",
        "+freshness": {"warn_after": {"count": 1, "period": "day"}},
    }

    def write(**models):
        content = {
            "name": "mine",
            "version": "1.0.0",
            "profile": "mine",
            "models": {"offline_capi": {"+database": "marts", "marts": {"+schema": "meta"}} | models},
            "sources": {"offline_capi": {"staging": {"capi": raw | {"orders": loaded}}}},
            "vars": {"capi_as_of": AS_OF, "capi_source_database": "till"},
        }
        (folder / "dbt_project.yml").write_text(json.dumps(content))
        return {"database": folder / "warehouse.duckdb", "project": folder}

    dbt("deps", **write())
    return write


def test_attached_databases_files_own_schema_names_and_two_targets_give_the_same_events(
    tmp_path, dbt, write_raw, query, project
):
    plain = write_raw(tmp_path / "plain.duckdb", orders=ORDERS, order_items=ITEMS, customers=CUSTOMERS, stores=STORES)
    dbt("run", "-s", "+capi_events", database=plain, variables={"capi_as_of": AS_OF})
    expected = query(plain, EVENTS)
    assert len(expected) == 2

    place = project()
    marts = place["project"] / "marts.duckdb"
    for target in ("prod", "dev"):
        dbt("run", "--target", target, **place)
        assert query(marts, EVENTS.replace("capi_events", f"{target}_meta.capi_events")) == expected
    assert query(marts, EVENTS.replace("capi_events", "prod_meta.capi_events")) == expected
    assert query(place["database"], "select 1 from duckdb_tables()") == []


def test_the_freshness_of_a_raw_table_is_told_once_the_shop_says_which_column_has_it(dbt, project):
    finished = dbt("source", "freshness", **project())

    assert re.search(r"WARN freshness of capi\.orders", finished.stdout)


def test_a_part_of_the_models_in_another_database_is_refused_before_anything_is_built(dbt, project):
    """DuckDB writes to one database per transaction, and would only say so in the middle of a run."""
    said = failure(dbt("run", "-s", "stg_capi__orders", check=False, **project(marts={"+database": "till"})))

    assert (
        "into the database till and other models of the package into marts; all of them must be in the same one" in said
    )
    assert "models: {offline_capi: {+database: till}}" in said


def test_marts_that_nothing_else_needs_can_be_switched_off(dbt, project):
    off = {name: {"+enabled": False} for name in ("capi_daily", "capi_match_keys", "capi_mapping")}

    dbt("--warn-error", "parse", **project(marts=off))
