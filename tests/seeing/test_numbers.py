"""One shop, four ways to count it: the raw orders and the answers of the endpoint, capi_daily, status, report, and the ledger."""

import json
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from tests.seeing.conftest import DATASET, OTHER

PLACES = ("delivered", "pending", "held", "rejected", "expired", "withheld")


@pytest.fixture(scope="module")
def daily(week, query):
    return query(week.shop.warehouse, "select * from capi_daily")


def total(daily, name):
    return sum(row[name] for row in daily)


def test_every_order_is_counted_once_also_one_that_is_gone_or_has_no_time_value_or_currency(week, daily):
    assert total(daily, "orders") == len(week.orders) + 1  # R011 was delivered and is in no table any more
    assert total(daily, "orders") == sum(total(daily, place) for place in PLACES)
    assert total(daily, "orders_value") == sum(total(daily, f"{place}_value") for place in PLACES)
    assert total(daily, "events") == total(daily, "orders") - total(daily, "rejected_by_model")
    (undated,) = [row for row in daily if row["event_date"] is None]
    assert (undated["orders"], undated["rejected"], undated["orders_value"]) == (1, 1, Decimal("3.33"))
    assert sum(row["orders"] for row in daily if row["currency"] is None) == 2


def test_the_money_is_that_of_the_till(week, daily):
    """What Meta took is known from Meta's side, the value of an order from the till's."""
    counted = {
        (key.split(", ")[0], event["custom_data"]["order_id"]): event for key, event in week.meta.counted.items()
    }
    by_currency: dict[str, Decimal] = {}
    for event in counted.values():
        custom = event["custom_data"]
        by_currency[custom["currency"]] = by_currency.get(custom["currency"], Decimal(0)) + Decimal(
            str(custom["value"])
        )
    for currency, value in by_currency.items():
        assert sum(row["delivered_value"] for row in daily if row["currency"] == currency) == value
    assert set(by_currency) == {"EUR", "USD", "JPY"}
    assert total(daily, "held_value") == Decimal("15.00")
    assert total(daily, "expired_value") == Decimal("5.50")
    assert total(daily, "rejected_by_meta_value") == Decimal("6.60")
    assert total(daily, "pending_value") == Decimal("50.00")
    assert total(daily, "withdrawn_value") == Decimal("12.12") + Decimal("11.11")


def test_capi_daily_status_report_and_ledger_agree(week, daily, tmp_path):
    status = json.loads(week.run("status", "--json").out.splitlines()[-1])
    written = json.loads(week.run("report", "--json", "--output", str(tmp_path / "report.html")).out)
    with closing(sqlite3.connect(week.shop.ledger)) as ledger:
        in_ledger = dict(ledger.execute("select state, sum(n) from batches where state <> 'split' group by state"))
    window, before = (
        written["facts"]["totals"],
        written["facts"]["before"],
    )  # LATE will be older than the window in a while
    places = {place: [*window[place].values(), *before[place].values()] for place in window}
    shown = {place: sum(found["orders"] for found in places[place]) for place in places}
    never_sent = 2

    for state, name in (
        ("accepted", "delivered"),
        ("held", "held"),
        ("expired", "expired"),
        ("rejected", "rejected_by_meta"),
    ):
        assert total(daily, name) == status[state] == shown[state] == in_ledger[state] > 0, state
    assert total(daily, "pending") == shown["pending"] == status["pending"] + never_sent
    assert total(daily, "rejected_by_model") == shown["no event"] > 0
    assert total(daily, "delivered") == len(week.meta.counted)
    for place, name in (
        ("accepted", "delivered"),
        ("no event", "rejected_by_model"),
        ("pending", "pending"),
        ("held", "held"),
    ):
        assert sum(Decimal(found["value"]) for found in places[place]) == total(daily, f"{name}_value"), name


def test_capi_daily_follows_a_send_without_another_dbt_run(week, query):
    (found,) = query(week.shop.warehouse, "select count(*) as days from capi_daily where delivered > 0")
    assert found["days"] > 5
    fresh = query(week.shop.warehouse, "select * from capi_daily where delivered > 0 and store_id = 'paris'")
    assert sum(row["delivered_within_a_day"] for row in fresh) >= sum(row["delivered_within_an_hour"] for row in fresh)
    assert all(row["strong_share"] == 1 for row in fresh if row["strong_share"] is not None)
    assert all(row["mean_delay_seconds"] > 0 for row in fresh)


def test_what_meta_says_of_a_dataset_stands_beside_its_days(daily):
    shares = {row["dataset_id"]: row["meta_match_share"] for row in daily}

    assert shares[DATASET] == 0.75
    assert shares[OTHER] is None
