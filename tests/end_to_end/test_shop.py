"""The example shop from its raw tables to a local endpoint, with the real commands over real sockets."""

import json
import os
import subprocess
import sys
import urllib.request
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from examples.shop.generate import generate

COMMAND = str(Path(sys.executable).with_name("offline-capi"))
STRONG = {"em", "ph", "madid"}


@pytest.fixture(scope="module")
def environment(shop):
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("DBT_", "META_", "OFFLINE_CAPI_"))
    }
    return clean | {
        "META_ACCESS_TOKEN": "a-made-up-token",
        "OFFLINE_CAPI_LEDGER": str(shop.parent / ".offline-capi" / "ledger.sqlite"),
    }


@pytest.fixture(scope="module")
def shop(tmp_path_factory, dbt, repository):
    """The example shop's database, built by `dbt build` including tests, in a copy of the consumer project elsewhere on disk."""
    project = tmp_path_factory.mktemp("shop")
    for name in ("dbt_project.yml", "profiles.yml"):
        (project / name).write_text((repository / "examples" / "shop" / name).read_text())
    (project / "packages.yml").write_text(f"packages: [{{local: '{repository}'}}]\n")
    database = project / "shop.duckdb"
    generate(database, datetime.now(UTC))
    dbt("deps", database=database, project=project)
    built = dbt("build", database=database, project=project)
    assert " unit tests" in built.stdout
    return database


@pytest.fixture(scope="module")
def endpoint(environment):
    """The strictest local endpoint, in its own process."""
    command = [COMMAND, "emulator", "--strict", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().removeprefix("listening on ").strip()
        process.terminate()
    assert process.returncode == 0


def summary(endpoint):
    with urllib.request.urlopen(f"{endpoint}/_emulator/summary") as answer:
        return json.load(answer)


def offline_capi(*arguments: str, environment: dict[str, str], database: Path) -> subprocess.CompletedProcess[str]:
    command = [COMMAND, *arguments]
    variables = environment | {"OFFLINE_CAPI_DATABASE": str(database)}
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def runs(shop, endpoint, environment):
    """Two sends, each with what it printed and what the endpoint had counted afterwards."""
    assert offline_capi("init", environment=environment, database=shop).returncode == 0
    found = []
    for _ in range(2):
        sent = offline_capi("send", "--json", "--graph-url", endpoint, environment=environment, database=shop)
        assert (sent.returncode, sent.stderr.count("Traceback")) == (0, 0), sent.stderr
        found.append((json.loads(sent.stdout.splitlines()[-1]), summary(endpoint)))
    return found


def test_the_shop_looks_like_a_shop(shop, query):
    (counts,) = query(
        shop,
        """select count(*) as orders, count(distinct store_id) as stores, count(customer_id) as members,
            (select count(*) / count(distinct order_id) from raw.order_items) as lines from raw.orders""",
    )
    assert counts["orders"] >= 5_000
    assert 0.4 < counts["members"] / counts["orders"] < 0.8
    assert counts["stores"] >= 6
    assert counts["lines"] > 2


def test_every_order_of_the_shop_is_an_event_or_a_rejected_one(shop, query):
    orders = Counter(row["order_id"] for row in query(shop, "select order_id from raw.orders"))
    told = Counter(
        row["order_id"]
        for row in query(shop, "select order_id from capi_events union all select order_id from capi_rejected_events")
    )

    assert told == orders


def test_every_event_is_accepted_by_the_strictest_endpoint_and_counted_once(shop, query, runs):
    (events,) = query(shop, "select count(*) as n from capi_events")
    result, counted = runs[0]

    assert result["accepted"] == result["read"] == counted["counted"] == counted["received"] == events["n"] > 2_000
    assert counted["rejected_requests"] == 0


def test_a_second_send_makes_no_request(runs):
    (_, after_first), (second, after_second) = runs

    assert second["requests"] == 0
    assert second["already_known"] == second["read"]
    assert after_second == after_first


def test_what_was_delivered_is_shown_without_another_dbt_run_and_from_any_folder(shop, runs, query):
    assert Path.cwd() != shop.parent
    assert query(shop, "select distinct state from capi_delivery") == [{"state": "accepted"}]
    assert query(shop, "select count(*) as n from capi_delivery where accepted_at is null or fbtrace_id is null") == [
        {"n": 0}
    ]


def test_the_shares_of_each_day_and_store_are_those_of_the_payloads(shop, query):
    days: dict[tuple[date, str], list[set[str]]] = {}
    for row in query(shop, "select store_id, payload from capi_events"):
        event = json.loads(row["payload"])
        day = datetime.fromtimestamp(event["event_time"], UTC).date()
        days.setdefault((day, row["store_id"]), []).append(set(event["user_data"]))
    found = query(shop, "from capi_match_keys")

    assert len(found) == len(days) > 100
    for row in found:
        people = days[row.pop("event_date"), row.pop("store_id")]
        assert row.pop("events") == len(people)
        assert row.pop("strong_share") == pytest.approx(
            sum(bool(keys & STRONG) for keys in people) / len(people), abs=6e-5
        )
        for name, share in row.items():
            assert share == pytest.approx(
                sum(name.removesuffix("_share") in keys for keys in people) / len(people), abs=6e-5
            )


def test_no_model_that_is_stored_holds_a_raw_value(shop):
    """Names, addresses and phones from the raw tables appear in none of our tables; views hold nothing."""
    with duckdb.connect(str(shop), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall()
        found = [
            name
            for (name,) in tables
            if connection.execute(
                f"select 1 from {name} as t where cast(t as varchar) ilike '%@example.%' or cast(t as varchar) ilike '%7700 900%'"
            ).fetchone()
        ]
    assert found == []
    assert len(tables) > 8
