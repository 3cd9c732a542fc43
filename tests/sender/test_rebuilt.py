"""dbt rebuilds events while a sender works on them: each is delivered once, as it was when its request was written."""

import json
import threading
import time
from datetime import UTC, datetime

import duckdb

from tests.sender.shop import wait_for

ABSENT = {f"capi_use_{table}": False for table in ("order_items", "customers", "stores")}


def sold(hours_ago: float) -> str:
    return datetime.fromtimestamp(time.time() - hours_ago * 3600, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_events_that_dbt_builds_anew_while_they_are_sent_are_delivered_once_as_they_were(
    shop, meta, dbt, write_raw, query
):
    """The published state does not show the attempt yet, so dbt uses a corrected total and a corrected time as for events
    that nobody has tried to send."""
    shop.warehouse.unlink()  # the table that other tests fill by hand
    sale = {"currency": "EUR", "email": "ann@example.com", "total": "5"}
    # Many others, because a sender stops if more than a hundredth of a table has changed.
    orders = [sale | {"order_id": f"other {n}", "ordered_at": sold(2)} for n in range(250)]
    orders += [sale | {"order_id": "price", "ordered_at": sold(2)}, sale | {"order_id": "time", "ordered_at": sold(3)}]
    write_raw(shop.warehouse, orders=orders)
    settings = ABSENT | {"capi_dataset_id": "1234567890"}
    dbt("run", database=shop.warehouse, variables=settings)
    built = {row["order_id"]: row for row in query(shop.warehouse, "from capi_events")}
    arrived, answer = threading.Event(), threading.Event()

    def wait_before_answering(events, dataset, number):
        arrived.set()
        answer.wait(300)

    meta.script = wait_before_answering
    sender = shop.start("send", "--json", "--deadline", "600")
    wait_for(arrived.is_set)
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute("update raw.orders set total = '99' where order_id = 'price'")
        connection.execute("update raw.orders set ordered_at = ? where order_id = 'time'", [sold(4)])
    dbt("run", database=shop.warehouse, variables=settings)
    anew = {row["order_id"]: row for row in query(shop.warehouse, "from capi_events")}
    answer.set()
    out, _ = sender.communicate(timeout=60)

    assert json.loads(anew["price"]["payload"])["custom_data"]["value"] == 99
    assert anew["price"]["event_key"] == built["price"]["event_key"]
    assert anew["time"]["event_key"] != built["time"]["event_key"]
    assert json.loads(out.splitlines()[-1])["accepted"] == len(orders)
    delivered = {event["custom_data"]["order_id"]: event for event in meta.counted.values()}
    assert delivered == {name: json.loads(row["payload"]) for name, row in built.items()}

    meta.script = lambda events, dataset, number: None
    again = shop.send()
    assert (again.code, again.json["requests"], again.json["held"]) == (1, 0, 1)
    assert "1 delivered events now have different content" in again.err
    assert len(meta.counted) == len(orders)
    assert set(meta.copies.values()) == {1}
