"""A shop's week, with real dbt and the real command: every outcome that an order may have occurs at least once.

Stores: `paris` and `york` sell; `<b>lab</b>` is a test store; Meta answers events from `mars` with a wrong count, so they are held.
After the first send, one delivered order is cancelled, one deleted, one corrected, and new ones come that no send has seen.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sender.commands.init import init
from sender.config.settings import Settings
from sender.seeing import readback
from tests.sender import server
from tests.sender.shop import Forker, Shop

DATASET, OTHER = "100000000000001", "100000000000002"
# As Meta might answer `quality`: counts as numbers, as texts, and as something else.
SAID = {
    DATASET: [
        {"upload_tag": "a", "valid_entries": 30, "matched_entries": "21", "duplicate_entries": 0},
        {"upload_tag": "b", "valid_entries": 10, "matched_entries": 9, "duplicate_entries": None},
    ],
    OTHER: [{"upload_tag": "a", "valid_entries": "some", "matched_entries": {}}],
}
NASTY = "<script>document.title='taken'</script>"
STORES = [
    {"store_id": "paris", "time_zone": "Europe/Paris", "currency": "EUR", "country": "FR", "dataset_id": DATASET},
    {"store_id": "york", "time_zone": "America/New_York", "currency": "USD", "country": "US", "dataset_id": DATASET},
    {"store_id": NASTY, "time_zone": "Asia/Tokyo", "currency": "JPY", "country": "JP", "dataset_id": DATASET},
    {"store_id": "mars", "time_zone": "UTC", "currency": "EUR", "country": "DE", "dataset_id": OTHER},
    {"store_id": "lab", "time_zone": "UTC", "currency": "EUR", "country": "DE", "dataset_id": DATASET},
]


@dataclass
class Week:
    """The shop, its raw orders as they are now, and what was printed."""

    shop: Shop
    meta: Any
    orders: list[dict[str, Any]] = field(default_factory=list)
    printed: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, **more: Any) -> Any:
        return self.shop.run(*arguments, **more)


def order(
    order_id: str, total: str, store: str = "paris", age: timedelta = timedelta(hours=5), **more: Any
) -> dict[str, Any]:
    at = datetime.now(UTC) - age
    return {
        "order_id": order_id,
        "ordered_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "total": total,
        "store_id": store,
        "status": "completed",
        "customer_id": f"c-{order_id}",
        "email": f"{order_id.strip('#').lower()}.1@example.com",
        "marketing_consent": "true",
        "currency": None,
    } | more


def first_orders() -> list[dict[str, Any]]:
    sold = [
        order(f"R{number:03}", f"{number}.{number:02}", "paris", timedelta(days=number % 5, hours=2))
        for number in range(10, 40)
    ]
    sold += [
        order(f"Y{number:03}", f"{number}.5", "york", timedelta(days=number % 5, hours=2)) for number in range(10, 30)
    ]
    sold += [order("J1", "1500", NASTY), order("J2", "2500", NASTY)]
    sold += [order("M1", "7.00", "mars"), order("M2", "8.00", "mars")]
    sold += [order("R010", "3.00", "york")]  # another store has this number too
    sold += [order("REFUSED", "6.60"), order("LATE", "5.50", age=timedelta(days=62) - timedelta(minutes=20))]
    return [
        *sold,
        order("DENIED", "9.99", marketing_consent="no"),
        order("CANCELLED", "4.44", status="cancelled"),
        order("NOTIME", "3.33", ordered_at="some day"),
        order("NOVALUE", "n/a"),
        order("FOREIGN", "2.22", currency="QQQ"),
        order("LAB1", "1.11", "lab"),
        order("NOBODY", "1.50", customer_id=None, email=None),
    ]


def later(orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the till says a day later."""
    kept = [dict(row) for row in orders if row["order_id"] != "R011"]
    for row in kept:
        if row["order_id"] == "R012":
            row["status"] = "cancelled"
        if row["order_id"] == "R013":
            row["total"] = "99.00"
    return [
        *kept,
        order("NEW1", "20.00", age=timedelta(minutes=5)),
        order("NEW2", "30.00", "york", timedelta(minutes=5)),
    ]


@pytest.fixture(scope="session")
def week(
    tmp_path_factory: pytest.TempPathFactory, dbt: Callable[..., Any], write_raw: Callable[..., Path]
) -> Iterator[Week]:
    folder = tmp_path_factory.mktemp("week")
    meta, forker = server.Meta(), Forker(tmp_path_factory.mktemp("week-forked"))
    shop = Shop(folder, meta.url, forker)
    found = Week(shop, meta)
    meta.bad = lambda event: event["custom_data"]["order_id"] == "REFUSED"
    meta.script = lambda events, dataset, number: (200, {"events_received": 0}) if dataset == OTHER else None
    variables = {"capi_test_stores": ["lab"], "capi_use_customers": False, "capi_use_order_items": False}
    variables |= {"capi_delivery_state": str(shop.state)}
    umask = os.umask(0o077)
    init(Settings(ledger=shop.ledger))
    os.umask(umask)
    try:
        for name, orders in (("first", first_orders()), ("second", None)):
            found.orders = orders or later(found.orders)
            write_raw(shop.warehouse, orders=found.orders, stores=STORES)
            dbt("run", database=shop.warehouse, variables=variables)
            if name == "first":
                found.printed["send"] = shop.run("send", OFFLINE_CAPI_TEST_NOW_OFFSET="1500").out
                uploads = {dataset: {"quality": [], "uploads": said, "problems": {}} for dataset, said in SAID.items()}
                readback.write(shop.ledger, {"at": 1, "datasets": uploads})
        yield found
    finally:
        forker.close()
        meta.close()
