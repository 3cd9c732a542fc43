"""One line instead of a page of Java from Spark or dbt: runs dbt on one bad setting or raw table after another, in one session.

    python -m tests.spark.refused FOLDER

Prints JSON: for each case whether dbt succeeded, its errors, and the tables and views that it left.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.spark.build import REPOSITORY, session

SCHEMA = "offline_capi"
# A shop's project that uses this package.
PROJECT = {"name": "shop", "version": "1.0", "profile": "offline_capi"}


def prepare(spark: Any, folder: Path) -> None:
    (folder / "dbt_packages").mkdir()
    (folder / "dbt_packages" / "offline_capi").symlink_to(REPOSITORY)
    (folder / "packages.yml").write_text(f"packages: [{{local: {REPOSITORY}}}]")
    # Derby comes with Spark, and is a real database behind another kind of catalog than the session's own.
    spark.conf.set("spark.sql.catalog.till", "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog")
    spark.conf.set("spark.sql.catalog.till.url", "jdbc:derby:memory:till;create=true")
    spark.conf.set("spark.sql.catalog.till.driver", "org.apache.derby.jdbc.EmbeddedDriver")
    for statement in (
        "create namespace till.sales",
        "create table till.sales.orders as select 'A' as order_id, '2026-11-20T10:00:00Z' as ordered_at, '12.50' as total",
        "create schema odd",
        "create table odd.orders (order_id string, ordered_at string, total struct<amount: int>) using parquet",
        "create table odd.customers (customer_id string, phone array<map<string, string>>) using parquet",
    ):
        spark.sql(statement)


def main() -> None:
    from dbt.cli.main import dbtRunner

    folder = Path(sys.argv[1])
    spark = session(folder)
    spark.sparkContext.setLogLevel("OFF")
    prepare(spark, folder)
    told: dict[str, Any] = {}

    def run(case: str, *models: str, config: dict[str, Any] | None = None, **settings: Any) -> None:
        errors: list[str] = []
        variables = {"capi_use_stores": False, "capi_use_order_items": False} | settings
        (folder / "dbt_project.yml").write_text(
            json.dumps(PROJECT | {"models": {"offline_capi": config or {}}, "vars": variables})
        )

        def listen(event: Any) -> None:
            if event.info.level == "error":
                errors.append(event.info.msg)

        places = ["--project-dir", str(folder), "--profiles-dir", str(REPOSITORY), "--log-path", str(folder / "logs")]
        command = ["--quiet", "run", "--target", "spark", *places, "--select", *models]
        done = dbtRunner(callbacks=[listen]).invoke(command)
        there = spark.sql(f"show tables in {SCHEMA}").collect() if spark.catalog.databaseExists(SCHEMA) else []
        told[case] = {"success": done.success, "errors": errors, "left": sorted(row.tableName for row in there)}

    steps = ["int_capi__last_run", "int_capi__parts", "stg_capi__orders"]
    run("unknown format", *steps, config={"+file_format": "parket"})
    run("no jars", *steps, config={"+file_format": "delta"})
    run("no catalog", "stg_capi__orders", capi_source_database="nowhere")
    run("no schema", "stg_capi__orders", capi_source_database="till", capi_source_schema="nowhere")
    run("types", "stg_capi__orders", "stg_capi__customers", capi_source_schema="odd")
    # Many projects set this, to protect their large tables from --full-refresh.
    run("kept rows", "int_capi__last_run", config={"+full_refresh": False})
    spark.sql(f"create table {SCHEMA}.int_capi__last_run (started_at bigint, as_of bigint) using parquet")
    # As good as jars, because none of them is used before the run is refused.
    spark.conf.set("spark.sql.catalog.other", "org.apache.iceberg.spark.SparkCatalog")
    run("old tables", "int_capi__last_run", config={"+file_format": "iceberg"})
    run("another catalog", "stg_capi__orders", capi_source_database="till", capi_source_schema="sales")
    told["rows of another catalog"] = spark.table(f"{SCHEMA}.stg_capi__orders").count()
    spark.stop()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
