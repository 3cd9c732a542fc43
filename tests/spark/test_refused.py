"""What cannot be built on Spark gives a one-line message with a remedy, ends dbt with an error, and leaves nothing that a later run takes for complete."""

import importlib.util
import json
import os
import subprocess
import sys

import pytest

from scripts import java
from tests.conftest import REPOSITORY

needs_pyspark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None, reason="PySpark is not installed: make .venv/spark"
)
needs_java = pytest.mark.skipif(java.problem() is not None, reason=str(java.problem()))


@needs_pyspark
@needs_java
def test_what_spark_cannot_do_is_told_in_a_line(tmp_path):
    """One test, because one Java serves all cases."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.spark.refused", str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    told = json.loads(done.stdout.splitlines()[-1])
    rows = told.pop("rows of another catalog")
    assert (told.pop("another catalog")["success"], rows) == (True, 1)

    lines = {
        "unknown format": ["sets +file_format: parket for int_capi__last_run; write parquet, delta or iceberg"],
        "no jars": [
            "sets +file_format: delta, but the settings of this Spark do not mention it: add the jars and settings in docs/scaling.md"
        ],
        "no catalog": ["names the catalog nowhere, but this Spark only has spark_catalog, till. Correct the name"],
        "no schema": [
            "the raw table till.nowhere.orders does not exist. Point capi_source_database",
            "Tables found: till.sales.orders.",
        ],
        "types": [
            "the raw column `total` has the type struct<amount:int>, which Spark cannot write as a readable text; turn it into a text",
            "the raw column `phone` has the type array<map<string,string>>, which",
        ],
        "kept rows": [
            "sets +full_refresh: false for int_capi__last_run, but rows of a Parquet table cannot be changed: remove that"
        ],
        "old tables": [
            "is a Parquet table from an earlier run, and its rows cannot be changed. Rebuild all tables once as iceberg: dbt run --full-refresh"
        ],
    }
    assert set(told) == set(lines)
    for case, outcome in told.items():
        printed = "\n".join(outcome["errors"])
        assert outcome["success"] is False, case
        assert [line for line in lines[case] if line not in printed] == [], printed
        assert "org.apache" not in printed, case
        assert "Traceback" not in printed, case
        assert outcome["left"] == (["int_capi__last_run"] if case == "old tables" else []), case


def other_java(folder, version):
    """A folder for JAVA_HOME whose java reports another version; only the number is checked."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2020-01-14' >&2\nexit 1\n")
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("version", "what"), [("11.0.6", "is 11"), ("1.8.0_242", "is 8"), (None, "there is none in JAVA_HOME")]
)
def test_a_wrong_java_is_told_before_anything_is_fetched(tmp_path, version, what):
    home = other_java(tmp_path, version) if version else tmp_path
    told = subprocess.run(
        [sys.executable, "scripts/java.py"],
        cwd=REPOSITORY,
        env=os.environ | {"JAVA_HOME": str(home)},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 2
    assert len(told.stderr.splitlines()) == 1
    assert what in told.stderr
    assert "apt install openjdk-17-jre-headless" in told.stderr


@needs_pyspark
def test_dbt_ends_with_an_error_where_there_is_no_java(tmp_path, dbt, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    done = dbt(
        "run", "--target", "spark", "--select", "int_capi__parts", database=tmp_path / "shop.duckdb", check=False
    )
    assert done.returncode != 0
    assert "JAVA_GATEWAY_EXITED" in done.stdout, "docs/scaling.md says where that leads"
    assert not (tmp_path / "target" / "spark").exists()
