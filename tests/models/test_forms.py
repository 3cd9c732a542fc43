"""The forms in which shops write statuses and amounts, and what each becomes: one order per form, all in three real dbt builds."""

import json
from decimal import Decimal

import pytest

from scripts import generate_time_zones
from tests.models.forms.amounts import AMOUNTS, CURRENCIES, LINES
from tests.models.forms.statuses import OWN_STATUSES, REFUNDED, SETTINGS, STATUSES
from tests.models.forms.times import TIMES
from tests.models.forms.zones import ZONES

VARIABLES = {
    "capi_as_of": "2026-11-24T06:00:00Z",
    "capi_dataset_id": "1001",
    "capi_use_customers": False,
}
SALE = {
    "ordered_at": "2026-11-20T10:00:00Z",
    "total": "12",
    "currency": "EUR",
    "email": "ann@example.com",
    "status": None,
    "refunded": None,
    "store_id": None,
}


@pytest.fixture(scope="module")
def judge(tmp_path_factory, dbt, write_raw, query):
    """Builds orders that each differ from a plain sale, by kind. Returns what became of each, in the same order: a row of events or of
    rejected events, and what was dropped from it."""

    def build(forms, **variables):
        database = tmp_path_factory.mktemp("forms") / "shop.duckdb"
        orders = [
            SALE | {"order_id": f"{kind} {number}"} | order
            for kind, of_kind in forms.items()
            for number, order in enumerate(of_kind)
        ]
        lines = [
            {"order_id": f"lines {number}", "product_id": "A", "quantity": quantity, "unit_price": price}
            for number, (quantity, price) in enumerate(LINES)
        ]
        stores = [{"store_id": "paris", "time_zone": "Europe/Paris"}]
        stores += [{"store_id": f"zone {number}", "time_zone": name} for number, name in enumerate(ZONES)]
        write_raw(database, orders=orders, order_items=lines, stores=stores)
        dbt("run", database=database, variables=VARIABLES | variables)
        found = query(database, "from capi_rejected_events") + query(database, "from capi_events")
        rows = {row["order_id"]: row | {"dropped": []} for row in found}
        for row in query(database, "from capi_dropped_values"):
            rows[row["order_id"]]["dropped"].append(row["reason"])
        return {kind: [rows[f"{kind} {number}"] for number, _ in enumerate(of_kind)] for kind, of_kind in forms.items()}

    return build


# What three builds see, each with different settings.
AMOUNTS_AND_TIMES = {
    "amounts": [{"total": total, "currency": currency} for total, currency in AMOUNTS],
    "times": [{"ordered_at": text, "store_id": "paris"} for text in TIMES],
}


@pytest.fixture(scope="module")
def plain(judge):
    """What becomes of every form without any setting."""
    return judge(
        {
            "statuses": [{"status": status} for status in STATUSES],
            "refunded": [{"status": status, "total": total, "refunded": amount} for status, total, amount in REFUNDED],
            **AMOUNTS_AND_TIMES,
            "currencies": [{"currency": currency} for currency in CURRENCIES],
            "lines": [{} for _ in LINES],
            "zones": [
                {"store_id": f"zone {number}", "ordered_at": "2026-11-20 10:00:00"} for number, _ in enumerate(ZONES)
            ],
        }
    )


@pytest.fixture(scope="module")
def points(judge):
    """What becomes of amounts with a point and dates with the day first, and of the statuses in the shop's own settings."""
    forms = AMOUNTS_AND_TIMES | {"statuses": [{"status": word} for word in OWN_STATUSES]}
    return judge(forms, capi_decimal_mark=".", capi_date_order="dmy", **SETTINGS)


@pytest.fixture(scope="module")
def commas(judge):
    """What becomes of amounts with a comma and dates with the month first."""
    return judge(AMOUNTS_AND_TIMES, capi_decimal_mark=",", capi_date_order="mdy")


def told(forms, rows, column=None):
    """What became of each form: the reason why it is not sent, else the column."""
    return {form: row.get("reason") or (column and row[column]) for form, row in zip(forms, rows, strict=True)}


def test_a_status_is_a_sale_or_rejected_for_what_it_says_in_any_language_and_system(plain):
    assert told(STATUSES, plain["statuses"]) == STATUSES


def test_a_shop_says_itself_what_its_statuses_mean(points):
    assert told(OWN_STATUSES, points["statuses"]) == OWN_STATUSES


def test_what_was_given_back_is_taken_off_the_value_and_never_guessed(plain):
    expected = {form: Decimal(value) if value[0].isdigit() else value for form, value in REFUNDED.items()}

    assert told(REFUNDED, plain["refunded"], "value") == expected


@pytest.mark.parametrize(("place", "setting"), [(0, "plain"), (1, "points"), (2, "commas")])
def test_an_amount_is_read_where_it_can_mean_one_thing_only(place, setting, request):
    rows = request.getfixturevalue(setting)["amounts"]
    found = {
        form: f"{value.normalize():f}" if isinstance(value, Decimal) else value
        for form, value in told(AMOUNTS, rows, "value").items()
    }

    assert found == {form: results[place] for form, results in AMOUNTS.items()}


def test_a_currency_is_a_code_in_any_case_but_that_of_minor_units(plain):
    assert told(CURRENCIES, plain["currencies"], "currency") == CURRENCIES


def test_quantities_and_prices_are_read_as_totals_are(plain):
    found = {}
    for form, row in zip(LINES, plain["lines"], strict=True):
        (content,) = json.loads(row["payload"], parse_float=str, parse_int=str)["custom_data"].get("contents", [{}])
        reasons = iter(row["dropped"])
        found[form] = (content.get("quantity") or next(reasons), content.get("item_price") or next(reasons, None))

    assert found == LINES


@pytest.mark.parametrize(("place", "setting"), [(0, "plain"), (1, "points"), (2, "commas")])
def test_a_time_is_read_where_it_can_mean_one_moment_only(place, setting, request):
    rows = request.getfixturevalue(setting)["times"]
    # Whether a time is within the window is another question.
    found = {
        text: row["event_time"] if row.get("reason") in (None, "too_old", "in_the_future") else row["reason"]
        for text, row in zip(TIMES, rows, strict=True)
    }

    assert found == {text: results[place] for text, results in TIMES.items()}


def test_a_zone_is_a_name_of_iana_windows_or_rails_and_no_abbreviation_or_offset(plain):
    assert told(ZONES, plain["zones"], "event_time") == ZONES


def test_the_model_of_time_zones_is_what_the_locked_packages_give():
    assert generate_time_zones.MODEL.read_text() == generate_time_zones.model()


def test_only_these_words_mean_different_things_in_different_systems(tmp_path, dbt, write_raw, query):
    database = write_raw(tmp_path / "shop.duckdb", orders=[SALE | {"order_id": "1"}])
    dbt("run", "--select", "int_capi__statuses", database=database, variables=VARIABLES)
    rows = query(
        database,
        """select status_key, list(distinct meaning) as meanings from int_capi__statuses
        group by status_key having len(meanings) > 1""",
    )

    assert {row["status_key"] for row in rows} == {"approved", "closed", "open", "sent"}
