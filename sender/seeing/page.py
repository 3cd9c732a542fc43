"""The report as one HTML page: facts in, text out. No script and no request: its own policy forbids both, whatever the data says."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sender import money
from sender.seeing import readback
from sender.seeing.advice import to_do
from sender.seeing.charts import Plot, columns, segments
from sender.seeing.sales import KINDS
from sender.seeing.shop import KEYS, MOST_STORES, PLACES
from sender.seeing.words import ago, duration, moment

READABLE = 0.95  # a column with a smaller readable share is worth a look
KEY_NAMES = {
    "em": "e-mail", "ph": "phone", "madid": "ad id", "external_id": "own id", "lead_id": "lead", "fn": "first name", "ln": "last name",
    "db": "birth", "ge": "gender", "ct": "city", "st": "state", "zp": "postcode", "country": "country",
}  # fmt: skip


def render(facts: Mapping[str, Any], named: Mapping[str, str]) -> str:
    """`named` says where the facts come from: the table, the ledger, the version."""
    environment = Environment(
        loader=PackageLoader("sender.seeing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    now = facts["now"]
    environment.filters |= {
        "number": lambda n: f"{n:,}",
        "share": share,
        "money": money.amount,
        "plain": money.plain,
        "amounts": money.amounts,
        "short": short,
        "moment": moment,
        "facts": readback.facts,
        "ago": lambda seconds: ago(now - seconds),
        "duration": duration,
    }
    return environment.get_template("report.html").render(
        view(facts) | {"facts": facts, "named": named, "kinds": KINDS}
    )


def view(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the template shows beyond the facts: sums, shares and plots."""
    currencies = by_value(facts)
    nothing: dict[str, Any] = {"orders": 0, "values": {}}
    kinds = dict.fromkeys(KINDS, nothing) | {row["kind"]: row for row in facts["kinds"]}
    orders = sum(kind["orders"] for kind in kinds.values())
    delivered = kinds["delivered"]["orders"]
    return {
        "currencies": currencies[:3],
        "other_currencies": currencies[3:],
        "orders": orders,
        "by_kind": kinds,
        "funnel": funnel(facts),
        "segments": segments({kind: float(found["orders"]) for kind, found in kinds.items()}),
        "delivered": delivered,
        "to_do": to_do(facts),
        "days": day_plot(facts, None),
        "day_money": [(currency, day_plot(facts, currency)) for currency in currencies[:3]],
        "day_rows": day_rows(facts),
        "stores": [store_row(store) for store in facts["stores"][:MOST_STORES]],
        "more_stores": facts["stores"][MOST_STORES:],
        "keys": {key: KEY_NAMES[key] for key in KEYS if any((row[key] or 0) > 0 for row in facts["match_keys"]["all"])},
        "freshness": fresh_plot(facts),
        "fresh": fresh_shares(facts),
        "answers": answers(facts["answer_times"]),
        "notable": [
            row for row in facts["mapping"] or [] if row["likely_column"] or (row["readable_share"] or 1) < READABLE
        ],
        "before": sum(found["orders"] for place in facts["before"].values() for found in place.values()),
        "last_send": facts["sends"][0] if facts["sends"] else None,
    }


def by_value(facts: Mapping[str, Any]) -> list[str]:
    """Currencies, the largest sum first."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for place in facts["totals"].values():
        for currency, found in place.items():
            if currency:
                sums[currency] += found["value"]
    return sorted(sums, key=lambda currency: -sums[currency])


def funnel(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Orders, how many became events, and how many Meta has."""
    steps = {"Orders": set(PLACES), "Events": set(PLACES) - {"no event"}, "Delivered": {"accepted"}}
    found = []
    for name, places in steps.items():
        row: dict[str, Any] = {"name": name, "orders": 0, "values": defaultdict(Decimal)}
        for place in places:
            for currency, each in facts["totals"][place].items():
                row["orders"] += each["orders"]
                row["values"][currency] += each["value"]
        found.append(row)
    most = max(1, found[0]["orders"])
    return [row | {"share": row["orders"] / most} for row in found]


def day_rows(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row per day of the window, with what became of its orders."""
    found: dict[date, dict[str, Any]] = {}
    for row in facts["days"]:
        day = found.setdefault(
            row["day"],
            {"day": row["day"], "orders": 0, "delivered": 0, "sold": defaultdict(Decimal), "got": defaultdict(Decimal)},
        )
        day["orders"] += row["orders"]
        day["sold"][row["currency"]] += row["value"]
        if row["kind"] == "delivered":
            day["delivered"] += row["orders"]
            day["got"][row["currency"]] += row["value"]
    return [found[day] for day in sorted(found, reverse=True)]


def all_days(facts: Mapping[str, Any]) -> list[date]:
    """From the first day with an order to the last, without gaps, at most the window."""
    present = [row["day"] for row in facts["days"] if row["day"]]
    if not present:
        return []
    last = min(max(present), datetime.fromtimestamp(facts["now"], UTC).date() + timedelta(days=1))
    first = max(min(present), last - timedelta(days=63))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def day_plot(facts: Mapping[str, Any], currency: str | None) -> Plot:
    """One column per day: orders, or money in one currency."""
    days = all_days(facts)
    stacks: dict[date, dict[str, float]] = {day: dict.fromkeys(KINDS, 0.0) for day in days}
    for row in facts["days"]:
        if row["day"] in stacks and currency in (None, row["currency"]):
            stacks[row["day"]][row["kind"]] += row["orders"] if currency is None else float(row["value"])
    names = [f"{day:%-d %b}" for day in days]
    titles = []
    for day in days:
        total, got = sum(max(0.0, part) for part in stacks[day].values()), stacks[day]["delivered"]
        if currency is None:
            titles.append(f"{day}: {total:,.0f} orders, {got:,.0f} accepted by Meta")
        else:
            titles.append(
                f"{day}: {money.amount(total, currency)} sold, {money.amount(got, currency)} accepted by Meta"
            )
    return columns(names, list(stacks.values()), titles, labels=6 if currency is None else 3)


FRESH = {"hour": "within an hour", "day_one": "within a day", "three_days": "within three days", "late": "later"}


def fresh_plot(facts: Mapping[str, Any]) -> Plot:
    """One column per day: how long delivered sales took."""
    rows = facts["freshness"][-62:]
    stacks = [
        {
            "hour": row["hour"],
            "day_one": row["day_one"] - row["hour"],
            "three_days": row["three_days"] - row["day_one"],
            "late": row["delivered"] - row["three_days"],
        }
        for row in rows
    ]
    titles = [
        f"{row['day']}: {row['delivered']:,} delivered, {share(row['day_one'] / row['delivered'])} within a day"
        for row in rows
    ]
    return columns([f"{row['day']:%-d %b}" for row in rows], stacks, titles)


def fresh_shares(facts: Mapping[str, Any]) -> list[tuple[str, str, int, float]]:
    """(kind, in words, how many of the last 28 days' sales, their share)"""
    since = datetime.fromtimestamp(facts["now"], UTC).date() - timedelta(days=28)
    rows = [row for row in facts["freshness"] if row["day"] >= since]
    total = sum(row["delivered"] for row in rows)
    sums = {name: sum(row[name] for row in rows) for name in ("hour", "day_one", "three_days")}
    parts = {
        "hour": sums["hour"],
        "day_one": sums["day_one"] - sums["hour"],
        "three_days": sums["three_days"] - sums["day_one"],
        "late": total - sums["three_days"],
    }
    return [(kind, FRESH[kind], n, n / total if total else 0.0) for kind, n in parts.items()]


def store_row(store: Mapping[str, Any]) -> dict[str, Any]:
    kinds = store["kinds"]
    sold: dict[str | None, Decimal] = defaultdict(Decimal)
    for found in kinds.values():
        for currency, value in found["values"].items():
            sold[currency] += value
    orders = sum(found["orders"] for found in kinds.values())
    delivered = kinds.get("delivered", {"orders": 0, "values": {}})
    return {
        **store,
        "orders": orders,
        "delivered": delivered["orders"],
        "delivered_share": delivered["orders"] / orders,
        "sold": sold,
        "got": delivered["values"],
        "segments": segments({kind: float(kinds[kind]["orders"]) if kind in kinds else 0.0 for kind in KINDS}),
    }


def answers(times: list[tuple[float, int]]) -> dict[str, float] | None:
    """Seconds within which half and 95% of the answers came, and the slowest."""
    total = sum(n for _, n in times)
    if not total:
        return None

    def within(part: float) -> float:
        seen = 0
        for seconds, n in times:
            seen += n
            if seen >= part * total:
                return seconds
        return times[-1][0]

    return {"half": within(0.5), "most": within(0.95), "slowest": times[-1][0]}


def share(part: float | None) -> str:
    """64%; 100% and 0% only for all and nothing."""
    if part is None:
        return "none"
    if 0 < part < 0.005:
        return "< 1%"
    return f"{min(99, round(100 * part)) if part < 1 else 100}%"


def short(value: float) -> str:
    """A tick's label: 1.5k, 20k, 2M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"
