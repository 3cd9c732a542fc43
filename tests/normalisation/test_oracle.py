"""The SQL and the second implementation of the documentation agree on every hash of ten thousand dirty customers."""

import datetime
import json

import duckdb
import pytest

from tests.normalisation import dirt, oracle

COUNT = 10_000
FIELDS = ["em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id", "madid", "lead_id"]
TODAY = datetime.date(2026, 11, 24)


@pytest.fixture(scope="module")
def people():
    return dirt.customers(COUNT, seed=7)


@pytest.fixture(scope="module")
def hashed(tmp_path_factory, dbt, people):
    """What the models make of the customers; each buys once, half of them in a shop in the United States."""
    database = tmp_path_factory.mktemp("oracle") / "shop.duckdb"
    columns = ", ".join(f"'{column}': 'varchar'" for column in people[0])
    rows = database.with_suffix(".json")
    rows.write_text("\n".join(json.dumps(person) for person in people))
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw")
        connection.execute(
            f"create table raw.customers as from read_json('{rows}', columns = {{{columns}}}, format = 'newline_delimited')"
        )
        connection.execute(
            "create table raw.stores as from (values ('us', 'US'), ('none', null)) as stores (store_id, country)"
        )
        connection.execute("""
            create table raw.orders as
            select 'R' || customer_id as order_id, '2026-11-20T10:00:00Z' as ordered_at, '1' as total, 'EUR' as currency, customer_id,
                if(cast(substr(customer_id, 2) as integer) % 2 = 0, 'us', 'none') as store_id
            from raw.customers""")
    variables = {"capi_dataset_id": "1001", "capi_use_order_items": False, "capi_as_of": f"{TODAY}T12:00:00Z"}
    dbt("run", "--select", "+int_capi__people", database=database, variables=variables)
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            f"select split_part(person_key, ':', 2), {', '.join(FIELDS)} from int_capi__people"
        ).fetchall()
    return {customer_id: dict(zip(FIELDS, values, strict=True)) for customer_id, *values in found}


@pytest.fixture(scope="module")
def expected(people):
    return [oracle.customer(person, "us" if number % 2 == 0 else None, TODAY) for number, person in enumerate(people)]


def test_every_customer_is_there(hashed, people):
    assert hashed.keys() == {person["customer_id"] for person in people}


@pytest.mark.parametrize("field", FIELDS)
def test_the_sql_and_the_second_reading_agree_on_every_customer(hashed, people, expected, field):
    differences = [
        (person, wanted[field], hashed[person["customer_id"]][field])
        for person, wanted in zip(people, expected, strict=True)
        if hashed[person["customer_id"]][field] != wanted[field]
    ]

    assert differences == []


def test_most_customers_have_most_fields(hashed):
    """Agreement on nothing would not count."""
    for field in FIELDS:
        assert sum(values[field] is not None for values in hashed.values()) > COUNT * (
            0.1 if field in ("madid", "lead_id") else 0.25
        ), field
