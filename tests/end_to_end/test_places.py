"""dbt and the sender need not start in the same folder: what was delivered still shows as delivered."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
STATES = "select order_id, state from capi_delivery order by order_id"


@pytest.fixture(scope="module")
def run():
    """A command as a scheduler starts it: in its own folder, with absolute paths to everything."""

    def run(folder: Path, *command: str, **variables: str) -> str:
        folder.mkdir(exist_ok=True)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "META_", "OFFLINE_CAPI_"))}
        done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=folder, env=kept | variables, capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture(scope="module")
def endpoint():
    with subprocess.Popen([BIN / "offline-capi", "emulator", "--port", "0"], stdout=subprocess.PIPE, text=True) as process:  # fmt: skip
        yield process.stdout.readline().removeprefix("listening on ").strip()
        process.terminate()


@pytest.fixture(scope="module")
def dbt_run(run, repository, tmp_path_factory):
    """`dbt run` of this project into a file, started anywhere."""
    target = tmp_path_factory.mktemp("target")

    def dbt_run(folder: Path, *arguments: str, **variables: str) -> str:
        settings = "{capi_dataset_id: '100000000000001', capi_use_customers: false, capi_use_stores: false, capi_use_order_items: false}"
        places = [
            *("--project-dir", str(repository), "--profiles-dir", str(repository), "--target-path", str(target)),
            *("--log-path", str(target)),
        ]
        return run(folder, "dbt", "run", *arguments, *places, "--vars", settings, **variables)

    return dbt_run


def test_delivered_events_are_shown_wherever_dbt_and_the_sender_are_started(
    tmp_path, run, endpoint, dbt_run, write_raw, query
):
    at = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    orders = [{"order_id": number, "ordered_at": at, "total": "5", "currency": "EUR", "email": "a@example.com"} for number in "12"]  # fmt: skip
    (tmp_path / "data").mkdir()
    warehouse = write_raw(tmp_path / "data" / "shop.duckdb", orders=orders)
    where = {"OFFLINE_CAPI_DATABASE": str(warehouse)}
    sent = where | {"OFFLINE_CAPI_GRAPH_URL": endpoint, "META_ACCESS_TOKEN": "made-up"}
    elsewhere = str(tmp_path / "kept" / "ledger.sqlite")

    built = dbt_run(tmp_path / "dbt", **where)
    assert f"{warehouse.parent}/.offline-capi/delivery_state.parquet does not exist" in " ".join(built.split())
    run(tmp_path / "first", "offline-capi", "init", **where)
    run(tmp_path / "second", "offline-capi", "send", **sent)
    dbt_run(tmp_path / "third", "-s", "capi_delivery", **where)
    assert query(warehouse, STATES) == [{"order_id": number, "state": "accepted"} for number in "12"]

    run(tmp_path / "first", "offline-capi", "init", **where, OFFLINE_CAPI_LEDGER=elsewhere)
    dbt_run(tmp_path / "dbt", "-s", "capi_delivery", **where, OFFLINE_CAPI_LEDGER=elsewhere)
    assert query(warehouse, STATES) == [{"order_id": number, "state": "pending"} for number in "12"]


def test_the_ledger_stays_in_the_working_folder_where_the_warehouse_is_in_it(tmp_path, run, write_raw):
    warehouse = write_raw(tmp_path / "shop.duckdb", orders=[{"order_id": "1"}])
    (tmp_path / "deeper").mkdir()
    warehouse = warehouse.rename(tmp_path / "deeper" / "shop.duckdb")

    run(tmp_path, "offline-capi", "init", OFFLINE_CAPI_DATABASE=str(warehouse))
    assert (tmp_path / ".offline-capi" / "ledger.sqlite").exists()
    run(tmp_path / "other", "offline-capi", "init", OFFLINE_CAPI_DATABASE=str(warehouse))
    assert (tmp_path / "deeper" / ".offline-capi" / "ledger.sqlite").exists()
