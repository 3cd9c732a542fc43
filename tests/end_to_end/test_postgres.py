"""Raw tables in a real PostgreSQL, read in place by DuckDB's extension, give the same events as the same rows in a DuckDB file.

This needs Debian's postgresql, and the environment with that extension that `make test-warehouses` creates.
"""

import json
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".warehouses" / "postgres" / "bin"
NOW = "2026-11-24T06:00:00Z"
TABLES = """
create table sales (order_id bigint primary key, ordered_at timestamptz, total numeric(10, 2), currency char(3), customer_id int, status text);
insert into sales values
    (1, '2026-11-20 10:00:00+01', 12.50, 'EUR', 1, 'completed'), (2, '2026-11-21 10:00:00+01', 7.00, 'EUR', 2, 'completed'),
    (3, '2026-11-22 23:59:59+01', 99.99, 'EUR', 1, 'cancelled');
create table clients (customer_id int primary key, email text, first_name varchar(50), date_of_birth date, country char(2), marketing_consent boolean);
insert into clients values (1, 'Ann@Example.com', 'Zoë', '1990-04-23', 'FR', true), (2, null, 'Bob', null, 'DE', true);
"""
AS_TEXT = {
    "sales": [
        {"order_id": "1", "ordered_at": "2026-11-20 09:00:00+00", "total": "12.50", "currency": "EUR", "customer_id": "1", "status": "completed"},
        {"order_id": "2", "ordered_at": "2026-11-21 09:00:00+00", "total": "7.00", "currency": "EUR", "customer_id": "2", "status": "completed"},
        {"order_id": "3", "ordered_at": "2026-11-22 22:59:59+00", "total": "99.99", "currency": "EUR", "customer_id": "1", "status": "cancelled"},
    ],
    "clients": [
        {"customer_id": "1", "email": "Ann@Example.com", "first_name": "Zoë", "date_of_birth": "1990-04-23", "country": "FR", "marketing_consent": "true"},
        {"customer_id": "2", "email": None, "first_name": "Bob", "date_of_birth": None, "country": "DE", "marketing_consent": "true"},
    ],
}  # fmt: skip
EVENTS = "select event_key, payload from capi_events order by event_key"


@pytest.fixture(scope="module")
def postgres():
    """The address of a private server, in libpq's form. PostgreSQL does not run as root, so as root Debian's user runs it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        pytest.skip("there is no PostgreSQL server on this machine; Debian has it as `postgresql`")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    runner = []
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
        runner = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])

    def run(command, *arguments, **more):
        return subprocess.run([*runner, f"{found[-1]}/{command}", *arguments], cwd=folder, check=True, capture_output=True, text=True, **more)  # fmt: skip

    try:
        run("initdb", "-D", "data", "-U", "shop", "--auth", "trust", "--no-sync")
        run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", f"-p {port} -k {folder} -h 127.0.0.1", "start")
        run("psql", "-h", "127.0.0.1", "-p", port, "-U", "shop", "-d", "postgres", "-v", "ON_ERROR_STOP=1", input=TABLES)  # fmt: skip
        yield f"host=127.0.0.1 port={port} user=shop dbname=postgres"
        run("pg_ctl", "-D", "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(
    not (BIN / "dbt").exists(),
    reason="DuckDB's extension for PostgreSQL is not installed; `make test-warehouses` does it",
)
def test_tables_in_postgresql_give_the_events_of_the_same_rows_in_duckdb(tmp_path, postgres, dbt, write_raw, query):
    project = tmp_path / "project"
    shutil.copytree(ROOT / "examples" / "postgres", project)
    (project / "packages.yml").write_text(f"packages: [{{local: '{ROOT}'}}]\n")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "OFFLINE_CAPI_"))}
    environment |= {
        "HOME": str(tmp_path),  # where DuckDB keeps extensions
        "SHOP_POSTGRES": postgres,
        "OFFLINE_CAPI_DATABASE": str(tmp_path / "shop.duckdb"),
    }

    def run(*command):
        done = subprocess.run([BIN / command[0], *command[1:]], cwd=project, env=environment, capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    run("python", "-c", "from duckdb_extensions import import_extension; import_extension('postgres_scanner')")
    run("dbt", "deps")
    run("dbt", "run", "--vars", json.dumps({"capi_as_of": NOW}))

    write_raw(tmp_path / "text.duckdb", **AS_TEXT)
    variables = {
        "capi_orders_identifier": "sales",
        "capi_customers_identifier": "clients",
        "capi_use_order_items": False,
    }
    variables |= {"capi_use_stores": False, "capi_dataset_id": "100000000000001", "capi_as_of": NOW}
    dbt("run", database=tmp_path / "text.duckdb", variables=variables)
    events = query(tmp_path / "shop.duckdb", EVENTS)
    assert len(events) == 2
    assert events == query(tmp_path / "text.duckdb", EVENTS)
