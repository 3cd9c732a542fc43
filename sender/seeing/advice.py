"""What a person should do now, in sentences, most urgent first. Pure. An empty list is good news."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sender import money
from sender.meta.reasons import LATER, STOPS
from sender.seeing.words import ago, counted, moment

DAY = 86_400
STALE = 26 * 3600  # a daily run that is two hours late


class Advice(NamedTuple):
    """`what` is a sentence, `do` a command to run or a thing to change; `urgent` if waiting loses sales."""

    what: str
    do: str
    urgent: bool = False


def to_do(facts: Mapping[str, Any]) -> list[Advice]:
    found = [*of_the_last_send(facts), *of_the_table(facts)]
    if expiring := facts["expiring"]:
        n, worth = summed(expiring)
        found.append(Advice(f"{n} expire within 48 hours{worth}.", "offline-capi send", urgent=True))
    held = [row for row in facts["reasons"] if row["place"] == "held"]
    if held:
        n, worth = summed(held)
        why = ", ".join(sorted({str(row["reason"]) for row in held}))
        found.append(
            Advice(f"{n} are held until a person decides{worth}: {why}.", "offline-capi resolve --help", urgent=True)
        )
    refused = [row for row in facts["reasons"] if row["place"] == "rejected"]
    if refused:
        n, worth = summed(refused)
        why = ", ".join(sorted({str(row["reason"]) for row in refused}))
        found.append(Advice(f"Meta refused {n}{worth}: {why}.", "offline-capi explain ORDER"))
    if waiting := [row for row in facts["kinds"] if row["kind"] == "waiting"]:
        n, worth = summed(waiting)
        found.append(
            Advice(f"{n} {'waits' if n == '1 sale' else 'wait'} for the next send{worth}.", "offline-capi send")
        )
    for row in [row for row in facts["reasons"] if row["kind"] == "fixable"][:3]:
        n, worth = summed([row])
        found.append(
            Advice(f"{n} are not sent{worth}: {row['reason']}.", row["remedy"] or "offline-capi explain ORDER")
        )
    return found


def of_the_last_send(facts: Mapping[str, Any]) -> list[Advice]:
    """What there is to say about the last send: never run, killed, stopped, long ago."""
    last, now = (facts["sends"] or [None])[0], facts["now"]
    if last is None:
        return [Advice("Nothing has been sent yet.", "offline-capi send")]
    if last["ended_at"] is None:
        return [
            Advice(
                f"The send that started {moment(last['started_at'])} has not ended: it is running, or was killed.",
                "offline-capi send",
            )
        ]
    stopped = (last["summary"] or {}).get("stopped")
    if stopped:
        what = f"The last send was stopped ({stopped})."
        return [Advice(what, STOPS.get(stopped, "offline-capi check"), urgent=stopped not in LATER)]
    if now - last["ended_at"] > STALE:
        return [Advice(f"The last send ended {ago(now - last['ended_at'])}.", "offline-capi send")]
    return []


def of_the_table(facts: Mapping[str, Any]) -> list[Advice]:
    built, now = facts["built_at"], facts["now"]
    if built is not None and now - built > STALE:
        return [
            Advice(
                f"dbt last built the table {ago(now - built)}: newer sales are not in it.",
                "dbt run -s +package:offline_capi",
                urgent=True,
            )
        ]
    return []


def summed(rows: list[dict[str, Any]]) -> tuple[str, str]:
    """("12 sales", " (worth 1,200.00 EUR)")"""
    n = sum(row["orders"] for row in rows)
    worth: dict[str | None, Any] = {}
    for row in rows:
        values = row["values"] if "values" in row else {row["currency"]: row["value"]}
        for currency, value in values.items():
            worth[currency] = worth.get(currency, 0) + value
    text = money.amounts(worth)
    return counted(n, "sale"), f" (worth {text})" if text else ""
