# ruff: noqa: S608 - only constants are put into SQL here
"""Everything the report says, as plain facts: numbers, codes and texts, no layout. Amounts are Decimals, times Unix seconds, days dates.

The window is the 62 days within which Meta takes a store's sale; older sales are only counted, in one line.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sender.ledger import history
from sender.ledger.ledger import Ledger
from sender.seeing import readback
from sender.seeing.sales import lay_out
from sender.seeing.warehouse import Rows, Warehouse

DAY = 86_400
WINDOW = 62 * DAY
SOON = 48 * 3600
MOST_STORES = 60
PLACES = ("accepted", "pending", "held", "rejected", "expired", "withheld", "no event")
KEYS = ("em", "ph", "madid", "external_id", "lead_id", "fn", "ln", "db", "ge", "ct", "st", "zp", "country")
WITH_STRONG_KEY = "regexp_matches(',' || match_keys || ',', ',(em|ph|madid),')"


def gather(warehouse: Warehouse, ledger: Ledger, state: Path | None, now: float) -> dict[str, Any]:
    lay_out(warehouse, state)
    shown = f"(select * from sales where event_time is null or event_time >= {int(now) - WINDOW})"
    return {
        "now": int(now),
        "built_at": warehouse.built_at(),
        "sends": history.last_sends(ledger, 30),
        "totals": totals(warehouse.rows(f"select place, currency, {COUNTED} from {shown} group by all")),
        "kinds": merged(warehouse.rows(f"select kind, currency, {COUNTED} from {shown} group by all"), "kind"),
        "before": totals(
            warehouse.rows(
                f"select place, currency, {COUNTED} from sales where event_time < {int(now) - WINDOW} group by all"
            )
        ),
        "reasons": reasons(warehouse, shown),
        "days": warehouse.rows(
            f"select day, kind, currency, {COUNTED} from {shown} where day is not null group by all order by day"
        ),
        "stores": stores(warehouse, shown),
        "match_keys": match_keys(warehouse, shown),
        "freshness": warehouse.rows(
            f"""select day, count(*) as delivered, count(*) filter (delay <= 3600) as hour,
                count(*) filter (delay <= {DAY}) as day_one, count(*) filter (delay <= {3 * DAY}) as three_days
            from {shown} where delay is not null group by day order by day"""
        ),
        "send_days": send_days(warehouse, state, now),
        "expiring": warehouse.rows(
            f"""select store_id, currency, {COUNTED}, min(expires_at) as first_at from sales
            where place = 'pending' and expires_at between {int(now)} and {int(now) + SOON} group by all order by first_at"""
        ),
        "requests": history.requests_by_day(ledger),
        "answer_times": history.answer_times(ledger),
        "failures": history.failures(ledger, 15),
        "failures_by_reason": history.failures_by_reason(ledger),
        "decisions": history.decisions(ledger, 10),
        "drifted": len(history.drifted(ledger)),
        "withdrawn": warehouse.rows(
            f"select withdrawn_reason as reason, currency, {COUNTED} from sales "
            "where place = 'accepted' and withdrawn_reason is not null group by all order by orders desc"
        ),
        "differing": differing(warehouse),
        "mapping": mapping(warehouse),
        "meta_says": readback.read(ledger.path),
    }


COUNTED = "count(*) as orders, coalesce(sum(value), 0) as value"


def totals(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str | None, dict[str, Any]]]:
    """{place: {currency: {orders, value}}}"""
    found: dict[str, dict[str | None, dict[str, Any]]] = {place: {} for place in PLACES}
    for row in rows:
        found.setdefault(row["place"], {})[row["currency"]] = {"orders": row["orders"], "value": row["value"]}
    return found


def merged(rows: Rows, *names: str) -> Rows:
    """Merges rows that differ only in currency, with `orders` and `values` by currency."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        entry = found.setdefault(
            key, dict(zip(names, key, strict=True)) | {"orders": 0, "values": defaultdict(Decimal)}
        )
        entry["orders"] += row["orders"]
        if row["value"]:
            entry["values"][row["currency"]] += row["value"]
    return list(found.values())


def reasons(warehouse: Warehouse, shown: str) -> Rows:
    """Why orders are not at Meta, the most frequent reason first."""
    sql = f"select kind, place, reason, remedy, currency, {COUNTED} from {shown} where place not in ('accepted', 'pending') group by all"
    found = merged(warehouse.rows(sql), "kind", "place", "reason", "remedy")
    return sorted(found, key=lambda row: (-row["orders"], row["reason"]))


def stores(warehouse: Warehouse, shown: str) -> Rows:
    """Each store's orders and money, the largest first."""
    found = merged(
        warehouse.rows(f"select store_id, kind, currency, {COUNTED} from {shown} group by all"), "store_id", "kind"
    )
    facts = {
        row["store_id"]: row
        for row in warehouse.rows(
            f"""select store_id, avg({WITH_STRONG_KEY}::int) as strong, median(delay)::bigint as delay,
                mode(reason) filter (kind = 'fixable') as main_reason from {shown} group by store_id"""
        )
    }
    by_store: dict[Any, dict[str, Any]] = {}
    for row in found:
        store = by_store.setdefault(row["store_id"], {**facts[row["store_id"]], "kinds": {}})
        store["kinds"][row["kind"]] = {"orders": row["orders"], "values": row["values"]}
    return sorted(by_store.values(), key=lambda store: -sum(kind["orders"] for kind in store["kinds"].values()))


def match_keys(warehouse: Warehouse, shown: str) -> dict[str, Rows]:
    """The share of events that carry each customer parameter, by store and by the store's country."""
    shares = ", ".join(f"avg((',' || match_keys || ',' like '%,{key},%')::int) as {key}" for key in KEYS)
    measured = f"count(*) as events, avg({WITH_STRONG_KEY}::int) as strong, {shares}"
    of_events = f"{shown} where match_keys is not null"
    located = warehouse.model("int_capi__stores")
    by_country = (
        f"select upper(stores.country) as store_country, {measured} from (select * from {of_events}) left join "
        f"(select store_id, country from {located}) as stores using (store_id) group by 1 order by events desc"
    )
    return {
        "by_store": warehouse.rows(f"select store_id, {measured} from {of_events} group by 1 order by events desc"),
        "by_country": warehouse.rows(by_country) if located else [],
        "all": warehouse.rows(f"select {measured} from {of_events}"),
    }


def send_days(warehouse: Warehouse, state: Path | None, now: float) -> int:
    """On how many of the last 14 days Meta accepted something."""
    found = warehouse.rows(
        f"""select count(distinct (event_time + delay) // {DAY}) as days from sales
        where event_time + delay >= {(int(now) // DAY - 13) * DAY}"""
    )
    return int(found[0]["days"])


def differing(warehouse: Warehouse) -> Rows:
    """Fields that would be different if the order were sent today."""
    model = warehouse.model("capi_later_changes")
    if not model:
        return []
    return warehouse.rows(
        f"select field, count(distinct event_key) as events from {model} where change = 'differs' group by field order by events desc"
    )


def mapping(warehouse: Warehouse) -> Rows | None:
    """What became of each column of the raw tables; None if the model does not exist."""
    model = warehouse.model("capi_mapping")
    return warehouse.rows(f"select * from {model} order by raw_table, raw_column") if model else None


def day_of(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
