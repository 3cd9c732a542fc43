"""Raw tables in which every kind of dirt is met that the other tests know: written into one DuckDB file, all columns text."""

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import duckdb

from tests.conftest import write_table
from tests.models.forms.amounts import AMOUNTS, CURRENCIES, LINES
from tests.models.forms.statuses import REFUNDED, STATUSES
from tests.models.forms.times import TIMES
from tests.models.forms.zones import ZONES
from tests.models.test_consent import CASES as CONSENTS
from tests.models.test_dirt import CUSTOMERS, STORES, write_till
from tests.normalisation import dirt
from tests.normalisation.values import CASES

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


def forms() -> list[dict[str, Any]]:
    """One order a form of a status, amount, time, currency or answer, and one a zone and a line."""
    orders = [{"status": status} for status in STATUSES]
    orders += [{"status": status, "total": total, "refunded": amount} for status, total, amount in REFUNDED]
    orders += [{"total": total, "currency": currency} for total, currency in AMOUNTS]
    orders += [{"ordered_at": text, "store_id": "paris"} for text in TIMES]
    orders += [{"updated_at": text} for text in TIMES]
    orders += [{"currency": currency} for currency in CURRENCIES]
    orders += [{"store_id": f"zone {number}", "ordered_at": "2026-11-20 10:00:00"} for number, _ in enumerate(ZONES)]
    orders += [{"marketing_consent": case[0], "limited_data_use": case[0], "opt_out": case[0]} for case in CONSENTS]
    return [SALE | {"order_id": f"form {number}"} | order for number, order in enumerate(orders)]


def values() -> list[dict[str, Any]]:
    """One order a value of a customer's, in the country in which it is read, beside an e-mail that makes it an event."""
    told = [
        {COLUMNS.get(field, field): value, **({"country": country} if country and field != "country" else {})}
        for field, value, country, _ in CASES
    ]
    told += [{"last_name": "ΠΑΠΑΔΟΠΟΥΛΟΣ", "city": "ΑΘΗΝΑΣ"}, {"first_name": "İNCİ"}]  # Java's lower() is another
    return [SALE | {"order_id": f"value {number}"} | order for number, order in enumerate(told)]


def sweep() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A store in each zone of the world, and orders there in summer, in winter and in hours that are repeated or skipped somewhere."""
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


def write(database: Path, people: int, orders: int) -> None:
    """People of dirt.py who shop once each, orders of the mad till, and all forms and values."""
    customers = dirt.customers(people, seed=7)
    sales = [
        SALE | {"order_id": f"R{row['customer_id']}", "customer_id": row["customer_id"], "email": None}
        for row in customers
    ]
    stores = [{"store_id": f"zone {number}", "time_zone": name} for number, name in enumerate(ZONES)]
    lines = [
        {"order_id": "form 0", "product_id": "A", "quantity": quantity, "unit_price": price}
        for quantity, price in LINES
    ]
    swept_stores, swept_orders = sweep()
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw")
        write_till(connection, orders)
        for table, rows in {
            "orders": sales + forms() + values() + swept_orders, "order_items": lines, "customers": CUSTOMERS + customers, "stores": STORES + stores + swept_stores
        }.items():  # fmt: skip
            write_table(connection, "main.more", rows)
            connection.execute(f"create table if not exists raw.{table} as from main.more limit 0")
            connection.execute(
                f"create or replace table raw.{table} as from raw.{table} union all by name from main.more"
            )
        connection.execute("drop table main.more")
