"""capi_mapping says what each raw column is read as, how well, and which ignored columns are probably known ones."""

import re

import pytest

ABSENT: dict[str, object] = {"capi_use_stores": False, "capi_use_order_items": False}
SALE = {"ordered_at": "2026-11-20T10:00:00Z", "total": "5", "currency": "EUR"}
# Names as shops have them, in several languages and notations, with the column that each stands for.
CUSTOMER_NAMES = {
    "Kundennummer": "customer_id",
    "E-Mail-Adresse": "email",
    "Teléfono": "phone",
    "Prénom": "first_name",
    "customer_last_name": "last_name",
    "Geschlecht": "gender",
    "birthdya": "date_of_birth",
    "Miasto": "city",
    "default_address_zip": "postal_code",
    "都道府県": "state",
    "Kundenland": "country",
    "acceptsMarketing": "marketing_consent",
}


@pytest.fixture(scope="module")
def ignored(tmp_path_factory, dbt, write_raw, query):
    """A shop whose customers table has different names throughout, built without any setting for them."""
    database = tmp_path_factory.mktemp("mapping") / "ignored.duckdb"
    customer = {f'"{name}"': "x" for name in CUSTOMER_NAMES} | {
        "cashier_email": "x",
        "shipping_city": "x",
        '"Notes"': "x",
    }
    orders = [SALE | {"order_id": "1", "email": "ann@example.com"}, SALE | {"order_id": "2", "status": "cancelled"}]
    orders += [SALE | {"order_id": i, "first_name": "Ann", "last_name": "Lee", "email": "nobody"} for i in "34"]
    write_raw(database, customers=[customer], orders=orders)
    settings = ABSENT | {"capi_dataset_id": "1001", "capi_as_of": "2026-11-24T06:00:00Z"}
    refused = dbt("build", database=database, variables=settings, check=False)
    settings["capi_columns"] = {"customers": {"customer_id": "Kundennummer", "city": None}}
    finished = dbt("build", database=database, variables=settings)
    return refused.stdout, finished.stdout, query(database, "from capi_mapping"), query


def test_an_ignored_column_is_listed_with_what_it_probably_is(ignored):
    rows = {row["raw_column"]: row for row in ignored[2] if row["raw_table"] == "customers"}

    assert rows["Kundennummer"]["used_as"] == "customer_id"
    found = {name: rows[name]["likely_column"] for name in CUSTOMER_NAMES if name not in ("Kundennummer", "Miasto")}
    assert found == {name: CUSTOMER_NAMES[name] for name in found}
    assert all(rows[name]["used_as"] is None and rows[name]["filled_share"] == 1 for name in found)


def test_what_is_somebody_elses_or_declared_as_none_of_ours_is_no_likely_column(ignored):
    """A cashier's address would be hashed for every customer; capi_columns says null for the city."""
    rows = {row["raw_column"]: row["likely_column"] for row in ignored[2] if row["raw_table"] == "customers"}

    assert [rows[name] for name in ("cashier_email", "Notes", "Miasto", "shipping_city")] == [None] * 4


def test_a_column_that_is_looked_for_and_not_there_is_listed_with_what_it_may_be_called(ignored):
    missing = {row["used_as"]: row["likely_column"] for row in ignored[2] if row["raw_column"] is None}
    rows = [row for row in ignored[2] if row["raw_column"] is None]

    assert missing["date_of_birth"] == "birthdya"
    assert {"refunded", "madid", "city"} <= missing.keys()
    assert all(row["filled_share"] is None and row["readable_share"] is None for row in rows)


def test_every_column_of_a_raw_table_is_listed_once(ignored):
    orders = [row["raw_column"] for row in ignored[2] if row["raw_table"] == "orders" and row["raw_column"]]

    assert sorted(orders) == [
        "currency",
        "email",
        "first_name",
        "last_name",
        "order_id",
        "ordered_at",
        "status",
        "total",
    ]


def line(output, beginning):
    """One of the package's messages, which dbt wraps."""
    return next(text for text in re.split(r"offline_capi: ", re.sub(r"\s+", " ", output)) if text.startswith(beginning))


def test_the_build_says_which_columns_to_map_in_a_line_to_paste(ignored):
    """In a refusal, if a required column is among them, and in the warning of a successful build."""
    refused = line(ignored[0], "the raw table")
    warned = line(ignored[1], "these columns are not read")

    assert 'capi_columns: {customers: {customer_id: "Kundennummer"' in refused
    assert "customers.birthdya (date_of_birth?)" in warned
    assert 'capi_columns: {customers: {city: null, customer_id: "Kundennummer", email: "E-Mail-Adresse"' in warned


def test_a_build_warns_of_ignored_columns_and_of_few_strong_keys(ignored):
    """One event in three has a readable e-mail."""
    assert "Warning in test assert_no_likely_column_is_ignored" in ignored[1]
    assert "Warning in test assert_half_of_the_events_have_a_strong_key" in ignored[1]


@pytest.fixture(scope="module")
def shares(tmp_path_factory, dbt, write_raw, query):
    """Readable and unreadable values, one column per kind, and a table too large to be read completely."""
    database = tmp_path_factory.mktemp("mapping") / "shares.duckdb"
    customer = {"customer_id": "1", "country": "DE"}
    customers = [
        customer
        | {"email": "ann@example.com", "phone": "030 901820", "postal_code": "10115", "marketing_consent": "ja"},
        customer | {"email": "nobody", "phone": "12", "date_of_birth": "31.12.1990", "marketing_consent": "perhaps"},
        customer | {"email": "n/a", "phone": "+44 20 7946 0018", "date_of_birth": "last year"},
        customer | {"email": "", "country": "Atlantis", "date_of_birth": "1990-02-30"},
    ]
    write_raw(database, customers=customers, orders=[SALE | {"status": "paid", "order_id": "1"}])
    import duckdb

    with duckdb.connect(str(database)) as connection:
        connection.execute("""
            insert into raw.orders
            select
                case when i % 5 = 0 then '20/11/2026 10:00' else '20 Nov 2026 10:00' end,
                case when i % 2 = 0 then '1.234,50' else 'five' end,
                case when i % 4 > 0 then 'EUR' end,
                case when i % 4 = 0 then 'ours alone' else 'paid' end,
                'n' || i
            from range(100000) as numbers(i)
        """)
    dbt("run", "-s", "+capi_mapping", database=database, variables=ABSENT)
    return {(row["raw_table"], row["used_as"]): row for row in query(database, "from capi_mapping")}


@pytest.mark.parametrize(
    ("column", "filled", "readable"),
    [
        ("email", 0.5, 0.5),
        ("phone", 0.75, 0.6667),
        ("postal_code", 0.25, 1),
        ("date_of_birth", 0.75, 0.3333),
        ("country", 1, 0.75),
        ("marketing_consent", 0.5, 0.5),
        ("customer_id", 1, 1),
        ("gender", None, None),
    ],
)
def test_shares_are_of_what_is_filled_and_of_what_the_models_can_read(shares, column, filled, readable):
    row = shares["customers", column]

    assert (row["filled_share"], row["readable_share"]) == (filled, readable)


def test_of_a_large_table_a_part_is_read_and_said_to_be_one(shares):
    row = shares["orders", "currency"]

    assert 2_000 < row["rows_read"] < 60_000
    assert 0.7 < row["filled_share"] < 0.8
    assert 0.75 < shares["orders", "ordered_at"]["readable_share"] < 0.85
    assert 0.45 < shares["orders", "total"]["readable_share"] < 0.55
    assert 0.7 < shares["orders", "status"]["readable_share"] < 0.8
    assert shares["customers", "email"]["rows_read"] == 4


def test_the_mapping_alone_in_an_empty_target_says_what_to_run(tmp_path, dbt, write_raw):
    database = write_raw(tmp_path / "empty.duckdb", orders=[SALE | {"order_id": "1"}])
    finished = dbt("run", "-s", "capi_mapping", database=database, check=False)

    assert "capi_mapping cannot be built alone" in line(finished.stdout, "capi_mapping")
    assert "dbt run --select +capi_mapping" in line(finished.stdout, "capi_mapping")
