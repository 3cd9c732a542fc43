"""What an order's facts come to, and what happens next, in sentences. Pure: facts of order.py in, texts out."""

from collections.abc import Mapping
from typing import Any

from sender import money
from sender.ledger.states import PENDING, State
from sender.meta.reasons import LATER, STOPS, Reason
from sender.seeing.words import ago, moment

Facts = Mapping[str, Any]

HELD = {
    Reason.WINDOW: "its outcome is unknown, and Meta might no longer recognise a repeat",
    Reason.EXPIRED_UNKNOWN: "its outcome is unknown, and it is too old to be sent again",
    Reason.MISMATCH: "Meta answered with another number of events than were sent",
    Reason.BYTES_LOST: "its outcome is unknown, and the bytes that were sent are lost",
    Reason.RESTORED: "it was under way when the ledger was lost",
    Reason.CONFLICT: "the order was already sent under another key, and this one would count it twice",
    Reason.RETURNED: "it may have arrived, was taken back by the shop, and is back",
}
WITHHELD = {
    Reason.FORGOTTEN: "the person asked to be forgotten",
    Reason.WITHDRAWN: "the shop took it back before Meta had it",
    Reason.WITHDRAWN_MAY_HAVE_ARRIVED: "the shop took it back, and Meta may have it: the outcome of a request is unknown",
}
GIVEN_UP = "a person decided never to send it"


def headline(case: Facts) -> str:
    """One line on what became of the order."""
    found = [event_line(event) for event in case["events"]]
    found += [not_sent(row) for row in rejected_alone(case)]
    if found:
        return "; ".join(dict.fromkeys(found))
    return "in orders, and not judged yet"


def not_sent(row: Facts) -> str:
    worth = f", worth {money.amount(row['value'], row['currency'])}" if row["value"] is not None else ""
    return f"not sent: {', '.join(row['reasons'] or [row['reason']])}{worth}"


def rejected_alone(case: Facts) -> list[Facts]:
    """The rejected rows that are not told of as an event that was sent before."""
    sent = {event["event_key"] for event in case["events"] if not event["in_table"]}
    return [row for row in case["rejected"] if row["event_key"] is None or row["event_key"] not in sent]


def event_line(event: Facts) -> str:
    state, reason = event["delivery"]["state"], event["delivery"]["reason"]
    back = withdrawn(event)
    if state == State.ACCEPTED:
        worth = f" {money.amount(event['value'], event['currency'])}" if event["value"] is not None else " it"
        return (
            f"delivered, and taken back by the shop since ({back}): Meta still counts{worth}"
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
        State.HELD: "held for a person's decision",
        State.REJECTED: "refused by Meta",
        State.EXPIRED: "too old, never sent",
    }
    return words[state] + (f" ({reason})" if reason else "")


def withdrawn(event: Facts) -> str | None:
    """Why the order would not be sent today, where it would not."""
    return next((row["reason"] for row in event["changes"] if row["change"] == "withdrawn"), None)


def outlook(case: Facts, facts: Facts) -> list[str]:
    """What happens next and when, and what a person can do: one entry for each event and rejected row."""
    found = [next_of_event(event, facts) for event in case["events"]]
    found += [next_of_rejected(row, facts) for row in rejected_alone(case)]
    if not found:
        built = facts["built_at"]
        since = f", last {ago(facts['now'] - built)}" if built else ""
        found.append(f"dbt has not judged this row yet{since}: dbt run -s +package:offline_capi")
    return list(dict.fromkeys(found))


def next_of_event(event: Facts, facts: Facts) -> str:
    state, reason, key = event["delivery"]["state"], event["delivery"]["reason"], event["event_key"]
    decide = f'--key {key} --reason "..."'
    if state == State.ACCEPTED and withdrawn(event):
        return "Nothing can be sent that takes it back: Meta's API has no such event. Subtract it where you compare numbers."
    if state == State.ACCEPTED:
        return "Nothing: it is not sent again. Events Manager shows it within about 20 minutes; Ads Manager only if Meta attributes it to an ad."
    if state == PENDING:
        return next_of_pending(event, facts)
    if state == State.HELD:
        return (
            f"A person decides, because {HELD.get(reason, reason)}. Look for the order in Events Manager, then: offline-capi resolve "
            f"--assume-accepted {decide} (it arrived), --resend (it did not), or --give-up"
        )
    if reason == Reason.GIVEN_UP:
        return f"Nothing: {GIVEN_UP}."
    if state == State.REJECTED:
        return f"Correct the order, run dbt, then: offline-capi resolve --resend --state rejected {decide}"
    if state == State.EXPIRED:
        return "Nothing can be done: Meta no longer takes it."
    again = "" if reason == Reason.FORGOTTEN else " If the order becomes an event again, the next send delivers it."
    return f"Nothing is sent: {WITHHELD.get(reason, reason)}.{again}"


def next_of_pending(event: Facts, facts: Facts) -> str:
    delivery, now, last = event["delivery"], facts["now"], facts["last_send"]
    until = event["expires_at"]
    if not event["in_table"]:
        return "The next send does not send it: it is no longer in the table of events."
    if until and until <= now:
        return f"Meta stopped taking it {moment(until)}: the next send files it as expired."
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
    """What there is to do is told beside each reason."""
    if row["reason"] == "in_the_future" and row["event_time"]:
        return f"If the time is right, the first dbt run after {moment(row['event_time'])} takes it by itself."
    if any((each["remedy"] or "").endswith("nothing to do.") for each in row["remedies"]):
        return "Nothing: it is not sent."
    if "too_old" in [each["reason"] for each in row["remedies"]]:
        return "Nothing can be done: Meta no longer takes it."
    return (
        "Nothing is sent until that is corrected; the dbt run after it makes an event: dbt run -s +package:offline_capi"
    )
