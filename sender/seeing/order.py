# ruff: noqa: S608 - names come from the catalogue and are quoted, values are parameters
"""Everything known about one order, from the till's row to Meta's answer, as plain facts. Never waits, and changes nothing.

Orders of several stores may share an id: each is a case of its own.
"""

import json
from typing import Any

from sender.errors import LedgerError
from sender.ledger import history, notes
from sender.ledger.history import Place
from sender.ledger.ledger import Ledger
from sender.ledger.states import PENDING, UNFINISHED
from sender.seeing.search import LOOSE, MOST, Found, Wanted, nearest, search
from sender.seeing.warehouse import Rows, Warehouse

PERSONAL = (
    *(
        "email",
        "phone",
        "first_name",
        "last_name",
        "gender",
        "date_of_birth",
        "city",
        "state",
        "postal_code",
        "country",
    ),
    *("external_id", "madid", "lead_id"),
)


def explain(warehouse: Warehouse, ledger: Ledger, shown_run: int | None, wanted: Wanted, now: float) -> dict[str, Any]:
    """`cases`, one per order or, if there is none, the `nearest` ids. For `shown_run` see publication.shown_run."""
    state = ledger.state_path if ledger.state_path.exists() else None
    found = search(warehouse, state, wanted)
    if not found and wanted.order:
        found = search(warehouse, state, wanted, LOOSE)
    everything = grouped(found)
    cases = [facts_of(case, warehouse, ledger, shown_run) for case in everything[:MOST]]
    return {
        "wanted": {name: value for name, value in vars(wanted).items() if value},
        "now": int(now),
        "built_at": warehouse.built_at(),
        "last_send": next(iter(history.last_sends(ledger, 1)), None),
        "cases": cases,
        "more": max(0, len(everything) - MOST),
        "nearest": nearest(warehouse, wanted) if not cases else [],
        "out_of_reach": sorted(warehouse.out_of_reach),
    }


def grouped(found: Found) -> list[dict[str, Any]]:
    """The rows by order and store, in the order of the raw rows."""
    cases: dict[tuple[str, str], dict[str, Any]] = {}
    for name in ("raw", "events", "rejected", "states", "changes"):
        for row in getattr(found, name):
            order, store = str(row["order_id"] or row.get("event_key") or row.get("ordered_at")), row["store_id"] or ""
            receipt = order.strip(" \t\r\n#").lower().removeprefix(f"{store.lower()}-")
            case = cases.setdefault((receipt, store), {"order_id": row["order_id"], "store_id": row["store_id"]})
            case.setdefault(name, []).append(row)
    return list(cases.values())


def facts_of(case: dict[str, Any], warehouse: Warehouse, ledger: Ledger, shown_run: int | None) -> dict[str, Any]:
    raw, rejected = case.get("raw", []), case.get("rejected", [])
    keys = dict.fromkeys(row["event_key"] for name in ("events", "states", "changes") for row in case.get(name, []))
    by_key = {name: {row["event_key"]: row for row in case.get(name, [])} for name in ("events", "states")}
    changes = case.get("changes", [])
    events = [
        event_facts(
            key,
            by_key["events"].get(key),
            by_key["states"].get(key),
            [row for row in changes if row["event_key"] == key],
            warehouse,
            ledger,
            shown_run,
        )
        for key in keys
    ]
    customer = next((row["customer_id"] for row in raw if row["customer_id"]), None)
    return {
        "order_id": case["order_id"],
        "store_id": case["store_id"],
        "rows": [as_written(row) for row in raw],
        "customer": person(warehouse, customer),
        "lines": count_lines(warehouse, [row["order_id"] for row in raw]),
        "rejected": [
            {
                name: row.get(name)
                for name in (
                    "reason",
                    "reasons",
                    "remedy",
                    "event_time",
                    "value",
                    "currency",
                    "event_name",
                    "event_key",
                )
            }
            | {"remedies": remedies(warehouse, row.get("reasons") or [row["reason"]])}
            for row in rejected
        ],
        "events": events,
    }


def event_facts(
    key: str,
    event: dict[str, Any] | None,
    state: dict[str, Any] | None,
    changes: Rows,
    warehouse: Warehouse,
    ledger: Ledger,
    shown_run: int | None,
) -> dict[str, Any]:
    """What the table, the published state and the ledger say about one event; the ledger has the last word."""
    known = event or state or changes[0]
    payload = json.loads(event["payload"]) if event else {}
    custom = payload.get("custom_data") or {}
    place = placed(ledger, key, state, shown_run)
    value, currency = (state or {}).get("value"), (state or {}).get("currency")
    return {
        "event_key": key,
        "in_table": event is not None,
        "dataset_id": known["dataset_id"],
        "event_name": known.get("event_name"),
        "event_time": known.get("event_time"),
        "expires_at": known.get("expires_at"),
        "item_number": known.get("item_number"),
        "action_source": (event or {}).get("action_source"),
        "upload_tag": (event or {}).get("upload_tag") or (place.upload_tag if place else None),
        "time_note": (event or {}).get("time_note"),
        "value": value if currency else custom.get("value"),
        "currency": currency or custom.get("currency"),
        "carries": list(payload.get("user_data") or {}),
        "contents": len(custom.get("contents") or []),
        "payload": payload or None,
        "dropped": dropped(warehouse, key),
        "changes": [{name: row[name] for name in ("change", "field", "reason")} for row in changes],
        "delivery": delivery(ledger, place, state),
    }


def placed(ledger: Ledger, key: str, state: dict[str, Any] | None, shown_run: int | None) -> Place | None:
    return history.find(
        ledger, key, state["state"] if state else None, state["fbtrace_id"] if state else None, shown_run
    )


def delivery(ledger: Ledger, place: Place | None, state: dict[str, Any] | None) -> dict[str, Any]:
    if place is None:
        names = ("state", "reason", "first_attempt_at", "accepted_at", "fbtrace_id")
        return {name: (state or {"state": PENDING}).get(name) for name in names} | {
            "paused_until": None,
            "attempts": [],
        }
    shown = PENDING if place.state in UNFINISHED else place.state
    return {
        "state": shown,
        "reason": place.reason,
        "first_attempt_at": place.first_attempt_at,
        "accepted_at": place.ended_at if place.state == "accepted" else None,
        "fbtrace_id": place.fbtrace_id,
        "paused_until": int(notes.paused_until(ledger, place.dataset_id)) or None if shown == PENDING else None,
        "attempts": history.attempts(ledger, place),
    }


def as_written(row: dict[str, Any]) -> dict[str, Any]:
    """The shop's own columns, which staging keeps as text. Staging's notes about them are left out."""
    return {name: value for name, value in row.items() if not isinstance(value, bool)}


def person(warehouse: Warehouse, customer: str | None) -> Rows:
    """The raw rows of the customer that the order names."""
    model = warehouse.raw("customers")
    if customer is None or not model:
        return []
    found = warehouse.rows(f"select * from {model} where trim(customer_id) = trim(?)", customer)
    return [as_written(row) for row in found]


def count_lines(warehouse: Warehouse, orders: list[str | None]) -> int:
    model = warehouse.raw("order_items")
    named = sorted({order for order in orders if order})
    if not named or not model:
        return 0
    (n,) = warehouse.connection.execute(
        f"select count(*) from {model} where order_id in (select unnest(?))", [named]
    ).fetchone() or (0,)
    return int(n)


def dropped(warehouse: Warehouse, key: str) -> Rows:
    model = warehouse.model("capi_dropped_values")
    return warehouse.rows(f"select field, reason from {model} where event_key = ? order by all", key) if model else []


def remedies(warehouse: Warehouse, reasons: list[str]) -> Rows:
    """What to do about each reason, in the same order."""
    model = warehouse.model("int_capi__rejection_reasons")
    known = dict(warehouse.connection.execute(f"select reason, remedy from {model}").fetchall()) if model else {}
    return [{"reason": reason, "remedy": known.get(reason)} for reason in reasons]


def trusted_run(ledger: Ledger) -> int | None:
    """The run that the published state shows; None if it cannot be trusted."""
    from sender.ledger.publication import shown_run

    try:
        return shown_run(ledger)
    except LedgerError:
        return None
