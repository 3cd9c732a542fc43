"""A receipt in several rows is judged as one. One receipt per case, all cases of a scope in one real dbt build, and the rows that
come later in a second run."""

import json
from typing import Any

import pytest

NOW = "2026-11-24T06:00:00Z"
SALE = {
    "ordered_at": "2026-11-20 10:00:00", "total": "12.50", "store_id": "paris", "email": "ann@example.com", "marketing_consent": "yes",
}  # fmt: skip
STORES = [
    {"store_id": "paris", "time_zone": "Europe/Paris", "currency": "EUR", "dataset_id": "1"},
    {"store_id": "lyon", "time_zone": "Europe/Paris", "currency": "EUR", "dataset_id": "1"},
    {"store_id": "york", "time_zone": "America/New_York", "currency": "USD", "dataset_id": "2"},
]
LATER = "2026-11-22 17:00:00"
SENT = "sent"

Rows = list[dict[str, Any]]
# receipt -> (how its rows differ from a sale, what becomes of each)
RECEIPTS: dict[str, tuple[Rows, list[str]]] = {
    "one row": ([{}], [SENT]),
    "completed and refunded": ([{"status": "completed"}, {"status": "refunded"}], ["refund", "refund"]),
    "refunded later": ([{}, {"status": "refunded", "ordered_at": LATER}], ["refund", "refund"]),
    "cancelled, without a time": (
        [{}, {"status": "wc-cancelled", "ordered_at": None, "total": None}],
        ["cancelled"] * 2,
    ),
    "a negative total": ([{}, {"total": "-12.50", "ordered_at": LATER}], ["refund", "refund"]),
    "all given back": ([{}, {"refunded": "12.50"}], ["refund", "refund"]),
    "the number with white space": (
        [{}, {"status": "refunded", "order_id": " the number with white space\t"}],
        ["refund"] * 2,
    ),
    "refunded in another store": (
        [{}, {"status": "refunded", "store_id": "lyon", "ordered_at": LATER}],
        ["refund"] * 2,
    ),
    "refunded by no store": ([{}, {"status": "refunded", "store_id": None, "currency": "EUR"}], ["refund", "refund"]),
    "another dataset": ([{}, {"status": "refunded", "store_id": "york"}], [SENT, "refund"]),
    "a no": ([{}, {"marketing_consent": "nein"}], ["consent_denied"] * 2),
    "a no without a time": ([{}, {"marketing_consent": "no", "ordered_at": None}], ["consent_denied"] * 2),
    "not understood": ([{}, {"marketing_consent": "vielleicht"}], ["consent_unclear"] * 2),
    "a no and not understood": ([{"marketing_consent": "2"}, {"marketing_consent": "n"}], ["consent_denied"] * 2),
    "an unclear opt-out": ([{}, {"opt_out": "?!", "ordered_at": LATER}], ["opt_out_unclear"] * 2),
    "pending, then paid": ([{"status": "pending"}, {"status": "paid"}], ["not_a_sale", SENT]),
    "paid, and nobody knows what": ([{"status": "paid"}, {"status": "Retoure?"}], ["status_unknown"] * 2),
    "nobody knows what, then pending": (
        [{"status": "Retoure?"}, {"status": "pending"}],
        ["status_unknown", "not_a_sale"],
    ),
    "nobody knew what, paid since": (
        [{"status": "Retoure?", "updated_at": "2026-11-20"}, {"status": "paid", "updated_at": "2026-11-21"}],
        ["superseded", SENT],
    ),
    "nobody knows what of a line": (
        [{"item_number": "1"}, {"item_number": "2", "status": "Retoure?"}],
        [SENT, "status_unknown"],
    ),
    "two totals": ([{}, {"total": "13"}], ["conflicting_duplicate"] * 2),
    "two times": ([{}, {"ordered_at": LATER}], ["order_id_repeated"] * 2),
    "header on the first line": (
        [{}, {"ordered_at": None, "total": None, "marketing_consent": None}],
        [SENT, "consent_unknown"],
    ),
    "header on every line": ([{}, {}, {}], [SENT, "duplicate_row", "duplicate_row"]),
    "a line taken back": (
        [{"item_number": "1"}, {"item_number": "2", "status": "refunded"}, {"item_number": "3"}],
        [SENT, "refund", SENT],
    ),
    "a line taken back later": (
        [{"item_number": "1"}, {"item_number": "2"}, {"item_number": "2", "total": "-4", "ordered_at": LATER}],
        [SENT, "refund", "refund"],
    ),
    "all lines taken back": (
        [{"item_number": "1"}, {"item_number": "2"}, {"status": "void"}],
        ["cancelled", "cancelled", "cancelled"],
    ),
    "a no on one line": (
        [{"item_number": "1"}, {"item_number": "2", "marketing_consent": "no"}],
        ["consent_denied"] * 2,
    ),
    "a lead and its purchase": ([{"event_name": "Lead"}, {}], [SENT, SENT]),
    "the purchase of a lead taken back": (
        [{"event_name": "Lead"}, {}, {"status": "refunded"}],
        [SENT, "refund", "refund"],
    ),
    "taken back under a name of its own": ([{}, {"event_name": "Refund", "total": "-1"}], ["refund", "refund"]),
    "a no on the lead": ([{"event_name": "Lead", "marketing_consent": "no"}, {}], ["consent_denied"] * 2),
    # ---------------------------------------------------------------- the newest row wins
    "newest is the sale": (
        [{"status": "refunded", "updated_at": "2026-11-20"}, {"updated_at": "2026-11-21"}],
        ["superseded", SENT],
    ),
    "newest is the refund": (
        [{"updated_at": "2026-11-21 10:00:00.25"}, {"status": "refunded", "updated_at": "2026-11-21 10:00:00.5"}],
        ["superseded", "refund"],
    ),
    "newest has the total": ([{"total": "9", "updated_at": "1"}, {"updated_at": "10"}], ["superseded", SENT]),
    "newest has the time": (
        [{"ordered_at": LATER, "updated_at": "2026-11-20T12:00:00+02:00"}, {"updated_at": "2026-11-20 11:00:00 Z"}],
        ["superseded", SENT],
    ),
    "three versions": (
        [{"updated_at": "3"}, {"status": "void", "updated_at": "2"}, {"total": "1", "updated_at": "1"}],
        [SENT, "superseded", "superseded"],
    ),
    "a no is a no however old": (
        [{"marketing_consent": "no", "updated_at": "1"}, {"updated_at": "2"}],
        ["superseded", "consent_denied"],
    ),
    "two newest rows": (
        [{"updated_at": "2"}, {"status": "void", "updated_at": "2"}, {"updated_at": "1"}],
        ["cancelled", "cancelled", "superseded"],
    ),
    "newest as ordered_at is read": (
        [{"status": "void", "updated_at": "Nov 20, 2026 9:00 PM"}, {"updated_at": "2026/11/21 8:30"}],
        ["superseded", SENT],
    ),
    "newest with offsets as ordered_at is read": (
        [{"updated_at": "2026/11/20 12:00 +02:00"}, {"status": "void", "updated_at": "20 Nov 2026 10:30:00 +0100"}],
        [SENT, "superseded"],
    ),
    "a day that does not exist": (
        [{"updated_at": "31 Nov 2026 10:00"}, {"status": "void", "updated_at": "2026-11-20 10:00"}],
        ["cancelled"] * 2,
    ),
    "not every row is dated": ([{"updated_at": "2"}, {"status": "void"}], ["cancelled", "cancelled"]),
    "a date that cannot be read": ([{"updated_at": "2"}, {"status": "void", "updated_at": "soon"}], ["cancelled"] * 2),
    "dates in two notations": (
        [{"updated_at": "2026-11-21 10:00:00"}, {"status": "void", "updated_at": "2026-11-20 10:00:00Z"}],
        ["cancelled", "cancelled"],
    ),
    "each line has its newest row": (
        [
            {"item_number": "1", "updated_at": "9"},
            {"item_number": "2", "updated_at": "1"},
            {"item_number": "2", "total": "3", "updated_at": "2"},
        ],
        [SENT, "superseded", SENT],
    ),
}
# The same number in several stores, or on several days.
OTHER_STORE = {"store_id": "lyon", "email": "bob@example.com"}
NO_STORE = {"store_id": None, "currency": "EUR", "dataset_id": "1", "ordered_at": "2026-11-20T09:00:00Z"}
NEXT_DAY = {"ordered_at": "2026-11-21 10:00:00", "email": "bob@example.com", "total": "7"}
BY_STORE: dict[str, tuple[Rows, list[str]]] = {
    "1": ([{}, OTHER_STORE | {"status": "refunded"}], [SENT, "refund"]),
    "2": ([{}, OTHER_STORE | {"marketing_consent": "no"}], [SENT, "consent_denied"]),
    "3": ([{}, {"status": "refunded", "ordered_at": LATER}, OTHER_STORE], ["refund", "refund", SENT]),
    "4": ([{}, NEXT_DAY], ["order_id_repeated"] * 2),
}
BY_DAY: dict[str, tuple[Rows, list[str]]] = {
    "1": ([{}, NEXT_DAY], [SENT, SENT]),
    "2": ([{}, NEXT_DAY | {"status": "refunded"}], [SENT, "refund"]),
    "3": ([{}, {"status": "refunded", "ordered_at": "2026-11-20 23:59:59"}, NEXT_DAY], ["refund", "refund", SENT]),
    "4": ([{}, OTHER_STORE | {"marketing_consent": "no"}], [SENT, "consent_denied"]),
    "5": ([{}, {"ordered_at": "2026-11-20 18:00:00"}], ["order_id_repeated"] * 2),
    # One evening in New York and noon the next day there: two days in the store, one in UTC.
    "6": (
        [
            {"store_id": "york", "ordered_at": "2026-11-21T01:00:00Z"},
            {"store_id": "york", "ordered_at": "2026-11-21 17:00:00+0000"},
        ],
        [SENT, SENT],
    ),
    "7": ([NO_STORE, NO_STORE | {"ordered_at": "2026-11-21T09:00:00Z"}], [SENT, SENT]),
}


def rows_of(receipts: dict[str, tuple[Rows, list[str]]], first_only: bool = False) -> Rows:
    return [
        SALE | {"order_id": name, "updated_at": None} | row
        for name, (rows, _) in receipts.items()
        for row in rows[: 1 if first_only else None]
    ]


def outcomes(query, database) -> dict[str, list[str]]:
    """What became of each receipt's rows, sorted."""
    sql = """
        select trim(order_id, chr(32) || chr(9)) as receipt, list_sort(list(outcome)) as outcomes
        from (
            select regexp_replace(order_id, '^(paris|lyon|york)-', '') as order_id, 'sent' as outcome from capi_events
            union all
            select order_id, reason from capi_rejected_events
        )
        group by receipt
    """
    return {row["receipt"]: row["outcomes"] for row in query(database, sql)}


def expected(receipts: dict[str, tuple[Rows, list[str]]]) -> dict[str, list[str]]:
    return {name: sorted(each) for name, (_, each) in receipts.items()}


@pytest.fixture(scope="module")
def run(tmp_path_factory, dbt, write_raw):
    """Builds orders into a scope's file, as the next run of that shop."""
    folder = tmp_path_factory.mktemp("receipts")

    def run(scope: str, orders: Rows, *arguments: str):
        columns: dict[str, Any] = dict.fromkeys(key for row in orders for key in row)
        database = write_raw(folder / f"{scope}.duckdb", orders=[columns | row for row in orders], stores=STORES)
        absent = {"capi_use_customers": False, "capi_use_order_items": False}
        dbt("run", *arguments, database=database, variables=absent | {"capi_as_of": NOW, "capi_order_id_scope": scope})
        return database

    return run


def test_what_any_row_of_a_receipt_says_holds_for_all_of_them(run, query):
    database = run("dataset", rows_of(RECEIPTS))

    assert outcomes(query, database) == expected(RECEIPTS)
    (newest,) = query(database, "select value, event_time from capi_events where order_id = 'newest has the total'")
    assert newest["value"] == 12.5


def test_what_comes_later_is_judged_as_if_it_had_been_there(run, query):
    database = run("dataset", rows_of(RECEIPTS, first_only=True), "--full-refresh")
    built = {row["order_id"] for row in query(database, "from capi_events")}
    run("dataset", rows_of(RECEIPTS))

    assert outcomes(query, database) == expected(RECEIPTS)
    withdrawn = query(database, "select order_id, reason from capi_later_changes where change = 'withdrawn'")
    assert {row["order_id"] for row in withdrawn} == {
        name for name, (_, each) in RECEIPTS.items() if name in built and SENT not in each
    }
    assert {"order_id": "completed and refunded", "reason": "refund"} in withdrawn
    assert {"order_id": "newest is the refund", "reason": "refund"} in withdrawn


def test_limited_data_use_and_opt_out_of_another_row_are_in_the_payload(run, query):
    sale = SALE | {"order_id": "limited", "item_number": "1"}
    orders = [sale | {"opt_out": "no"}, sale | {"item_number": "2", "opt_out": "yes", "limited_data_use": "1"}]
    database = run("dataset", [*orders, SALE | {"order_id": "free"}])
    payloads = [
        json.loads(row["payload"]) for row in query(database, "from capi_events order by order_id, item_number")
    ]

    assert [("opt_out" in event, "data_processing_options" in event) for event in payloads] == [
        (False, False),
        (True, True),
        (True, True),
    ]


def test_where_stores_give_out_the_same_numbers_each_has_its_receipt(run, query):
    database = run("store", rows_of(BY_STORE))

    assert outcomes(query, database) == expected(BY_STORE)


def test_where_numbers_begin_anew_each_day_each_day_has_its_receipt(run, query):
    database = run("day", rows_of(BY_DAY))

    assert outcomes(query, database) == expected(BY_DAY)
    ids = query(database, "select distinct order_id from capi_events where order_id like '%1' or order_id like '%7'")
    assert {row["order_id"] for row in ids} == {"paris-1", "7"}


@pytest.mark.parametrize("scope", ["store", "day"])
def test_a_number_that_comes_again_while_its_first_sale_leaves_the_raw_table_is_a_sale_of_its_own(run, query, scope):
    run(scope, [SALE | {"order_id": "8", "ordered_at": "2026-10-20 10:00:00"}], "--full-refresh")
    sale = SALE | {"order_id": "8"} | ({"store_id": "lyon"} if scope == "store" else {})
    database = run(scope, [sale])

    assert [row["event_time"] for row in query(database, "from capi_events")] == [1795165200]
    assert query(database, "select change, reason from capi_later_changes") == [
        {"change": "withdrawn", "reason": "order_gone"}
    ]


def test_the_remedy_of_a_repeated_number_names_the_settings(run, query):
    database = run("dataset", rows_of({"4": BY_STORE["4"]}))
    (remedy,) = query(database, "select distinct remedy from capi_rejected_events where reason = 'order_id_repeated'")

    assert "updated_at" in remedy["remedy"]
    assert "capi_order_id_scope: day" in remedy["remedy"]
    assert "two sales at two times with one number are then two events" in remedy["remedy"]
