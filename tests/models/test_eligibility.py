"""Which orders become events, and why the others do not: one order per rule, all in one real dbt build."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())
DAY = 86_400
SALE = {"ordered_at": "2026-11-20 10:00:00", "total": "12.50", "store_id": "paris", "customer_id": "ann"}

STORES = [
    {
        "store_id": "paris",
        "time_zone": "Europe/Paris",
        "currency": "eur",
        "country": "FR",
        "dataset_id": "100000000000001",
    },
    {
        "store_id": "york",
        "time_zone": "America/New_York",
        "currency": "USD",
        "country": "US",
        "dataset_id": "100000000000002",
    },
    {"store_id": "sydney", "time_zone": "Australia/Sydney", "currency": "AUD", "country": "AU"},
    {"store_id": "nowhere", "currency": "EUR", "country": "FR"},
    {"store_id": "mars", "time_zone": "Mars/Olympus", "currency": "EUR"},
    {"store_id": "bare", "time_zone": "Europe/Paris"},
    {"store_id": "test till", "time_zone": "Europe/Paris", "currency": "EUR"},
    {"store_id": "badset", "time_zone": "Europe/Paris", "currency": "EUR", "dataset_id": "12/34"},
]
CUSTOMERS = [
    {"customer_id": "ann", "email": "ann@example.com", "marketing_consent": "true"},
    {"customer_id": "denied", "email": "denied@example.com", "marketing_consent": "false"},
    {"customer_id": "silent", "email": "silent@example.com"},
    {
        "customer_id": "ldu",
        "email": "ldu@example.com",
        "marketing_consent": "yes",
        "limited_data_use": "true",
        "state": "CA",
        "country": "US",
    },
    {"customer_id": "odd ldu", "email": "odd@example.com", "marketing_consent": "yes", "limited_data_use": "perhaps"},
]

# name of the order -> (what differs from a plain sale, expected reason or None for an event)
CASES: dict[str, tuple[dict[str, str | None], str | None]] = {
    "plain": ({}, None),
    "zero total": ({"total": "0"}, None),
    "negative total": ({"total": "-3.00"}, "refund"),
    "refunded": ({"status": "Refunded"}, "refund"),
    "cancelled": ({"status": "CANCELLED"}, "cancelled"),
    "cancelled american": ({"status": "canceled"}, "cancelled"),
    "draft": ({"status": "draft"}, "not_a_sale"),
    "completed": ({"status": "completed"}, None),
    "test store": ({"store_id": "test till"}, "test_store"),
    "consent denied": ({"customer_id": "denied"}, "consent_denied"),
    "consent unknown": ({"customer_id": "silent"}, "consent_unknown"),
    "unclear limited data use": ({"customer_id": "odd ldu"}, "limited_data_use_unclear"),
    "unclear opt-out": ({"opt_out": "perhaps"}, "opt_out_unclear"),
    "unclear consent": ({"customer_id": None, "email": "x@example.com", "marketing_consent": "?!"}, "consent_unclear"),
    "empty time": ({"ordered_at": " "}, "time_missing"),
    "negative time": ({"ordered_at": "-5"}, "time_not_readable"),
    "the year 1970": ({"ordered_at": "1970-01-01 00:00:00"}, "too_old"),
    "no time": ({"ordered_at": None}, "time_missing"),
    "milliseconds": ({"ordered_at": "1795168800000"}, "time_in_milliseconds"),
    "microseconds": ({"ordered_at": "1795168800000000"}, "time_in_milliseconds"),
    "spreadsheet serial": ({"ordered_at": "46346.4167"}, "time_is_spreadsheet_serial"),
    "date alone": ({"ordered_at": "2026-11-20"}, "time_without_clock"),
    "local notation": ({"ordered_at": "20/11/2026 10:00"}, "time_not_readable"),
    "ambiguous date": ({"ordered_at": "11/10/2026 10:00"}, "time_not_readable"),
    "thirtieth of February": ({"ordered_at": "2026-02-30 10:00:00"}, "time_not_readable"),
    "no zone": ({"store_id": "nowhere"}, "time_zone_missing"),
    "unknown zone": ({"store_id": "mars"}, "time_zone_unknown"),
    "no zone but an offset": ({"store_id": "nowhere", "ordered_at": "2026-11-20T10:00:00+01:00"}, None),
    "epoch seconds": ({"ordered_at": str(EPOCH - DAY)}, None),
    "iso utc": ({"ordered_at": "2026-11-20T09:00:00Z"}, None),
    "typed timestamp with zone": ({"ordered_at": "2026-11-20 09:00:00+00"}, None),
    "fraction of a second": ({"ordered_at": "2026-11-20 10:00:00.987"}, None),
    "a minute ahead": ({"ordered_at": str(EPOCH + 60)}, None),
    "over a minute ahead": ({"ordered_at": str(EPOCH + 61)}, "in_the_future"),
    "62 days old": ({"ordered_at": str(EPOCH - 62 * DAY)}, None),
    "over 62 days old": ({"ordered_at": str(EPOCH - 62 * DAY - 1)}, "too_old"),
    "website, 7 days old": ({"ordered_at": str(EPOCH - 7 * DAY), "action_source": "website"}, None),
    "website, over 7 days old": ({"ordered_at": str(EPOCH - 7 * DAY - 1), "action_source": "website"}, "too_old"),
    "bad dataset": ({"store_id": "badset"}, "dataset_invalid"),
    "own dataset": ({"dataset_id": "100000000000009"}, None),
    "standard name in odd case": ({"event_name": "add_to_cart"}, None),
    "custom name": ({"event_name": "Fitting booked"}, None),
    "name too long": ({"event_name": "x" * 51}, "event_name_invalid"),
    "unknown action source": ({"action_source": "till"}, "action_source_unknown"),
    "no total": ({"total": None}, "value_missing"),
    "another currency's sign": ({"total": "$12"}, "value_in_another_currency"),
    "comma total": ({"total": "1.234,56"}, None),
    "text total": ({"total": "twelve"}, "value_not_a_number"),
    "infinite total": ({"total": "Infinity"}, "value_not_a_number"),
    "overflowing total": ({"total": "1e309"}, "value_not_a_number"),
    "number too large": ({"total": "1e99"}, "value_not_a_number"),
    "not a number at all": ({"total": "NaN"}, "value_not_a_number"),
    "currency with a sign": ({"currency": "US$"}, "currency_unknown"),
    "no currency of any country": ({"currency": "XXX"}, "currency_unknown"),
    "five thousand lines": ({}, None),
    "hour that repeats": ({"ordered_at": "2026-10-25 02:30:00"}, None),
    "hour that does not exist": ({"ordered_at": "2026-10-04 02:30:00", "store_id": "sydney"}, None),
    "no currency": ({"store_id": "bare"}, "currency_missing"),
    "unknown currency": ({"currency": "EURO"}, "currency_unknown"),
    "nobody": ({"customer_id": None, "marketing_consent": "yes"}, "no_match_keys"),
    "only a city": (
        {"customer_id": None, "marketing_consent": "yes", "city": "Lyon", "country": "FR"},
        "match_keys_too_broad",
    ),
    "only a first name": (
        {"customer_id": None, "marketing_consent": "yes", "first_name": "Ada"},
        "match_keys_too_broad",
    ),
    "last name and gender": (
        {"customer_id": None, "marketing_consent": "yes", "last_name": "Byron", "gender": "f"},
        "match_keys_too_broad",
    ),
    "first name and gender": (
        {"customer_id": None, "marketing_consent": "yes", "first_name": "Ada", "gender": "f"},
        "match_keys_too_broad",
    ),
    "only a birth date": (
        {"customer_id": None, "marketing_consent": "yes", "date_of_birth": "1990-12-31"},
        "match_keys_too_broad",
    ),
    "both names": ({"customer_id": None, "marketing_consent": "yes", "first_name": "Ada", "last_name": "Byron"}, None),
    "first name and postcode": (
        {"customer_id": None, "marketing_consent": "yes", "first_name": "Ada", "postal_code": "75018", "country": "FR"},
        None,
    ),
    "birth date and postcode": (
        {"customer_id": None, "marketing_consent": "yes", "date_of_birth": "1990-12-31", "postal_code": "75018"},
        None,
    ),
    "guest": ({"customer_id": None, "marketing_consent": "yes", "email": "guest@example.com"}, None),
    "guest without consent": ({"customer_id": None, "email": "guest@example.com"}, "consent_unknown"),
    "sql in the tag": ({"upload_tag": "'; drop table orders; --"}, None),
    "limited data use": ({"customer_id": "ldu"}, None),
    "huge": ({"event_id": "x" * 300_000}, "event_too_large"),
    "everything at once": (
        {
            "status": " Cancelled ",
            "total": "-3",
            "currency": "XXX",
            "store_id": "badset",
            "customer_id": "denied",
            "opt_out": "perhaps",
            "ordered_at": "2026-08-01 10:00:00",
            "action_source": "till",
        },
        "cancelled",
    ),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory, dbt, write_raw):
    orders = [SALE | {"order_id": name} | changes for name, (changes, _) in CASES.items()]
    twice = SALE | {"order_id": "twice"}
    conflict = SALE | {"order_id": "conflict"}
    lines = SALE | {"order_id": "lines"}
    moved = SALE | {"order_id": "moved"}
    orders += [
        twice,
        twice,
        twice,
        conflict,
        conflict | {"total": "99"},
        lines | {"item_number": "1"},
        lines | {"item_number": "2"},
    ]
    item = SALE | {"order_id": "same item", "item_number": "1"}
    orders += [item, item | {"total": "99"}]
    orders += [moved, moved | {"ordered_at": "2026-11-20 11:00:00"}]
    # A receipt without a number: to Meta the same person in the same second is one purchase, in another second another one.
    anonymous = SALE | {"order_id": None, "customer_id": None, "marketing_consent": "yes"}
    orders += [anonymous | {"email": "x@example.com"}, anonymous | {"email": " X@Example.com "}]
    orders += [
        anonymous | {"email": "y@example.com"},
        anonymous | {"email": "y@example.com", "ordered_at": "2026-11-20 10:00:01"},
    ]
    orders += [
        anonymous | {"customer_id": somebody, "ordered_at": "2026-11-20 10:00:02"} for somebody in ("ann", "ldu")
    ]
    items = [
        {
            "order_id": "plain",
            "product_id": "B",
            "quantity": "1",
            "unit_price": "2.5",
            "title": 'A "quoted" </script>\n😀',
        },
        {"order_id": "plain", "product_id": "A", "quantity": "2", "unit_price": "5.00"},
        {"order_id": "plain", "product_id": "C", "quantity": "1.5", "unit_price": "1"},
        {
            "order_id": "zero total",
            "product_id": "A",
            "quantity": "1",
            "unit_price": "-1",
            "delivery_category": "drone",
        },
    ]
    items += [{"order_id": "five thousand lines", "product_id": f"product {number:040}"} for number in range(5_000)]
    database = tmp_path_factory.mktemp("eligibility") / "shop.duckdb"
    write_raw(database, orders=orders, order_items=items, customers=CUSTOMERS, stores=STORES)
    dbt(
        "run",
        database=database,
        variables={
            "capi_as_of": NOW.isoformat(),
            "capi_test_stores": ["test till"],
            "capi_dataset_id": "100000000000003",
        },
    )
    return database


@pytest.fixture(scope="module")
def events(shop, query):
    return query(shop, "from capi_events")


@pytest.fixture(scope="module")
def payloads(events):
    return {event["order_id"]: json.loads(event["payload"]) for event in events}


@pytest.fixture(scope="module")
def rejected(shop, query):
    return query(shop, "from capi_rejected_events")


@pytest.mark.parametrize("name", CASES)
def test_an_order_is_sent_or_rejected_for_its_reason(name, events, rejected):
    expected = CASES[name][1]
    reasons = [row["reason"] for row in rejected if row["order_id"] == name]

    assert reasons == ([] if expected is None else [expected])
    assert sum(event["order_id"] == name for event in events) == (expected is None)


def test_every_order_is_in_exactly_one_of_the_two_tables(shop, query, events, rejected):
    (orders,) = query(shop, "select count(*) as n from raw.orders")

    assert orders["n"] == len(events) + len(rejected)


def test_all_reasons_that_hold_are_told_in_the_order_of_judgement(shop, query, rejected):
    priorities = {row["reason"]: row["priority"] for row in query(shop, "from int_capi__rejection_reasons")}
    many = next(row for row in rejected if row["order_id"] == "everything at once")

    assert many["reasons"] == [
        "cancelled", "refund", "consent_denied", "opt_out_unclear", "dataset_invalid", "action_source_unknown", "too_old",
        "currency_unknown",
    ]  # fmt: skip
    for row in rejected:
        assert row["reason"] == row["reasons"][0]
        assert row["reasons"] == sorted(set(row["reasons"]), key=priorities.__getitem__)


def test_a_rejected_order_shows_the_sale_that_is_not_sent(rejected):
    row = next(row for row in rejected if row["order_id"] == "everything at once")
    facts = ("store_id", "customer_id", "status", "ordered_at", "event_name", "event_time", "value", "currency")

    assert [row[fact] for fact in facts] == [
        "badset", "denied", " Cancelled ", "2026-08-01 10:00:00", "Purchase", 1785571200, Decimal("-3.000"), None,
    ]  # fmt: skip


def test_an_event_shows_its_value_and_moment_as_the_payload_has_them(events):
    for event in events:
        payload = json.loads(event["payload"])
        assert event["event_at"] == datetime.fromtimestamp(payload["event_time"], UTC).replace(tzinfo=None)
        custom = payload["custom_data"]
        assert event["currency"] == custom.get("currency")
        assert event["value"] == (Decimal(str(custom["value"])) if "value" in custom else None)


def test_every_reason_comes_with_a_remedy(rejected):
    assert all(row["remedy"] for row in rejected)


def test_identical_rows_are_one_event_and_the_copies_are_accounted_for(events, rejected):
    assert sum(event["order_id"] == "twice" for event in events) == 1
    assert [row["reason"] for row in rejected if row["order_id"] == "twice"] == ["duplicate_row"] * 2


def test_rows_that_share_a_key_but_differ_are_all_rejected(events, rejected):
    assert not [event for event in events if event["order_id"] == "conflict"]
    assert [row["reason"] for row in rejected if row["order_id"] == "conflict"] == ["conflicting_duplicate"] * 2


def test_item_numbers_tell_the_events_of_one_order_apart(events):
    assert sorted(event["item_number"] for event in events if event["order_id"] == "lines") == ["1", "2"]


def test_an_item_number_that_repeats_with_other_facts_is_rejected(rejected):
    assert [row["reason"] for row in rejected if row["order_id"] == "same item"] == ["conflicting_duplicate"] * 2


def test_an_hour_that_repeats_is_the_later_one_and_one_that_does_not_exist_moves_on_and_both_are_flagged(events):
    found = {event["order_id"]: event for event in events}
    repeated, skipped = found["hour that repeats"], found["hour that does not exist"]

    assert repeated["time_note"] == "repeated_hour"
    assert repeated["event_time"] == datetime(2026, 10, 25, 1, 30, tzinfo=UTC).timestamp()
    assert skipped["time_note"] == "skipped_hour"
    assert skipped["event_time"] == datetime(2026, 10, 3, 16, 30, tzinfo=UTC).timestamp()
    assert found["plain"]["time_note"] is None


def test_an_order_at_two_times_needs_item_numbers(rejected):
    assert [row["reason"] for row in rejected if row["order_id"] == "moved"] == ["order_id_repeated"] * 2


def test_without_an_order_id_the_same_person_in_the_same_second_shares_a_key(events, rejected):
    anonymous = [event for event in events if event["order_id"] is None]

    assert (
        len({event["event_key"] for event in anonymous}) == len(anonymous) == 4
    )  # y, y a second later, ann and silent
    assert [row["reason"] for row in rejected if row["order_id"] is None] == ["conflicting_duplicate"] * 2


def test_local_time_takes_the_zone_of_the_store(payloads):
    assert payloads["plain"]["event_time"] == int(datetime(2026, 11, 20, 9, 0, tzinfo=UTC).timestamp())
    same = ("iso utc", "typed timestamp with zone", "no zone but an offset", "fraction of a second")
    assert {payloads[name]["event_time"] for name in same} == {payloads["plain"]["event_time"]}


def test_names_take_metas_spelling_and_custom_ones_stay(payloads):
    assert payloads["standard name in odd case"]["event_name"] == "AddToCart"
    assert payloads["custom name"]["event_name"] == "Fitting booked"


def test_an_event_goes_to_the_dataset_of_its_order_else_of_its_store(events):
    datasets = {event["order_id"]: event["dataset_id"] for event in events}

    assert datasets["own dataset"] == "100000000000009"
    assert datasets["plain"] == "100000000000001"
    assert datasets["no zone but an offset"] == "100000000000003"


def test_the_payload_is_what_the_sale_was(payloads):
    custom = payloads["plain"]["custom_data"]

    assert custom["value"] == 12.5
    assert custom["currency"] == "EUR"
    assert custom["order_id"] == "plain"
    assert custom["content_ids"] == ["A", "B"]
    assert custom["contents"] == [
        {"id": "A", "quantity": 2, "item_price": 5},
        {"id": "B", "quantity": 1, "item_price": 2.5, "title": 'A "quoted" </script>\n😀'},
    ]


def test_no_payload_holds_a_null_or_an_empty_list(events):
    def values(node):
        yield node
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        for child in children:
            yield from values(child)

    for event in events:
        assert all(value not in (None, [], {}, "") for value in values(json.loads(event["payload"])))


def test_a_value_left_out_is_listed_without_the_value(shop, query):
    rows = query(shop, "from capi_dropped_values where field like 'contents%'")
    listed = {(row["order_id"], row["field"], row["reason"]) for row in rows}

    assert listed == {
        ("plain", "contents", "quantity_not_a_whole_number"),
        ("five thousand lines", "contents", "too_many_lines"),
        ("zero total", "contents.item_price", "price_not_an_amount"),
        ("zero total", "contents.delivery_category", "delivery_category_unknown"),
    }


def test_limited_data_use_names_the_state(payloads):
    event = payloads["limited data use"]

    assert event["data_processing_options"] == ["LDU"]
    assert event["data_processing_options_country"] == 1
    assert event["data_processing_options_state"] == 1000
    assert "data_processing_options" not in payloads["plain"]


def test_text_that_looks_like_sql_stays_text(events):
    (tag,) = [event["upload_tag"] for event in events if event["order_id"] == "sql in the tag"]

    assert tag == "'; drop table orders; --"


def test_an_event_expires_62_days_after_a_sale_in_a_store_and_7_days_after_any_other(events):
    lives = {event["order_id"]: event["expires_at"] - event["event_time"] for event in events}

    assert lives["plain"] == 62 * DAY
    assert lives["website, 7 days old"] == 7 * DAY
