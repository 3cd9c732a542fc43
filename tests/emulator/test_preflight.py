"""`emulator --check`: the rules without a server, for Parquet or a DuckDB table, with a verdict on every event."""

import json
import subprocess

import duckdb
import pytest


@pytest.fixture
def check(command, repository):
    def run(*arguments):
        whole = [*command, "emulator", "--check", *map(str, arguments)]
        return subprocess.run(whole, cwd=repository, capture_output=True, text=True, timeout=60)

    return run


@pytest.fixture
def rows(sale):
    """Five events, two of them certainly bad and one by assumption."""
    events = [
        sale(),
        sale(),
        sale(user_data={}),
        sale(custom_data={"value": 1}),
        sale(user_data={"em": ["a@b.example"]}),
    ]
    return [(f"key{number}", json.dumps(event)) for number, event in enumerate(events)]


def write(connection, rows, table="capi_events"):
    connection.execute(f"create table {table} (event_key text, payload text)")
    connection.executemany(f"insert into {table} values (?, ?)", rows)


@pytest.fixture
def warehouse(tmp_path, rows):
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as connection:
        write(connection, rows)
        connection.execute("create schema marts")
        write(connection, rows[:2], "marts.good")
        connection.execute(f"copy capi_events to '{tmp_path}/events.parquet'")
    return path


@pytest.mark.parametrize("name", ["shop.duckdb", "events.parquet", "*.parquet"])
def test_every_event_that_would_be_refused_is_named_with_its_rule(check, warehouse, tmp_path, name):
    done = check(tmp_path / name)

    assert done.returncode == 1
    assert done.stdout.splitlines() == ["key2 not_enough_customer_information", "key3 currency_missing"]
    assert "5 events: 3 would be accepted, 2 refused" in done.stderr
    assert "1 currency_missing: Missing Currency for Purchase Event" in done.stderr


def test_assumed_rules_and_the_clock_count_as_they_do_with_the_server(check, warehouse):
    assert "key4 not_hashed" in check(warehouse, "--enforce", "not_hashed").stdout
    assert "5 events: 0 would be accepted" in check(warehouse, "--now", "2099-01-01").stderr


def test_another_table_of_the_database_can_be_named(check, warehouse):
    done = check(warehouse, "--relation", "marts.good")

    assert (done.returncode, done.stdout) == (0, "")
    assert "2 events: 2 would be accepted, 0 refused" in done.stderr


@pytest.mark.parametrize(
    ("name", "relation", "told"),
    [
        ("shop.duckdb", "main.nothing", "there is no main.nothing in"),
        ("nothing.parquet", "main.capi_events", "cannot read"),
        ("text.parquet", "main.capi_events", "it must be Parquet or DuckDB with columns event_key and payload"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(check, warehouse, tmp_path, name, relation, told):
    (tmp_path / "text.parquet").write_text("no Parquet")
    done = check(tmp_path / name, "--relation", relation)

    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_database_is_opened_for_reading_only_and_another_reader_does_not_disturb(check, warehouse):
    with duckdb.connect(str(warehouse), read_only=True):
        assert check(warehouse).returncode == 1


def test_a_store_that_cannot_be_made_is_named(command):
    """It is not the ledger's fault."""
    done = subprocess.run(
        [*command, "emulator", "--port", "0", "--store", "/nonexistent/x.sqlite"], capture_output=True, text=True
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "--store" in done.stderr
    assert "ledger" not in done.stderr
