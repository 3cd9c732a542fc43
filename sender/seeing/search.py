# ruff: noqa: S608 - names come from the catalogue and are quoted, values are parameters
"""Find the rows of the models and of the published state that belong to an order, however a person writes its id.

An order is named by its id as the shop or Meta has it (ignoring `#`, case and padding, then also leading zeros), by an event_key,
or by its customer.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sender.seeing.warehouse import Rows, Warehouse, state_table

PLAIN = "lower(trim({}, ' \t\r\n#'))"
LOOSE = f"ltrim(regexp_replace({PLAIN}, '[.]0+$', ''), '0')"
Ask = Callable[..., Rows]  # (relation, SQL with a place for its name, *values)
MOST = 25  # cases that are looked into


@dataclass(frozen=True)
class Wanted:
    """What a user asks for; exactly one is set."""

    order: str | None = None
    key: str | None = None
    customer: str | None = None


@dataclass
class Found:
    """Rows of the models and of the published state that belong to what is wanted."""

    raw: Rows
    events: Rows
    rejected: Rows
    changes: Rows
    states: Rows

    def __bool__(self) -> bool:
        return bool(self.raw or self.events or self.rejected or self.changes or self.states)


def search(warehouse: Warehouse, state: Path | None, wanted: Wanted, form: str = PLAIN) -> Found:
    """The rows about what is wanted. Ids are compared in `form`."""
    models = {
        "raw": warehouse.raw("orders"),
        "events": warehouse.events,
        "rejected": warehouse.model("capi_rejected_events"),
        "changes": warehouse.model("capi_later_changes"),
        "states": state_table(state),
    }

    def ask(name: str, sql: str, *values: Any) -> Rows:
        return warehouse.rows(sql.format(models[name]), *values) if models[name] else []

    if wanted.key:
        by_key = {
            name: ask(name, "from {} where event_key = ?", wanted.key.strip().lower())
            for name in ("events", "changes", "states")
        }
        if "event_key" in warehouse.columns(models["rejected"] or "(select 1)"):
            by_key["rejected"] = ask("rejected", "from {} where event_key = ?", wanted.key.strip().lower())
        first = next((row for found in by_key.values() for row in found), None)
        raw = (
            of_order(ask, ["raw"], str(first["order_id"]), PLAIN, first["store_id"])["raw"]
            if first and first["order_id"]
            else []
        )
        return Found(**{"raw": raw, "rejected": []} | by_key)
    if wanted.order is not None:
        return Found(**of_order(ask, list(models), wanted.order, form))
    customer = PLAIN.format("customer_id")
    raw = ask("raw", f"from {{}} where {customer} = {PLAIN.format('?')}", str(wanted.customer))
    merged: dict[str, Rows] = {name: [] for name in models} | {"raw": raw}
    for order, store in dict.fromkeys((row["order_id"], row["store_id"]) for row in raw if row["order_id"]):
        if len(merged["events"]) + len(merged["rejected"]) < MOST:
            for name, more in of_order(ask, ["events", "rejected", "changes", "states"], order, PLAIN, store).items():
                merged[name] += more
    return Found(**merged)


def of_order(ask: Ask, names: Iterable[str], order: str, form: str, store: Any = None) -> dict[str, Rows]:
    """The rows about an order id, with or without the store's id before it, in one store if one is given."""
    own, wanted, prefix = form.format("order_id"), form.format("?"), "lower(store_id) || '-'"
    where = f"({own} = {wanted} or {prefix} || {own} = {wanted} or {own} = {prefix} || {wanted})"
    values = [order, order, order]
    if store is not None:
        where, values = f"{where} and store_id = ?", [*values, store]
    # First filter by the core, which is a tenth of the work: the limit keeps DuckDB from doing both at once. Then read all columns.
    near = "from (select distinct order_id, store_id from {} where order_id ilike ? escape '!' limit 1000000000) where "
    found = {}
    for name in names:
        ids = ask(name, near + where, f"%{core(order)}%", *values)
        rows = (
            ask(name, "from {} where order_id in (select unnest(?))", [row["order_id"] for row in ids]) if ids else []
        )
        stores = {row["store_id"] for row in ids}
        found[name] = [row for row in rows if row["store_id"] in stores]
    return found


def core(order: str) -> str:
    """The part that all ways to write an id share, for `ilike`: after the last dash, without leading zeros and decimals."""
    last = order.strip(" \t\r\n#").rpartition("-")[2]
    return escaped(re.sub(r"[.]0+$", "", last).lstrip("0"))


def nearest(warehouse: Warehouse, wanted: Wanted) -> list[str]:
    """Order ids, or customers, that look much like the missing one."""
    model = warehouse.raw("orders") or warehouse.events
    column, value = ("customer_id", wanted.customer) if wanted.customer else ("order_id", wanted.order)
    if value is None or column not in warehouse.columns(model):
        return []
    value = value.strip(" \t\r\n#")
    # A single typo leaves the first or the last half intact.
    half = max(1, len(value) // 2)
    halves = [f"{escaped(value[:half])}%", f"%{escaped(value[-half:])}"]
    sql = (
        f"select {column} from (select {column}, levenshtein(lower({column}), lower(?)) as distance from {model} "
        f"where {column} ilike ? escape '!' or {column} ilike ? escape '!') "
        f"where distance <= 3 group by {column} order by min(distance), {column} limit 5"
    )
    return [row[0] for row in warehouse.connection.execute(sql, [value, *halves]).fetchall()]


def escaped(text: str) -> str:
    """A text within a pattern of `ilike ... escape '!'`."""
    return re.sub(r"([%_!])", r"!\1", text)
