# ruff: noqa: S608 - names come from the catalogue and are quoted, values are parameters
"""All that is known of one order, from the till's row to Meta's answer, as plain facts. A question never waits and changes nothing.

An order is named by its id as the shop or as Meta has it: without `#`, in any case and padding, then without leading zeros; or
by an event_key, or by its customer. Orders of several stores may have one id: each is a case of its own.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sender.errors import LedgerError
from sender.ledger import history, notes
from sender.ledger.history import Place
from sender.ledger.ledger import Ledger
from sender.ledger.states import PENDING, UNFINISHED
from sender.seeing.warehouse import Rows, Warehouse, state_table

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
PLAIN = "lower(trim({}, ' \t\r\n#'))"
LOOSE = f"ltrim(regexp_replace({PLAIN}, '[.]0+$', ''), '0')"
MOST = 25  # cases that are looked into


@dataclass(frozen=True)
class Wanted:
    """What a user asks for; exactly one of them."""

    order: str | None = None
    key: str | None = None
    customer: str | None = None


@dataclass
class Found:
    """Rows of the models and of the published state that speak of what is wanted."""

    raw: Rows
    events: Rows
    rejected: Rows
    changes: Rows
    states: Rows

    def __bool__(self) -> bool:
        return bool(self.raw or self.events or self.rejected or self.changes or self.states)


def explain(warehouse: Warehouse, ledger: Ledger, shown_run: int | None, wanted: Wanted, now: float) -> dict[str, Any]:
    """`cases`, one for each order, and where there is none the `nearest` ids. `shown_run` as publication.shown_run has it."""
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
    }


def search(warehouse: Warehouse, state: Path | None, wanted: Wanted, form: str = PLAIN) -> Found:
    """The rows about what is wanted. Ids are compared in `form`."""
    models = {
        "raw": warehouse.model("stg_capi__orders"),
        "events": warehouse.events,
        "rejected": warehouse.model("capi_rejected_events"),
        "changes": warehouse.model("capi_later_changes"),
        "states": state_table(state),
    }

    def rows(name: str, where: str, *values: str) -> Rows:
        return warehouse.rows(f"select * from {models[name]} where {where}", *values) if models[name] else []

    if wanted.key:
        by_key = {
            name: rows(name, "event_key = ?", wanted.key.strip().lower()) for name in ("events", "changes", "states")
        }
        if "event_key" in warehouse.columns(models["rejected"] or "(select 1)"):
            by_key["rejected"] = rows("rejected", "event_key = ?", wanted.key.strip().lower())
        first = next((row for found in by_key.values() for row in found), None)
        raw = (
            of_order(rows, ["raw"], str(first["order_id"]), PLAIN, first["store_id"])["raw"]
            if first and first["order_id"]
            else []
        )
        return Found(**{"raw": raw, "rejected": []} | by_key)
    if wanted.order is not None:
        return Found(**of_order(rows, list(models), wanted.order, form))
    customer = PLAIN.format("customer_id")
    raw = rows("raw", f"{customer} = {PLAIN.format('?')}", str(wanted.customer))
    merged: dict[str, Rows] = {name: [] for name in models} | {"raw": raw}
    for order, store in dict.fromkeys((row["order_id"], row["store_id"]) for row in raw if row["order_id"]):
        if len(merged["events"]) + len(merged["rejected"]) < MOST:
            for name, more in of_order(rows, ["events", "rejected", "changes", "states"], order, PLAIN, store).items():
                merged[name] += more
    return Found(**merged)


def of_order(rows: Any, names: Iterable[str], order: str, form: str, store: Any = None) -> dict[str, Rows]:
    """The rows about an order id, as the shop has it or with the store's id before it, in one store if that is given."""
    own, wanted, prefix = form.format("order_id"), form.format("?"), "lower(store_id) || '-'"
    where = f"({own} = {wanted} or {prefix} || {own} = {wanted} or {own} = {prefix} || {wanted})"
    values = [order, order, order]
    if store is not None:
        where, values = f"{where} and store_id = ?", [*values, store]
    return {name: rows(name, where, *values) for name in names}


def nearest(warehouse: Warehouse, wanted: Wanted) -> list[str]:
    """Order ids, or customers, that are written much like the one that is not there."""
    model = warehouse.model("stg_capi__orders") or warehouse.events
    column, value = ("customer_id", wanted.customer) if wanted.customer else ("order_id", wanted.order)
    if value is None or column not in warehouse.columns(model):
        return []
    own, asked = PLAIN.format(column), PLAIN.format("?")
    sql = (
        f"select {column} from (select distinct {column} from {model} where {column} is not null) "
        f"where abs(length({column}) - ?) <= 3 and levenshtein({own}, {asked}) <= 3 order by levenshtein({own}, {asked}), {column} limit 5"
    )
    found = warehouse.connection.execute(sql, [len(value.strip()), value, value]).fetchall()
    return [row[0] for row in found]


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
        "rows": [{name: value for name, value in row.items() if name != "records_consent"} for row in raw],
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
    """What the table, the published state and the ledger say of one event; the ledger has the last word."""
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


def person(warehouse: Warehouse, customer: str | None) -> Rows:
    """The raw rows of the customer whom the order names."""
    model = warehouse.model("stg_capi__customers")
    if customer is None or not model:
        return []
    found = warehouse.rows(f"select * from {model} where trim(customer_id) = trim(?)", customer)
    return [{name: value for name, value in row.items() if name != "records_consent"} for row in found]


def count_lines(warehouse: Warehouse, orders: list[str | None]) -> int:
    model = warehouse.model("stg_capi__order_items")
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
    """The run that the published state shows; None where it may not be believed."""
    from sender.ledger.publication import shown_run

    try:
        return shown_run(ledger)
    except LedgerError:
        return None
