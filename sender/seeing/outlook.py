"""What became of an order and what happens next, in sentences. Pure: facts from order.py in, texts out."""

from collections.abc import Mapping
from typing import Any

from sender import money
from sender.ledger.states import PENDING, State
from sender.meta.reasons import LATER, STOPS, Reason
from sender.seeing.words import ago, moment

Facts = Mapping[str, Any]

HELD = {
    Reason.WINDOW: "the outcome is unknown, and Meta might no longer recognise a repeat",
    Reason.EXPIRED_UNKNOWN: "the outcome is unknown, and it is too late to send again",
    Reason.MISMATCH: "Meta's answer counts a different number of events than were sent",
    Reason.BYTES_LOST: "the outcome is unknown, and the bytes that were sent are lost",
    Reason.RESTORED: "no final outcome was known when the ledger was lost",
    Reason.CONFLICT: "the order was already sent under another key, and this event would count it twice",
    Reason.RETURNED: "Meta may have it, the shop took it back, and now it is in the table again",
}
WITHHELD = {
    Reason.FORGOTTEN: "the person asked to be forgotten",
    Reason.WITHDRAWN: "the shop took it back before Meta had it",
    Reason.WITHDRAWN_MAY_HAVE_ARRIVED: "the shop took it back, and Meta may have it: the outcome of a request is unknown",
}
GIVEN_UP = "a person decided never to send it"


def headline(case: Facts) -> str:
    """What became of the order, in one line."""
    found = [event_line(event) for event in case["events"]]
    found += [not_sent(row) for row in rejected_alone(case)]
    if found:
        return "; ".join(dict.fromkeys(found))
    return "in orders, but not judged yet"


def not_sent(row: Facts) -> str:
    worth = f", worth {money.amount(row['value'], row['currency'])}" if row["value"] is not None else ""
    return f"not sent: {', '.join(row['reasons'] or [row['reason']])}{worth}"


def rejected_alone(case: Facts) -> list[Facts]:
    """The rejected rows, except those already shown as an event that was sent before."""
    sent = {event["event_key"] for event in case["events"] if not event["in_table"]}
    return [row for row in case["rejected"] if row["event_key"] is None or row["event_key"] not in sent]


def event_line(event: Facts) -> str:
    state, reason = event["delivery"]["state"], event["delivery"]["reason"]
    back = withdrawn(event)
    if state == State.ACCEPTED:
        worth = f" {money.amount(event['value'], event['currency'])}" if event["value"] is not None else " it"
        return (
            f"delivered, then taken back by the shop ({back}): Meta still counts{worth}"
            if back
            else f"delivered: Meta counts{worth}"
        )
    if state == PENDING and back:
        return f"taken back by the shop ({back}) before Meta accepted it"
    if state == State.WITHHELD:
        return f"withheld: {WITHHELD.get(reason, reason)}"
    if reason == Reason.GIVEN_UP:
        return f"not sent: {GIVEN_UP}"
    words = {
        PENDING: "waiting to be sent",
        State.HELD: "held until a person decides",
        State.REJECTED: "refused by Meta",
        State.EXPIRED: "too old, never accepted",
    }
    return words[state] + (f" ({reason})" if reason else "")


def withdrawn(event: Facts) -> str | None:
    """Why the order would not be sent today; None if it would."""
    return next((row["reason"] for row in event["changes"] if row["change"] == "withdrawn"), None)


def outlook(case: Facts, facts: Facts) -> list[str]:
    """What happens next, when, and what a person can do: one entry per event and rejected row. A command, if any, comes last."""
    found = [next_of_event(event, facts) for event in case["events"]]
    found += [next_of_rejected(row, facts) for row in rejected_alone(case)]
    if not found:
        built = facts["built_at"]
        since = f"; it last built the tables {ago(facts['now'] - built)}" if built else ""
        found.append(f"dbt has not judged this row yet{since}: dbt run -s +package:offline_capi")
    return list(dict.fromkeys(found))


def next_of_event(event: Facts, facts: Facts) -> str:
    state, reason, key = event["delivery"]["state"], event["delivery"]["reason"], event["event_key"]
    decide = f'--key {key} --reason "..."'
    if state == State.ACCEPTED and withdrawn(event):
        return (
            "Nothing can be done: Meta's API has no event that takes a sale back. Subtract it when you compare numbers."
        )
    if state == State.ACCEPTED:
        return "Nothing: it is not sent again. Events Manager shows it within about 20 minutes; Ads Manager only if Meta attributes it to an ad."
    if state == PENDING:
        return next_of_pending(event, facts)
    if state == State.HELD:
        return (
            f"A person must decide, because {HELD.get(reason, reason)}. Look for the order in Events Manager. Then add --assume-accepted "
            f"(it arrived), --resend (it did not) or --give-up to this command: offline-capi resolve {decide}"
        )
    if reason == Reason.GIVEN_UP:
        return f"Nothing: {GIVEN_UP}."
    if state == State.REJECTED:
        return f"Correct the order, run dbt, then: offline-capi resolve --resend --state rejected {decide}"
    if state == State.EXPIRED and (event["expires_at"] or 0) > facts["now"] and not event["delivery"]["attempts"]:
        return (
            "It is not too old; this machine's clock was ahead when it was set aside. Correct the clock, then: offline-capi resolve "
            f"--resend --state expired {decide}"
        )
    if state == State.EXPIRED:
        return "Nothing can be done: Meta no longer takes it."
    again = "" if reason == Reason.FORGOTTEN else " If the order becomes an event again, the next send delivers it."
    return f"Nothing is sent: {WITHHELD.get(reason, reason)}.{again}"


def next_of_pending(event: Facts, facts: Facts) -> str:
    delivery, now, last = event["delivery"], facts["now"], facts["last_send"]
    until = event["expires_at"]
    if not event["in_table"]:
        return "The next send leaves it out: it is no longer in the table of events."
    if until and until <= now:
        return f"It has been too old for Meta since {moment(until)}: the next send marks it as expired."
    limit = f"; Meta takes it until {moment(until)}" if until else ""
    stopped = ((last or {}).get("summary") or {}).get("stopped")
    if stopped and stopped not in LATER:
        return f"First: {STOPS.get(stopped, stopped)}. Then the next send delivers it{limit}: offline-capi send"
    if delivery["attempts"]:
        wait = delivery["paused_until"]
        paused = f", not before {moment(wait)}, as Meta asked" if wait and wait > now else ""
        return f"The next send repeats it with the same bytes{paused}{limit}: offline-capi send"
    return f"The next send delivers it{limit}: offline-capi send"


def next_of_rejected(row: Facts, facts: Facts) -> str:
    """The remedy of each reason is shown beside it."""
    if row["reason"] == "in_the_future" and row["event_time"]:
        return f"If the time is correct, the first dbt run after {moment(row['event_time'])} picks it up."
    if any((each["remedy"] or "").endswith("nothing to do.") for each in row["remedies"]):
        return "Nothing: it is not sent."
    if "too_old" in [each["reason"] for each in row["remedies"]]:
        return "Nothing can be done: Meta no longer takes it."
    return "Nothing is sent until this is corrected. The next dbt run then makes an event: dbt run -s +package:offline_capi"
