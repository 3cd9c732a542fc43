"""An order's facts as text for a terminal, one fact a line. Pure."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sender import money
from sender.seeing.order import PERSONAL
from sender.seeing.outlook import headline, outlook, rejected_alone
from sender.seeing.words import ago, counted, moment, second

Facts = Mapping[str, Any]
WIDTH = 17
NOT_SHOWN = ("order_id", "store_id")
OUT_OF_REACH = (
    "not shown: orders is a file, or in a database that dbt attaches, and the sender opens the warehouse alone"
)


def lines(facts: Facts, with_payload: bool) -> Iterator[tuple[str, str]]:
    """(style, line); a style is `title`, `head` or nothing."""
    if not facts["cases"]:
        yield from nobody(facts)
    for place, case in enumerate(facts["cases"]):
        if place:
            yield "", ""
        yield from of_case(case, facts, with_payload)
    if facts["more"]:
        yield "", ""
        yield "", f"... and {facts['more']:,} more: name one of them"


def nobody(facts: Facts) -> Iterator[tuple[str, str]]:
    ((kind, value),) = facts["wanted"].items()
    words = {"order": f"order {value}", "key": f"an event {value}", "customer": f"an order of customer {value}"}
    built = f" (dbt last built the tables {ago(facts['now'] - facts['built_at'])})" if facts["built_at"] else ""
    if "orders" in facts["out_of_reach"]:
        yield "title", f"no table knows {words[kind]}, nor was one ever sent{built}"
        yield "", f"  The till's rows: {OUT_OF_REACH}"
        return
    yield "title", f"there is no {words[kind].removeprefix('an ')} in orders, nor was one ever sent{built}"
    if facts["nearest"]:
        yield "", f"  written much like it: {', '.join(facts['nearest'])}"
    yield "", "  If the till has it, look at the load of the raw table orders: nothing behind it has seen this id."


def of_case(case: Facts, facts: Facts, with_payload: bool) -> Iterator[tuple[str, str]]:
    store = f", store {case['store_id']}" if case["store_id"] else ""
    yield "title", f"order {case['order_id'] or 'without an id'}{store}: {headline(case)}"
    for row in case["rows"]:
        yield "head", "as the till wrote it"
        yield from values(row)
    if case["lines"]:
        yield fact("lines", f"{case['lines']:,}")
    for row in case["customer"]:
        yield "head", "the customer"
        yield from values(row)
    if not case["rows"]:
        yield "head", "as the till wrote it"
        gone = OUT_OF_REACH if "orders" in facts["out_of_reach"] else "it is not in orders any more"
        yield "", f"    {'':{WIDTH}} {gone}"
    told = dict.fromkeys(
        (each["reason"], each["remedy"] or "") for row in rejected_alone(case) for each in row["remedies"]
    )
    if told:
        yield "head", "not an event"
    for reason, remedy in told:
        yield "", f"    {reason:{max(WIDTH, *(len(name) for name, _ in told))}} {remedy}".rstrip()
    for event in case["events"]:
        yield from of_event(event, case, with_payload)
    yield "head", "what is next"
    for text in outlook(case, facts):
        yield "", f"    {text}"


def values(row: Facts) -> Iterator[tuple[str, str]]:
    """The filled columns; all that says who somebody is comes as it was masked."""
    personal = []
    for name, value in row.items():
        if value is None or name in NOT_SHOWN:
            continue
        if name in PERSONAL:
            personal.append(name if value is True else f"{name} {value}")
        else:
            yield "", f"    {name:{WIDTH}} {value}"
    yield "", f"    {'personal':{WIDTH}} {', '.join(personal) or 'none'}"


def of_event(event: Facts, case: Facts, with_payload: bool) -> Iterator[tuple[str, str]]:
    yield "head", "the event"
    what = [event["event_name"] or "event", event["action_source"]]
    if event["value"] is not None:
        what.append(money.amount(event["value"], event["currency"]))
    if event["contents"]:
        what.append(counted(event["contents"], "line"))
    yield fact("is", ", ".join(text for text in what if text))
    if event["event_time"]:
        note = f" ({event['time_note'].replace('_', ' ')})" if event["time_note"] else ""
        yield fact("sold at", second(event["event_time"]) + note)
    yield fact("dataset", event["dataset_id"])
    yield fact("event_key", event["event_key"])
    if event["upload_tag"]:
        yield fact("upload_tag", event["upload_tag"])
    if event["in_table"]:
        yield fact("says who by", ", ".join(event["carries"]) or "nothing")
    for each in event["dropped"]:
        yield fact("left out", f"{each['field']}: {each['reason']}")
    for each in event["changes"]:
        if each["change"] == "withdrawn":
            yield fact("withdrawn", each["reason"])
        else:
            yield fact("differs today", each["field"])
    yield "head", "delivery"
    yield from of_delivery(event["delivery"])
    if with_payload and event["payload"]:
        yield "head", "the payload"
        for line in json.dumps(event["payload"], indent=2, ensure_ascii=False).splitlines():
            yield "", f"    {line}"


def of_delivery(delivery: Facts) -> Iterator[tuple[str, str]]:
    yield fact("state", delivery["state"] + (f" ({delivery['reason']})" if delivery["reason"] else ""))
    if not delivery["attempts"]:
        yield fact("sent", second(delivery["first_attempt_at"]) if delivery["first_attempt_at"] else "never")
    for attempt in delivery["attempts"]:
        code = f", code {attempt['code']}" if attempt["code"] is not None else ""
        code += f"/{attempt['subcode']}" if code and attempt["subcode"] is not None else ""
        http = f"HTTP {attempt['status']}" if attempt["status"] else "no answer"
        trace = f", fbtrace_id {attempt['fbtrace_id']}" if attempt["fbtrace_id"] else ""
        others = f", with {counted(attempt['events'] - 1, 'other')}" if attempt["events"] > 1 else ""
        yield fact(
            "sent",
            f"{second(attempt['started_at'])}: {attempt['reason'] or 'no answer yet'} ({http}{code}{trace}){others}",
        )
    if delivery["paused_until"]:
        yield fact("paused until", moment(delivery["paused_until"]))


def fact(name: str, value: object) -> tuple[str, str]:
    return "", f"    {name:{WIDTH}} {value}"
