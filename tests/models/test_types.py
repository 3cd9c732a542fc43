"""Every column of the raw tables with the types that a warehouse may give it: the right value, or a listed reason. Each build reads
the same sale, with other column types, in another session time zone."""

import hashlib
import json
import os
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

AS_OF = "2026-11-24T06:00:00Z"
ZONES = ["UTC", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland"]
GUID = "7b1c7e3a-1111-4000-8000-00000000000a"
MADID = "38400000-8cf0-11bd-b23e-10b96e40000d"


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


EMAILS = sorted([sha("a@x.example"), sha("b@x.example")])
BORN = sha("19900423")


def several(*values: str) -> str:
    return "[" + ", ".join(f"'{value}'" for value in values) + "]"


# column -> its cell in each of the four builds, as an SQL expression with a type
Cells = dict[str, tuple[str, str, str, str]]
ORDERS: Cells = {
    "order_id": ("1001::bigint", "1001::double", "1001::decimal(12, 2)", "'1001'::json"),
    "ordered_at": (
        "timestamptz '2026-11-20 09:00:00+00'",
        "timestamp '2026-11-20 10:00:00'",
        "1795165200::bigint",
        "'\"2026-11-20T09:00:00Z\"'::json",
    ),
    "updated_at": ("now()", "now()::timestamp", "current_date", "1.5::double"),
    "total": ("12.5::double", "12.5::decimal(9, 4)", "12.5::float", "'12.5'::json"),
    "currency": ("'EUR'::enum('EUR', 'USD')", "['EUR']", "'\"EUR\"'::json", "'EUR   '"),
    "status": ("'paid'::enum('paid', 'void')", "['paid']", "'\"paid\"'::json", "'paid      '"),
    "event_name": ("'Purchase'::enum('Purchase')", "['Purchase']", "'\"Purchase\"'::json", "'Purchase  '"),
    "action_source": ("null::integer", "['physical_store']", "'null'::json", "'physical_store  '"),
    "store_id": ("7::double", "7::integer", "7::hugeint", "[7]"),
    "customer_id": ("9::bigint", f"'{GUID}'::uuid", "[9.0]", "9::float"),
    "item_number": ("1::integer", "1::double", "1::decimal(9, 3)", "'1'::json"),
    "upload_tag": ("date '2026-11-24'", "true", "20261124", "['nightly']"),
    "event_id": (f"'{GUID}'::uuid", "12::double", "['e']", "'\"e\"'::json"),
    "marketing_consent": ("true", "1::integer", "1::double", "'true'::json"),
    "limited_data_use": ("false", "0::tinyint", "0::decimal(3, 1)", "'false'::json"),
    "opt_out": ("true", "1::utinyint", "1::float", "['yes']"),
    "campaign": ("5::double", "date '2026-11-24'", f"'{GUID}'::uuid", "'\"spring\"'::json"),
}
CUSTOMERS: Cells = {
    "customer_id": ("9::double", f"'{GUID}'", "9::integer", "'\"9\"'::json"),
    "email": (
        several("b@x.example", "a@x.example"),
        '\'["a@x.example", "b@x.example"]\'::json',
        "array_value('a@x.example', 'b@x.example')",
        "'a@x.example; b@x.example'",
    ),
    "phone": ("33612345678::bigint", "33612345678::double", several("06 12 34 56 78"), "'\"+33 6 12 34 56 78\"'::json"),
    "first_name": ("'Zoë'::enum('Zoë')", "['Zoë']", "'\"Zoë\"'::json", "'Zoë        '"),
    "gender": ("'f'::enum('f', 'm')", "['f']", "'\"female\"'::json", "'F '"),
    "date_of_birth": (
        "date '1990-04-23'",
        "timestamptz '1990-04-23 00:00:00+00'",
        "timestamp_ns '1990-04-23 00:00:00'",
        "19900423::integer",
    ),
    "city": ("'Lyon'::enum('Lyon')", "['Lyon']", "'\"Lyon\"'::json", "'Lyon   '"),
    "postal_code": ("75018::integer", "75018::double", "75018::decimal(9, 1)", "'75018'::json"),
    "country": ("'FR'::enum('FR')", "['fr']", "'\"FRA\"'::json", "'FR '"),
    "external_id": (f"'{GUID}'::uuid", "4711::bigint", "4711::double", "[4711]"),
    "madid": (f"'{MADID}'::uuid", f"['{MADID}']", f"'\"{MADID}\"'::json", f"'{MADID}   '"),
    "lead_id": (
        "123456789012345::bigint",
        "123456789012345::double",
        "123456789012345::decimal(18, 2)",
        "'123456789012345'::json",
    ),
}
STORES: Cells = {
    "store_id": ("7::integer", "7::double", "'7 '", "'7'::json"),
    "time_zone": (
        "'Europe/Paris'::enum('Europe/Paris')",
        "['Europe/Paris']",
        "'\"Europe/Paris\"'::json",
        "'Europe/Paris '",
    ),
    "dataset_id": (
        "100000000000001::bigint",
        "100000000000001::double",
        "['100000000000001']",
        "'100000000000001'::json",
    ),
    "store_code": ("75::integer", "75::double", "[75]", "'75'::json"),
}
ITEMS: Cells = {
    "order_id": ("1001::double", "'1001 '", "1001::integer", "[1001]"),
    "product_id": ("5::integer", "5::double", "'\"5\"'::json", "['5']"),
    "quantity": ("2::double", "2::integer", "2::decimal(9, 3)", "'2'::json"),
    "unit_price": ("6.25::double", "6.25::decimal(9, 4)", "6.25::float", "['6.25']"),
}

# what the sale must become, and where a type gives something else
User = Callable[[dict[str, Any]], Any]
EXPECTED: dict[str, tuple[User, Any]] = {
    "order_id": (lambda event: event["custom_data"]["order_id"], "1001"),
    "ordered_at": (lambda event: event["event_time"], 1795165200),
    "total": (lambda event: event["custom_data"]["value"], 12.5),
    "currency": (lambda event: event["custom_data"]["currency"], "EUR"),
    "event_name": (lambda event: event["event_name"], "Purchase"),
    "item_number": (lambda event: event["custom_data"]["item_number"], "1"),
    "event_id": (lambda event: event["event_id"], [GUID, "12", "e", "e"]),
    "opt_out": (lambda event: event["opt_out"], True),
    "limited_data_use": (lambda event: "data_processing_options" in event, False),
    "campaign": (lambda event: event["custom_data"]["campaign"], ["5", "2026-11-24", GUID, "spring"]),
    "email": (lambda event: event["user_data"]["em"], EMAILS),
    "phone": (lambda event: event["user_data"]["ph"], sha("33612345678")),
    "first_name": (lambda event: event["user_data"]["fn"], sha("zoë")),
    "gender": (lambda event: event["user_data"]["ge"], sha("f")),
    "date_of_birth": (lambda event: event["user_data"]["db"], BORN),
    "city": (lambda event: event["user_data"]["ct"], sha("lyon")),
    "postal_code": (lambda event: event["user_data"]["zp"], sha("75018")),
    "country": (lambda event: event["user_data"]["country"], sha("fr")),
    "external_id": (
        lambda event: event["user_data"]["external_id"],
        [sha(GUID), sha("4711"), sha("4711"), sha("4711")],
    ),
    "madid": (lambda event: event["user_data"]["madid"], MADID),
    "lead_id": (lambda event: event["user_data"]["lead_id"], 123456789012345),
    "store_code": (lambda event: event["custom_data"]["store_data"], {"store_code": "75"}),
    "contents": (
        lambda event: event["custom_data"]["contents"],
        [[{"id": "5", "quantity": 2, "item_price": 6.25}]] * 4,
    ),
}


def create(connection, table: str, cells: Cells, build: int) -> None:
    columns = ", ".join(f"{values[build]} as {column}" for column, values in cells.items())
    connection.execute(f"create or replace table raw.{table} as select {columns}")


@pytest.fixture(scope="module")
def builds(tmp_path_factory, dbt, query):
    """For each build the one event, its row in capi_events, and what was left out of it."""
    found = []
    folder = tmp_path_factory.mktemp("types")
    zone = os.environ.get("TZ")
    for build, session_zone in enumerate(ZONES):
        database = folder / f"{build}.duckdb"
        with duckdb.connect(str(database)) as connection:
            connection.execute("create schema raw")
            for table, cells in {
                "orders": ORDERS,
                "customers": CUSTOMERS,
                "stores": STORES,
                "order_items": ITEMS,
            }.items():
                create(connection, table, cells, build)
        os.environ["TZ"] = session_zone
        try:
            dbt("run", database=database, variables={"capi_as_of": AS_OF, "capi_custom_fields": ["campaign"]})
        finally:
            os.environ.pop("TZ") if zone is None else os.environ.update(TZ=zone)
        assert query(database, "from capi_rejected_events") == []
        (row,) = query(database, "from capi_events")
        found.append(
            (json.loads(row["payload"]), row, query(database, "select field, reason from capi_dropped_values"))
        )
    return found


@pytest.mark.parametrize("build", range(len(ZONES)), ids=ZONES)
@pytest.mark.parametrize("column", EXPECTED)
def test_a_cell_of_any_type_is_the_value_that_is_meant(column, build, builds):
    event, _, _ = builds[build]
    read, expected = EXPECTED[column]
    wanted = expected[build] if isinstance(expected, list) and column != "email" else expected
    value = read(event)

    assert (value[0] if isinstance(value, list) and len(value) == 1 and column != "contents" else value) == wanted


@pytest.mark.parametrize("build", range(len(ZONES)), ids=ZONES)
def test_nothing_is_left_out(build, builds):
    assert builds[build][2] == []
    assert builds[build][1]["dataset_id"] == "100000000000001"
    assert builds[build][1]["upload_tag"] == ["2026-11-24", "true", "20261124", "nightly"][build]


# ------------------------------------------------------------------------------- every type at once, with the macros that staging calls
# type -> SQL literal -> (as a text, as an id, as a day, as a list of contacts); one text if all are the same
GRID: dict[str, str | tuple[str | None, ...] | None] = {
    "'a'": "a",
    "' 12 '": (" 12 ", "12", " 12 ", " 12 "),
    "null": None,
    "12::tinyint": "12",
    "12::ubigint": "12",
    "170141183460469231731687303715884105727::hugeint": "170141183460469231731687303715884105727",
    "12::double": "12",
    "12.5::double": "12.5",
    "'nan'::double": None,
    "-0.0::double": "0",
    "16777216::float": ("16777216.0", "16777216", "16777216.0", "16777216.0"),
    "9007199254740992::double": "9007199254740992.0",
    "1e300::double": "1e+300",
    "12.00::decimal(9, 2)": "12",
    "12.50::decimal(9, 2)": "12.50",
    "12::decimal(38, 0)": "12",
    "true": "true",
    "date '1990-04-23'": "1990-04-23",
    "timestamp '1990-04-23 00:00:00'": "1990-04-23 00:00:00",
    "timestamp_s '1990-04-23 10:11:12'": "1990-04-23 10:11:12",
    "timestamp_ns '1990-04-23 10:11:12.123456789'": "1990-04-23 10:11:12.123456789",
    "timestamptz '1990-04-23 10:11:12.5+05:45'": "1990-04-23 04:26:12.5+00",
    "timestamptz '1990-04-23 00:00:00+00'": "1990-04-23 00:00:00+00",
    # Midnight in the session's zone: a day became an instant there.
    "timestamptz '1990-04-23 00:00:00-07'": ("1990-04-23 07:00:00+00", "1990-04-23 07:00:00+00", "1990-04-23", "1990-04-23 07:00:00+00"),
    "timestamptz '1990-04-23 00:00:00+02'": "1990-04-22 22:00:00+00",
    f"'{GUID}'::uuid": GUID,
    "'a'::enum('a', 'b')": "a",
    "'\"a\"'::json": "a",
    "'12'::json": "12",
    "'null'::json": None,
    "'[\"a\"]'::json": "a",
    "'[]'::json": None,
    '\'["a", "b"]\'::json': ("[…]", None, "[…]", "a;b"),
    "['a']": "a",
    "[12.0::double]": "12",
    "[null]": None,
    "[]::varchar[]": None,
    "['a', 'b']": ("[…]", None, "[…]", "a;b"),
    "array_value('a', 'b')": ("[…]", None, "[…]", "a;b"),
    "[['a']]": "a",
    "['\"a\"'::json]": "a",
    "[timestamptz '1990-04-23 00:00:00+00']": "1990-04-23 00:00:00+00",
}  # fmt: skip


def test_each_type_is_written_as_one_text_whatever_the_session(tmp_path, dbt, query, repository):
    database = tmp_path / "grid.duckdb"
    with duckdb.connect(str(database)) as connection:
        columns = ", ".join(f"{literal} as c{number}" for number, literal in enumerate(GRID))
        connection.execute(f"create table typed as select {columns}")
        types = {row[0]: row[1] for row in connection.execute("describe typed").fetchall()}
    (tmp_path / "models").mkdir()
    selected = []
    for number in range(len(GRID)):
        kind = json.dumps(types[f"c{number}"])
        plain = f"offline_capi.capi_as_text('c{number}', {kind})"
        selected += [
            f"{{{{ {plain} }}}} as c{number}_0",
            f"{{{{ offline_capi.capi_id({plain}) }}}} as c{number}_1",
            f"{{{{ offline_capi.capi_as_text('c{number}', {kind}, is_day=true) }}}} as c{number}_2",
            f"{{{{ offline_capi.capi_as_text('c{number}', {kind}, separator=';') }}}} as c{number}_3",
        ]
    (tmp_path / "models" / "grid.sql").write_text("select " + ",\n".join(selected) + " from main.typed")
    (tmp_path / "dbt_project.yml").write_text(
        'name: grid\nversion: "1.0.0"\nprofile: grid\nmodels: {+materialized: table}\n'
    )
    (tmp_path / "packages.yml").write_text(f"packages: [{{local: '{repository}'}}]\n")
    (tmp_path / "profiles.yml").write_text(
        (repository / "profiles.yml").read_text().replace("offline_capi:", "grid:", 1)
    )
    dbt("deps", database=database, project=tmp_path)
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "America/Los_Angeles"
    try:
        dbt("run", "-s", "grid", database=database, project=tmp_path)
    finally:
        os.environ.pop("TZ") if zone is None else os.environ.update(TZ=zone)
    (row,) = query(database, "from grid")
    found = {literal: tuple(row[f"c{number}_{way}"] for way in range(4)) for number, literal in enumerate(GRID)}

    assert found == {literal: value if isinstance(value, tuple) else (value,) * 4 for literal, value in GRID.items()}
