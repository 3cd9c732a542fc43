"""What several test folders share: the repository, and the real dbt run as a user runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
DATASET = "100000000000001"


def pytest_report_header() -> str:
    packages = ("dbt-core", "dbt-duckdb", "duckdb", "httpx")
    return "offline-capi with " + ", ".join(f"{package} {version(package)}" for package in packages)


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def dbt(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the real dbt in a project (this repository by default) into a DuckDB file; returns the finished process."""
    artifacts = tmp_path_factory.mktemp("dbt")

    def run(
        *arguments: str,
        database: Path,
        variables: Mapping[str, Any] | None = None,
        project: Path = REPOSITORY,
        check: bool = True,
    ) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("DBT_", "OFFLINE_CAPI_"))}
        environment |= {"OFFLINE_CAPI_DATABASE": str(database), "DBT_SEND_ANONYMOUS_USAGE_STATS": "0"}
        command = [Path(sys.executable).with_name("dbt"), "--no-use-colors", "--log-path", artifacts / "logs", *arguments]
        command += ["--project-dir", project, "--profiles-dir", project, "--vars", json.dumps(variables or {})]
        if project == REPOSITORY:
            command += ["--target-path", artifacts / "target"]
        finished = subprocess.run(command, env=environment, cwd=project, capture_output=True, text=True, timeout=300)
        if check and finished.returncode != 0:
            pytest.fail(f"dbt {' '.join(arguments)} failed:\n{finished.stdout[-6000:]}{finished.stderr[-2000:]}")
        return finished

    return run


def write_table(connection: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]) -> None:
    """Creates a table of text columns from rows that may each lack some of them."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    connection.execute(f"create or replace table {name} ({', '.join(f'{column} varchar' for column in columns)})")
    if rows:
        places = ", ".join("(" + ", ".join("?" for _ in columns) + ")" for _ in rows)
        connection.execute(f"insert into {name} values {places}", [row.get(column) for row in rows for column in columns])


@pytest.fixture(scope="session")
def write_raw() -> Callable[..., Path]:
    """Writes raw tables of text columns into a schema of a DuckDB file, and returns the file."""

    def write(database: Path, schema: str = "raw", **tables: list[dict[str, Any]]) -> Path:
        with duckdb.connect(str(database)) as connection:
            connection.execute(f"create schema if not exists {schema}")
            for name, rows in tables.items():
                write_table(connection, f"{schema}.{name}", rows)
        return database

    return write


@pytest.fixture(scope="session")
def query() -> Callable[[Path, str], list[dict[str, Any]]]:
    """Reads a DuckDB file: the rows of a query as dictionaries."""

    def read(database: Path, sql: str) -> list[dict[str, Any]]:
        with duckdb.connect(str(database), read_only=True) as connection:
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return read
