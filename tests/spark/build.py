"""Run dbt on Spark in this process, which is what `--target spark` does, after making the raw tables of a DuckDB file tables of Spark's.

    python -m tests.spark.build RAW.duckdb FOLDER DBT_ARGUMENTS...

Catalog and tables lie in FOLDER. Exits as dbt does.
"""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
TABLES = ("orders", "order_items", "customers", "stores")


def session(folder: Path) -> Any:
    """The session of profiles.yml, which dbt then finds, with a time zone that must not count."""
    os.environ["OFFLINE_CAPI_WAREHOUSE"] = str(folder)
    profile = (
        (REPOSITORY / "profiles.yml")
        .read_text()
        .replace("{{ env_var('OFFLINE_CAPI_WAREHOUSE', 'target/spark') }}", str(folder))
    )
    settings = yaml.safe_load(profile)["offline_capi"]["outputs"]["spark"]["server_side_parameters"]
    builder = import_module("pyspark.sql").SparkSession.builder.enableHiveSupport()
    for name, value in (
        settings | {"spark.driver.memory": "2g", "spark.sql.session.timeZone": "America/New_York"}
    ).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def register(spark: Any, database: Path, folder: Path) -> None:
    spark.sql("create schema if not exists raw")
    with duckdb.connect(str(database), read_only=True) as connection:
        for table in TABLES:
            files = folder / "raw" / table
            files.mkdir(parents=True)
            connection.execute(f"copy raw.{table} to '{files}/part.parquet' (format parquet)")
            spark.sql(f"create table raw.{table} using parquet location '{files}'")


def main() -> None:
    database, folder = Path(sys.argv[1]), Path(sys.argv[2])
    spark = session(folder)
    spark.sparkContext.setLogLevel("OFF")
    register(spark, database, folder)
    from dbt.cli.main import dbtRunner

    done = dbtRunner().invoke(
        [
            *sys.argv[3:],
            "--target",
            "spark",
            "--target-path",
            str(folder / "target"),
            "--log-path",
            str(folder / "logs"),
        ]
    )
    spark.stop()
    sys.exit(0 if done.success else 1)


if __name__ == "__main__":
    main()
