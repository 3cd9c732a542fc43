"""What several test folders share: the repository, and real dbt, run as a user runs it."""

import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.browser import Browser, opened

REPOSITORY = Path(__file__).resolve().parent.parent
DATASET = "100000000000001"


def pytest_report_header() -> str:
    packages = ("dbt-core", "dbt-duckdb", "duckdb", "httpx")
    return "offline-capi with " + ", ".join(f"{package} {version(package)}" for package in packages)


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@dataclass(frozen=True)
class Finished:
    """A finished dbt command: its exit code, everything it printed, and the folder of its artifacts."""

    returncode: int
    stdout: str
    target: Path


def run_dbt(arguments: list[str], environment: dict[str, str], folder: Path, output: Path) -> None:
    """The body of the forked process: dbt's own entry point, as its console script calls it."""
    from dbt.cli.main import cli

    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    cli.main(arguments, prog_name="dbt")


@pytest.fixture(scope="session")
def dbt(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Finished]:
    """Runs real dbt in a project (this repository by default) into a DuckDB file, each time in its own process.

    The processes are forked from one that has already imported dbt, which saves the three seconds of the import.
    The database is named by its file name, from its own folder: dbt parses a project again for each new value of a variable
    or of what the profile reads, so runs that differ only in the folder share the parsed project, which saves another second."""
    artifacts = tmp_path_factory.mktemp("dbt")
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["dbt.cli.main", "dbt.adapters.duckdb"])

    def run(
        *arguments: str,
        database: Path,
        variables: Mapping[str, Any] | None = None,
        project: Path = REPOSITORY,
        check: bool = True,
        kill_after: float | None = None,
    ) -> Finished:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("DBT_", "OFFLINE_CAPI_"))
        }
        environment |= {"OFFLINE_CAPI_DATABASE": database.name, "DBT_SEND_ANONYMOUS_USAGE_STATS": "0"}
        settings = json.dumps(variables or {}, sort_keys=True)
        command = [
            "--no-use-colors",
            "--log-path",
            str(artifacts / "logs"),
            *arguments,
            "--vars",
            settings,
        ]
        command += ["--project-dir", str(project), "--profiles-dir", str(project)]
        target = project / "target"
        if project == REPOSITORY:
            target = artifacts / sha256(f"{database.name} {settings}".encode()).hexdigest()[:16]  # parsed alike
            command += ["--target-path", str(target)]
        output = artifacts / "output"
        process = processes.Process(target=run_dbt, args=(command, environment, database.parent, output))
        process.start()
        process.join(kill_after or 300)
        process.kill()  # before its output is read, if it is to be killed
        process.join()
        finished = Finished(process.exitcode if process.exitcode is not None else -1, output.read_text(), target)
        if check and finished.returncode != 0:
            pytest.fail(f"dbt {' '.join(arguments)} failed:\n{finished.stdout[-8000:]}")
        return finished

    return run


def write_table(connection: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]) -> None:
    """Creates a table of text columns from rows that may lack some of them."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    connection.execute(f"create or replace table {name} ({', '.join(f'{column} varchar' for column in columns)})")
    if rows:
        places = ", ".join("(" + ", ".join("?" for _ in columns) + ")" for _ in rows)
        connection.execute(
            f"insert into {name} values {places}", [row.get(column) for row in rows for column in columns]
        )


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


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with opened(tmp_path_factory.mktemp("chromium")) as found:
        yield found
