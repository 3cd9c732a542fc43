"""Copy the raw tables of a DuckDB file into Spark, then run dbt on Spark in this process, which is what `--target spark` does.

    python -m tests.spark.build RAW.duckdb FOLDER COMMANDS

COMMANDS is JSON: names, each with the arguments of a dbt call. Catalog and tables are in FOLDER; what a call left in the schema offline_capi is in
FOLDER/NAME afterwards, as Parquet, with the views that are named; null instead of views if dbt must refuse the call. Exits with 1 at the first call that
fails, or does not where it must, and if a fixed part of Java's memory is nearly used up.
"""

import json
import os
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMA = "offline_capi"


def session(folder: Path) -> Any:
    """The session of profiles.yml, which dbt then finds, with a time zone that must not matter."""
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
    """Creates each table of a DuckDB file, in the same schema."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute("select table_schema, table_name from information_schema.tables").fetchall()
        for schema, table in found:
            files = folder / "raw" / schema / table
            files.mkdir(parents=True)
            connection.execute(f"copy {schema}.{table} to '{files}/part.parquet' (format parquet)")
            spark.sql(f"create schema if not exists {schema}")
            spark.sql(f"create table {schema}.{table} using parquet location '{files}'")


def keep(spark: Any, folder: Path, name: str, views: list[str]) -> None:
    """Copies the files of all tables, and writes some views to files."""
    shutil.copytree(folder / "warehouse" / f"{SCHEMA}.db", folder / name)
    for view in views:
        if spark.catalog.tableExists(f"{SCHEMA}.{view}"):
            spark.table(f"{SCHEMA}.{view}").write.parquet(str(folder / name / view))


def nearly_full(spark: Any) -> list[str]:
    """The parts of Java's memory outside of the heap (compiled code) of which more than 4/5 were used. A session ends when one is full, at a moment that
    depends on what else the machine does."""
    pools = [
        (pool.getName(), pool.getPeakUsage())
        for pool in spark._jvm.java.lang.management.ManagementFactory.getMemoryPoolMXBeans()
        if str(pool.getType()) == "Non-heap memory"
    ]
    return [f"{name}: {peak}" for name, peak in pools if 0 < peak.getMax() < 1.25 * peak.getUsed()]


def main() -> None:
    database, folder, commands = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
    spark = session(folder)
    spark.sparkContext.setLogLevel("OFF")
    register(spark, database, folder)
    from dbt.cli.main import dbtRunner

    own = ["--target", "spark", "--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    for name, (arguments, views) in commands.items():
        if dbtRunner().invoke([*arguments, *own]).success != (views is not None):
            sys.exit(1)
        if views is not None:
            keep(spark, folder, name, views)
    if full := nearly_full(spark):
        sys.exit(f"Java's memory is nearly used up: {full}")
    spark.stop()


if __name__ == "__main__":
    main()
