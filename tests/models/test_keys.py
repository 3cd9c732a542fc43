"""What joins the raw tables: ids written differently in two of them, ids of nobody; and what does not join is reported."""

import json
from typing import Any

import pytest

NOW = "2026-11-24T06:00:00Z"
SALE = {"ordered_at": "2026-11-20 10:00:00", "total": "12.50", "store_id": "paris", "email": "guest@example.com"}

# as in the order -> as in the other table
SAME = {
    "1001.0": "1001",
    "1002": "1002.00",
    "c-ABC": "c-ABC   ",
    " c3": "c3\t",
    "c4\r": "c4",
    "\ufeffc5": "c5",
    "c\u00e16": "ca\u03016",
    '"c7"': "c7",
    '["c8"]': "c8",
    "[c9]": "[ 'c9' ]",
    "'00110": "00110",
    '="00111"': "00111",
    "\u200bc12": "c12",
    "n13": " n13",
    "U14": "U14\u00a0",
    "c 15": "c 15 ",
    "(16)": "(16) ",
    "7b1c7e3a-0000-4000-8000-0000000000fe": "7b1c7e3a-0000-4000-8000-0000000000fe ",
}
OTHER = {"007": "7", "c-AbD": "c-aBd", "20.5": "20", "x\u00a0y": "x y", "9007199254740993.0": "9007199254740993"}
NOBODY = [
    "0", "00", "-1", "-99", "0.0", "guest", "Guest", "GUEST CHECKOUT", "anonymous", "walk-in", "Walk in", "walk_in", "walkin", "Walk-In Customer",
    "Laufkunde", "consumidor final", "гость", "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "our own guest",
    "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
]  # fmt: skip
SOMEBODY = ["10", "100", "-12", "guest7", "1000000", "a-0", "cash-7", "10000000-0000-0000-0000-000000000000"]
MISSING = ["n/a", "NULL", " ", "nan", '"null"', "#N/A"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory, dbt, write_raw, query):
    stores = [{"store_id": "paris", "time_zone": "Europe/Paris", "currency": "EUR"}]
    customers: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    orders: list[dict[str, Any]] = []
    for here, there in (SAME | OTHER).items():
        orders.append(SALE | {"order_id": f"customer {here!r}", "customer_id": here})
        orders.append(SALE | {"order_id": f"store {here!r}", "store_id": here})
        orders.append(SALE | {"order_id": here, "event_id": f"lines {here!r}"})
        customers.append({"customer_id": there, "first_name": "Ada"})
        stores.append({"store_id": there, "time_zone": "Europe/Paris", "currency": "EUR"})
        items.append({"order_id": there, "product_id": "A"})
    for word in NOBODY + SOMEBODY:
        orders.append(SALE | {"order_id": f"somebody {word}", "customer_id": word})
        orders.append(SALE | {"order_id": f"external {word}", "external_id": word})
        customers.append({"customer_id": word, "email": "till@example.com"})
    for word in MISSING:
        orders.append(SALE | {"order_id": f"missing {word!r}", "customer_id": word})
    orders.append(SALE | {"order_id": "no store", "store_id": None, "currency": "EUR"})
    orders.append(SALE | {"order_id": "unknown zone", "store_id": "mars"})
    stores.append({"store_id": "mars", "time_zone": "Mars/Olympus", "currency": "EUR"})
    database = tmp_path_factory.mktemp("keys") / "shop.duckdb"
    write_raw(database, orders=orders, order_items=items, customers=customers, stores=stores)
    variables = {
        "capi_as_of": NOW,
        "capi_dataset_id": 1,
        "capi_default_time_zone": "Europe/Berlin",
        "capi_ids_of_nobody": ["Our own guest"],
    }
    finished = dbt("run", database=database, variables=variables)
    events = query(database, "from capi_events")
    return {
        "payloads": {row["order_id"]: json.loads(row["payload"]) for row in events},
        "rejected": {row["order_id"]: row["reasons"] for row in query(database, "from capi_rejected_events")},
        "dropped": {
            (row["order_id"], row["field"], row["reason"]) for row in query(database, "from capi_dropped_values")
        },
        "by_event_id": {
            json.loads(row["payload"]).get("event_id"): (row["order_id"], json.loads(row["payload"])) for row in events
        },
        "printed": finished.stdout,
        "database": database,
    }


@pytest.mark.parametrize("here", SAME)
def test_one_id_written_in_two_ways_joins_in_every_table(here, shop):
    assert "fn" in shop["payloads"][f"customer {here!r}"]["user_data"]
    assert (f"customer {here!r}", "customer_id", "customer_not_found") not in shop["dropped"]
    assert f"store {here!r}" in shop["payloads"]
    order_id, payload = shop["by_event_id"][f"lines {here!r}"]
    assert payload["custom_data"]["content_ids"] == ["A"]
    assert payload["custom_data"]["order_id"] == order_id


@pytest.mark.parametrize("here", OTHER)
def test_two_ids_that_may_be_two_do_not_join_and_it_is_told(here, shop):
    assert "fn" not in shop["payloads"][f"customer {here!r}"]["user_data"]
    assert (f"customer {here!r}", "customer_id", "customer_not_found") in shop["dropped"]
    assert shop["rejected"][f"store {here!r}"] == ["store_unknown", "currency_missing"]
    assert "contents" not in shop["by_event_id"][f"lines {here!r}"][1]["custom_data"]


def test_an_order_id_that_was_a_float_is_sent_as_the_number(shop):
    assert shop["by_event_id"]["lines '1001.0'"][0] == "1001"


@pytest.mark.parametrize("word", NOBODY)
def test_an_id_of_nobody_is_no_customer_and_no_external_id(word, shop):
    assert set(shop["payloads"][f"somebody {word}"]["user_data"]) == {"em"}
    assert set(shop["payloads"][f"external {word}"]["user_data"]) == {"em"}
    assert not [row for row in shop["dropped"] if row[0] in (f"somebody {word}", f"external {word}")]


@pytest.mark.parametrize("word", SOMEBODY)
def test_an_id_that_only_resembles_one_is_somebody(word, shop):
    assert len(shop["payloads"][f"somebody {word}"]["user_data"]["em"]) == 2
    assert "external_id" in shop["payloads"][f"somebody {word}"]["user_data"]
    assert "external_id" in shop["payloads"][f"external {word}"]["user_data"]


@pytest.mark.parametrize("word", MISSING)
def test_a_word_for_a_missing_id_is_none(word, shop):
    assert set(shop["payloads"][f"missing {word!r}"]["user_data"]) == {"em"}


def test_an_order_of_no_store_takes_the_defaults(shop):
    assert shop["payloads"]["no store"]["event_time"] == 1795165200


def test_the_default_zone_does_not_stand_in_for_one_that_is_not_known(shop):
    assert shop["rejected"]["unknown zone"] == ["time_zone_unknown"]


def test_defaults_stand_in_for_an_unknown_store_where_the_shop_says_so(shop, dbt, query):
    variables = {"capi_as_of": NOW, "capi_dataset_id": 1, "capi_default_time_zone": "Europe/Berlin"}
    dbt("run", database=shop["database"], variables=variables | {"capi_store_when_unknown": "defaults"})
    rows = query(shop["database"], "select reason from capi_rejected_events where order_id = 'store ''007'''")

    assert rows == [{"reason": "currency_missing"}]


def test_lines_of_no_order_are_counted_in_a_build(shop, dbt):
    finished = dbt(
        "test", "-s", "warn_of_lines_without_an_order", database=shop["database"], variables={"capi_as_of": NOW}
    )

    assert "WARN" in finished.stdout
