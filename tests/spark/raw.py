"""Raw tables with every kind of dirt from the other tests, written to one DuckDB file. All columns are text, except in the
schemas types_0, types_1 and so on, which have the types that both engines and Parquet support."""

import random
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import duckdb
import phonenumbers
import pycountry
from phonenumbers import PhoneNumberType

from tests.conftest import write_table
from tests.models import test_eligibility, test_keys, test_receipts, test_settings, test_types
from tests.models.forms.amounts import AMOUNTS, CURRENCIES, LINES
from tests.models.forms.statuses import REFUNDED, STATUSES
from tests.models.forms.times import TIMES
from tests.models.forms.zones import ZONES
from tests.models.test_consent import CASES as CONSENTS
from tests.models.test_dirt import CUSTOMERS, STORES, write_till
from tests.normalisation import dirt
from tests.normalisation.test_phone import KINDS, written
from tests.normalisation.values import CASES, MISSING_WORDS

Rows = list[dict[str, Any]]
SWEPT = "in "
SALE = {
    "ordered_at": "2026-11-20T10:00:00Z",
    "total": "12",
    "currency": "EUR",
    "email": "ann@example.com",
    "marketing_consent": "yes",
}
COLUMNS = {
    "em": "email", "ph": "phone", "fn": "first_name", "ln": "last_name", "ge": "gender", "db": "date_of_birth", "ct": "city", "st": "state",
    "zp": "postal_code",
}  # fmt: skip


def forms() -> Rows:
    """One order for each form of a status, amount, time, currency or answer, and one for each zone and line."""
    orders = [{"status": status} for status in STATUSES]
    orders += [{"status": status, "total": total, "refunded": amount} for status, total, amount in REFUNDED]
    orders += [{"total": total, "currency": currency} for total, currency in AMOUNTS]
    orders += [{"ordered_at": text, "store_id": "paris"} for text in TIMES]
    orders += [{"updated_at": text} for text in TIMES]
    orders += [{"currency": currency} for currency in CURRENCIES]
    orders += [{"store_id": f"zone {number}", "ordered_at": "2026-11-20 10:00:00"} for number, _ in enumerate(ZONES)]
    orders += [{"marketing_consent": case[0], "limited_data_use": case[0], "opt_out": case[0]} for case in CONSENTS]
    return [SALE | {"order_id": f"form {number}"} | order for number, order in enumerate(orders)]


def values() -> Rows:
    """One order for each customer value, in the country in which it is read, with an e-mail that makes it an event."""
    told = [
        {COLUMNS.get(field, field): value, **({"country": country} if country and field != "country" else {})}
        for field, value, country, _ in CASES
    ]
    told += [{"last_name": "ΠΑΠΑΔΟΠΟΥΛΟΣ", "city": "ΑΘΗΝΑΣ"}, {"first_name": "İNCİ"}]  # Java's lower() differs
    return [SALE | {"order_id": f"value {number}"} | order for number, order in enumerate(told)]


def sweep() -> tuple[Rows, Rows]:
    """A store in each time zone of the world, with orders in summer, in winter and in hours that are repeated or skipped somewhere."""
    clocks = [
        "2026-03-29 02:30:00",
        "2026-07-15 12:00:00",
        "2026-10-25 02:30:00",
        "2026-11-01 01:30:00",
        "2026-12-15 12:00:00",
    ]
    zones = sorted(name for name in available_timezones() if "/" in name)
    stores = [{"store_id": f"{SWEPT}{name}", "time_zone": name} for name in zones]
    orders = [
        SALE | {"order_id": f"{SWEPT}{name} {clock}", "store_id": f"{SWEPT}{name}", "ordered_at": clock}
        for name in zones
        for clock in clocks
    ]
    return stores, orders


def joined() -> dict[str, Rows]:
    """Ids written in two ways, ids of nobody, receipts with several rows, every reason, and the columns that settings name."""
    orders = test_receipts.rows_of(test_receipts.RECEIPTS | test_receipts.BY_DAY)
    orders += [
        test_eligibility.SALE | {"order_id": name} | changes for name, (changes, _) in test_eligibility.CASES.items()
    ]
    orders += [
        test_settings.SALE | {"order_id": number, "email": test_settings.DIGEST, "marketing_consent": "yes"}
        for number in "abc"
    ]
    customers, stores, items = test_eligibility.CUSTOMERS.copy(), test_eligibility.STORES + test_receipts.STORES, []
    for here, there in (test_keys.SAME | test_keys.OTHER).items():
        orders.append(SALE | {"order_id": here, "customer_id": here, "store_id": here})
        customers.append({"customer_id": there, "first_name": "Ada", "marketing_consent": "yes"})
        stores.append({"store_id": there, "time_zone": "Europe/Paris"})
        items.append({"order_id": there, "product_id": "A"})
    for word in test_keys.NOBODY + test_keys.SOMEBODY + test_keys.MISSING:
        orders += [
            SALE | {"order_id": f"{column} {word}", column: word}
            for column in ("customer_id", "external_id", "store_id")
        ]
        customers.append({"customer_id": word, "email": "till@example.com", "marketing_consent": "yes"})
    return {"orders": orders, "customers": customers, "stores": stores, "order_items": items}


def everywhere() -> Rows:
    """Phones of every region in every notation, the names and codes of countries, states and currencies, words for missing values, and any
    text at all."""
    told: Rows = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in KINDS:
            number = phonenumbers.example_number_for_type(region, getattr(PhoneNumberType, kind))
            told += [
                {"phone": text, "country": region} for text in (written(number, region).values() if number else [])
            ]
    for country in pycountry.countries:
        told += [
            {"country": name, "phone": "030 1234567"}
            for name in (country.alpha_3, country.alpha_2.lower(), country.name.upper())
        ]
    for subdivision in pycountry.subdivisions:
        told.append({"state": subdivision.name, "country": subdivision.country_code, "city": subdivision.name})
    told += [{"currency": currency.alpha_3.lower()} for currency in pycountry.currencies]
    told += [{column: word} for column in COLUMNS.values() for word in MISSING_WORDS]
    # Characters in Java 17's Unicode (docs/engines.md): no test compares newer ones.
    blocks = [
        (32, 126),
        (160, 591),
        (768, 879),
        (880, 1279),
        (1425, 1524),
        (1569, 1791),
        (2309, 2361),
        (8192, 8303),
        (12289, 12542),
        (44032, 44060),
        (65281, 65374),
    ]
    signs = [chr(sign) for first, last in blocks for sign in range(first, last + 1)] + list("0123456789 -+.@/") * 20
    draw = random.Random(7)
    told += [
        {column: "".join(draw.choices(signs, k=draw.randint(1, 14))) for column in COLUMNS.values()}
        for _ in range(10_000)
    ]
    return [SALE | {"order_id": f"told {number}"} | order for number, order in enumerate(told)]


# Types that Parquet or Spark does not have -> others that mean the same.
CARRIED = {"::json": "::varchar", "::uuid": "::varchar", "::hugeint": "::bigint", "timestamp_ns ": "timestamp "}


def write_types(connection: duckdb.DuckDBPyConnection, build: int) -> None:
    """One sale, as tests/models/test_types.py has it."""
    connection.execute(f"create schema types_{build}")
    for table, cells in {
        "orders": test_types.ORDERS,
        "customers": test_types.CUSTOMERS,
        "stores": test_types.STORES,
        "order_items": test_types.ITEMS,
    }.items():
        columns = ", ".join(f"{values[build]} as {column}" for column, values in cells.items())
        for type, carried in CARRIED.items():
            columns = columns.replace(type, carried)
        connection.execute(f"create table types_{build}.{table} as select {columns}")


def write(database: Path, people: int, orders: int, everything: bool) -> None:
    """People from dirt.py who shop once each, orders of the mad till, and all forms and values; with `everything`, all other values too."""
    customers = dirt.customers(people, seed=7)
    sales = [
        SALE | {"order_id": f"R{row['customer_id']}", "customer_id": row["customer_id"], "email": None}
        for row in customers
    ]
    more = joined()
    stores = [{"store_id": f"zone {number}", "time_zone": name} for number, name in enumerate(ZONES)]
    lines = [
        {"order_id": "form 0", "product_id": "A", "quantity": quantity, "unit_price": price}
        for quantity, price in LINES
    ]
    swept_stores, swept_orders = sweep()
    tables = {
        "orders": sales + forms() + values() + swept_orders + more["orders"] + (everywhere() if everything else []),
        "order_items": lines + more["order_items"],
        "customers": CUSTOMERS + customers + more["customers"],
        "stores": STORES + stores + swept_stores + more["stores"],
    }
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw")
        write_till(connection, orders)
        for table, rows in tables.items():
            for start in range(0, len(rows), 2_000):
                write_table(connection, "main.more", rows[start : start + 2_000])
                connection.execute(f"create table if not exists raw.{table} as from main.more limit 0")
                connection.execute(
                    f"create or replace table raw.{table} as from raw.{table} union all by name from main.more"
                )
        connection.execute("drop table main.more")
        for build in range(len(test_types.ZONES) if everything else 0):
            write_types(connection, build)
