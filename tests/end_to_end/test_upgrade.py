"""A warehouse and a ledger made before 0.1.0, by the code of commit 143aeca, can be continued: nothing is sent twice."""

import io
import json
import os
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta

import pytest

BEFORE = "143aeca"
VARIABLES = {
    "capi_dataset_id": "100000000000001",
    "capi_use_order_items": False,
    "capi_use_stores": False,
}


def orders(*numbers):
    now = datetime.now(UTC)
    return [
        {
            "order_id": str(n),
            "ordered_at": (now - timedelta(hours=30 + n)).isoformat(),
            "total": f"{n}.5",
            "currency": "EUR",
            "customer_id": f"c{n % 7}",
        }
        for n in numbers
    ]


CUSTOMERS = [
    {"customer_id": f"c{n}", "email": f"person{n}@example.com", "first_name": "Zoë", "country": "FR", "city": "Lyon"}
    for n in range(7)
]


@pytest.fixture(scope="module")
def endpoint(repository):
    command = [sys.executable, "-m", "sender", "emulator", "--strict", "--port", "0"]
    with subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, text=True) as process:
        yield process.stdout.readline().removeprefix("listening on ").strip()
        process.terminate()


@pytest.fixture(scope="module")
def before(repository, tmp_path_factory):
    """The tree of that commit."""
    archive = subprocess.run(["git", "archive", BEFORE], cwd=repository, capture_output=True)
    if archive.returncode:
        pytest.skip(f"the history of this copy does not reach back to {BEFORE}")
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def test_what_was_delivered_before_the_upgrade_is_known_and_what_waited_is_sent(
    before, repository, endpoint, dbt, write_raw, query, tmp_path
):
    warehouse = tmp_path / "shop.duckdb"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "META_", "OFFLINE_CAPI_"))}
    environment |= {
        "META_ACCESS_TOKEN": "made-up",
        "OFFLINE_CAPI_GRAPH_URL": endpoint,
        "OFFLINE_CAPI_DATABASE": str(warehouse),
    }

    def sender(tree, *arguments):
        command = [sys.executable, "-m", "sender", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment | {"PYTHONPATH": str(tree)}, capture_output=True, text=True)  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    write_raw(warehouse, orders=orders(*range(1, 41)), customers=CUSTOMERS)
    dbt("run", database=warehouse, project=before, variables=VARIABLES)
    assert sender(before, "init")[0] == 0
    code, out, err = sender(before, "send", "--json", "--limit", "30")
    assert (code, json.loads(out.splitlines()[-1])["accepted"]) == (1, 30), err

    write_raw(warehouse, orders=orders(*range(1, 51)), customers=CUSTOMERS)
    dbt("build", database=warehouse, variables=VARIABLES)
    code, out, err = sender(repository, "send", "--json")

    counts = json.loads(out.splitlines()[-1])
    assert (code, counts["already_known"], counts["accepted"], counts["read"]) == (0, 30, 20, 50), (counts, err)
    assert query(warehouse, "select state, count(*) as n from capi_delivery group by state") == [{"state": "accepted", "n": 50}]  # fmt: skip
    assert query(warehouse, "select count(*) as n from capi_rejected_events") == [{"n": 0}]
