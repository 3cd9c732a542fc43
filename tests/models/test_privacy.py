"""What the tables that dbt builds keep about people: about those who may not be sent nothing that could identify them, not even a hash."""

import hashlib
from typing import Any

import duckdb
import pytest

NOW = "2026-11-24T06:00:00Z"
SALE = {"ordered_at": "2026-11-20T10:00:00Z", "total": "12.50", "currency": "EUR", "marketing_consent": "yes"}
COLUMNS = (
    "email", "phone", "first_name", "last_name", "gender", "date_of_birth", "city", "state", "postal_code", "country", "external_id",
    "madid", "lead_id",
)  # fmt: skip
# Two people: whatever is known about one of them has a counterpart for the other.
PEOPLE = [
    dict(
        zip(
            COLUMNS,
            ("one@canary.example", "+33612345678", "Canarya", "Firstone", "f", "1990-12-31", "Lyon", "Loire", "42000", "FR", "ext-1",
             "38400000-8cf0-11bd-b23e-10b96e40000d", "123456789012345"),
            strict=True,
        )
    ),
    dict(
        zip(
            COLUMNS,
            ("two@canary.example", "+33687654321", "Canaryb", "Secondtwo", "m", "1980-01-01", "Nice", "Var", "06000", "BE", "ext-2",
             "12300000-8cf0-11bd-b23e-10b96e40000d", "543210987654321"),
            strict=True,
        )
    ),
]  # fmt: skip
USELESS = [
    {"gender": "f", "city": "Lyon", "phone": "12", "email": "nobody"},
    {"gender": "m", "city": "Nice", "phone": "34", "email": "neither"},
]


def shop(who: int) -> dict[str, list[dict[str, Any]]]:
    """A shop of refused orders, which differs from the other one only in who bought."""
    person, customer = PEOPLE[who], PEOPLE[who] | {"customer_id": "c1"}
    refused: list[dict[str, Any]] = [
        {"marketing_consent": "no"},
        {"marketing_consent": "perhaps"},
        {"marketing_consent": None},
        {"status": "refunded"},
        {"total": "many"},
        {"ordered_at": "2026-01-01T10:00:00Z"},
        {"order_id": None, "marketing_consent": "no"},
        {"customer_id": "c1", "marketing_consent": None},
    ]
    orders = [SALE | {"order_id": str(number)} | person | row for number, row in enumerate(refused)]
    orders += [SALE | {"order_id": "twice"} | person, SALE | {"order_id": "twice", "total": "1"} | person]
    orders += [
        SALE | {"order_id": "moved"} | person,
        SALE | {"order_id": "moved", "ordered_at": "2026-11-21T10:00:00Z"} | person,
    ]
    orders += [SALE | {"order_id": None} | person, SALE | {"order_id": None, "total": "1"} | person]
    orders += [
        SALE | {"order_id": "useless"} | USELESS[who],
        SALE | {"order_id": None, "ordered_at": "2026-11-22T10:00:00Z"} | USELESS[who],
    ]
    columns: dict[str, Any] = dict.fromkeys(key for row in orders for key in row)
    return {"orders": [columns | row for row in orders], "customers": [customer | {"marketing_consent": "no"}]}


VARIABLES = {"capi_as_of": NOW, "capi_dataset_id": "1", "capi_use_stores": False, "capi_use_order_items": False}
# What differs from run to run, whoever buys.
OF_THE_RUN = {"int_capi__last_run", "int_capi__parts"}


def tables(database) -> dict[str, list[str]]:
    """All rows of all tables that dbt built, as text."""
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'main' and table_type = 'BASE TABLE'"
        ).fetchall()
        return {
            name: sorted(map(str, connection.execute(f"from {name}").fetchall()))
            for (name,) in names
            if name not in OF_THE_RUN
        }


@pytest.fixture(scope="module")
def shops(tmp_path_factory, dbt, write_raw):
    folder = tmp_path_factory.mktemp("privacy")
    databases = [
        write_raw(folder / f"{who}" / "shop.duckdb", **shop(who)) for who in (0, 1) if not (folder / f"{who}").mkdir()
    ]
    for database in databases:
        dbt("run", database=database, variables=VARIABLES)
    return databases


def test_no_table_tells_who_a_refused_person_is(shops, query):
    """Neither plain nor hashed, salted or not: what does not depend on a value cannot reveal it."""
    one, two = (tables(database) for database in shops)

    assert query(shops[0], "select count(*) as events from capi_events") == [{"events": 0}]
    assert len(query(shops[0], "from capi_rejected_events")) == len(shop(0)["orders"])
    assert one.keys() == two.keys()
    assert {name for name in one if one[name] != two[name]} == set()


def test_no_value_and_no_usual_hash_of_it_is_in_any_table_but_those_of_events(tmp_path, dbt, write_raw, query):
    """Also for people who are sent: plain values are only in the raw tables, hashes in the payload, and the customer id in the two
    tables where a person needs it."""
    sent = PEOPLE[0] | {"customer_id": "canary-7", "marketing_consent": "yes"}
    orders = [SALE | {"order_id": "1", "customer_id": "canary-7"}, SALE | {"order_id": "2"} | PEOPLE[1]]
    orders += [
        SALE | {"order_id": "3", "customer_id": "canary-8", "status": "void"},
        SALE | {"order_id": "4", "email": "no-address"},
    ]
    columns: dict[str, Any] = dict.fromkeys(key for row in orders for key in row)
    database = write_raw(tmp_path / "shop.duckdb", orders=[columns | row for row in orders], customers=[sent])
    dbt("build", database=database, variables=VARIABLES)
    found = {name: "\n".join(rows) for name, rows in tables(database).items()}
    assert len(query(database, "from capi_events")) == 2

    plain = {
        value
        for person in PEOPLE
        for column, value in person.items()
        if column not in ("gender", "country", "state", "city")
    }
    for value in plain - {person[column] for person in PEOPLE for column in ("madid", "lead_id")}:
        assert [name for name, text in found.items() if value.lower() in text.lower()] == [], value
        for algorithm in ("md5", "sha1", "sha256"):
            digest = hashlib.new(algorithm, value.lower().encode()).hexdigest()
            assert {name for name, text in found.items() if digest in text} <= {"capi_events"}, value
    for number in ("canary-7", "canary-8"):
        assert {name for name, text in found.items() if number in text} <= {
            "capi_rejected_events",
            "capi_dropped_values",
        }
