"""The recipes of examples/sources: an export, as its system writes it, gives exactly the events in expected.yml."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

import duckdb
import pytest
import yaml

from examples.sources.load import load

RECIPES = ["csv", "lightspeed", "loyverse", "shopify", "square", "woocommerce"]
AS_OF = "2026-11-24T06:00:00Z"


@pytest.fixture(scope="session")
def sources(tmp_path_factory, repository):
    """A copy of the recipes that dbt may write to, with the package installed."""
    folder = tmp_path_factory.mktemp("sources")
    shutil.copytree(
        repository / "examples" / "sources",
        folder,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("dbt_packages", "target", "logs", "__pycache__"),
    )
    (folder / "dbt_packages").mkdir()
    (folder / "dbt_packages" / "offline_capi").symlink_to(repository)
    for recipe in RECIPES:
        shutil.copy(folder / "profiles.yml", folder / recipe)
    return folder


@pytest.fixture(scope="module", params=RECIPES)
def built(request, sources, dbt, query):
    """A recipe built from its fixture: the expectation, the events, the reasons for rejected orders, and dbt's output."""
    project = sources / request.param
    database = project / "try.duckdb"
    with duckdb.connect(str(database)) as connection:
        for file in (project / "data").glob("*.csv"):
            load(connection, file.stem, file)
    finished = dbt("build", database=database, project=project, variables={"capi_as_of": AS_OF})
    expected = yaml.safe_load((project / "expected.yml").read_text())
    events = query(database, "from capi_events")
    reasons = {row["order_id"]: row["reason"] for row in query(database, "from capi_rejected_events")}
    return expected, {event["order_id"]: event for event in events}, reasons, finished.stdout


def hashed(value):
    return [hashlib.sha256(value.encode()).hexdigest()]


def test_an_export_gives_the_expected_events_and_no_other(built):
    expected, events, *_ = built

    assert events.keys() == expected["events"].keys()
    for order, event in events.items():
        payload = json.loads(event["payload"])
        wanted = expected["events"][order]
        assert payload["event_time"] == wanted["at"].timestamp(), order
        assert payload["user_data"] == {field: hashed(value) for field, value in wanted["person"].items()}, order
        custom = payload["custom_data"]
        assert (custom["value"], custom["currency"]) == (wanted["value"], wanted["currency"]), order
        lines = [[line["id"], line["quantity"], line["item_price"]] for line in custom["contents"]]
        assert lines == wanted["contents"], order


def test_every_other_order_is_rejected_for_the_expected_reason_or_left_out_by_the_recipe(built):
    expected, events, reasons, _ = built

    assert reasons == expected["rejected"]
    assert not {*expected["left_out"]} & {*events, *reasons}


def test_a_recipe_builds_without_a_warning_about_its_columns_or_keys(built):
    warned = [line for line in built[3].splitlines() if "offline_capi:" in line or "Warning in" in line]

    expected = (
        "neither orders nor customers has a column marketing_consent",
        "capi_delivery shows every event as pending",
    )
    assert [line for line in warned if not any(part in line for part in expected)] == []


def try_files(repository, **environment):
    """`make try`, as make runs it."""
    return subprocess.run(
        [sys.executable, "-m", "examples.sources.try_files"],
        cwd=repository,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("environment", "part"),
    [
        ({}, "name the exported files"),
        ({"DATA": "nowhere.csv"}, "there is no file nowhere.csv"),
        ({"DATA": "{folder}"}, "has no CSV or Parquet file"),
        ({"DATA": "{folder}/orders.xlsx"}, "is a spreadsheet; save it as CSV"),
        (
            {"DATA": "{file}", "RECIPE": "clover"},
            "there is no recipe clover; the recipes are lightspeed, loyverse, shopify",
        ),
        ({"DATA": "{file}", "RECIPE": "square"}, "no file has the columns of square. It reads customers: Reference ID"),
        ({"DATA": "{file} {file}.csv"}, "so name the table of each file, such as DATA='orders="),
        ({"DATA": "clients={file}"}, "the tables are orders, order_items, customers, stores"),
        ({"DATA": "customers={file}"}, "none of the files is orders"),
        ({"DATA": "{file}", "VARS": "capi_default_country"}, "VARS must be a mapping"),
        ({"DATA": "{file}", "VARS": "{a: "}, "VARS is not YAML"),
    ],
)
def test_a_mistake_with_make_try_is_one_line_that_says_what_to_do(tmp_path, repository, environment, part):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "orders.xlsx").write_text("")
    for name in ("sale", "sale.csv"):
        (tmp_path / name).write_text("Order No,Sold At\n1,2026-11-20 10:00:00\n")
    names = {"{folder}": tmp_path / "empty", "{file}": tmp_path / "sale"}
    for name, place in names.items():
        environment = {key: value.replace(name, str(place)) for key, value in environment.items()}
    finished = try_files(repository, **environment)

    assert finished.returncode == 2
    assert part in " ".join(finished.stdout.split())
    assert "Traceback" not in finished.stdout + finished.stderr


def test_make_try_finds_the_recipe_and_shows_where_the_orders_went(repository):
    data = repository / "examples" / "sources" / "woocommerce" / "data"
    finished = try_files(repository, DATA=str(data), VARS=json.dumps({"capi_as_of": AS_OF}), COLUMNS="200")

    assert finished.returncode == 0, finished.stdout
    for part in ("Recipe: woocommerce", "status_unknown", "wc-preparing", "100% of 2 events have an e-mail"):
        assert part in finished.stdout


def test_make_try_says_in_one_round_all_that_has_to_be_said_of_columns_with_names_of_their_own(repository, tmp_path):
    """A till in Tokyo: names, currency, zone, mark and clock are told at once, and a file that is not in UTF-8 is not taken for one."""
    sales = '取引番号,取引日,時刻,合計金額,店舗コード,会員番号,取引区分\nT1,20/11/2026,10:15,"￥1,200",S1,M1,売上\n'
    members = "会員番号,姓,名,メールアドレス,電話番号,生年月日,メルマガ\nM1,佐藤,花子,hanako@rei.example,090-1234-5678,1985年1月1日,同意する\n"
    (tmp_path / "sales.csv").write_text(sales)
    (tmp_path / "members.csv").write_text(members)
    (tmp_path / "till.csv").write_bytes(members.encode("cp932"))
    place = str(tmp_path)

    finished = try_files(repository, DATA=f"orders={place}/sales.csv customers={place}/members.csv")
    other = try_files(repository, DATA=f"orders={place}/sales.csv customers={place}/till.csv")

    assert finished.returncode == other.returncode == 2
    for part in (
        'orders: {order_id: "取引番号", ordered_at: "取引日", total: "合計金額", store_id: "店舗コード", customer_id: "会員番号", status: "取引区分"}',
        'customers: {customer_id: "会員番号", last_name: "姓", first_name: "名", email: "メールアドレス", phone: "電話番号"',
        "The day comes first in `取引日` (20/11/2026): also set capi_date_order: dmy",
        "If `時刻` has the time of day that `取引日` lacks, name in capi_orders_model",
        "Decimals or thousands, in `合計金額` (￥1,200)? Also set capi_decimal_mark",
        "add a column `currency` to orders or stores",
        "also set capi_default_time_zone",
    ):
        assert part in finished.stdout
    assert "till.csv is not in UTF-8" in other.stdout
    assert "iconv -f CP932" in other.stdout
