"""An order's facts as text for a terminal, one fact per line. Pure."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sender import money
from sender.seeing.order import PERSONAL
from sender.seeing.outlook import headline, outlook, rejected_alone
from sender.seeing.words import ago, counted, moment, second

Facts = Mapping[str, Any]
WIDTH = 17
VALUE = 4 + WIDTH + 1  # the column where values begin
NOT_SHOWN = ("order_id", "store_id")
OUT_OF_REACH = (
    "not shown: orders is a file, or in a database that dbt attaches, and the sender opens only the warehouse"
)


class Line(NamedTuple):
    """`style` is `title`, `head` or nothing. `hang` indents what does not fit into the line; a line with 0 is never folded."""

    style: str
    text: str
    hang: int = 4


def lines(facts: Facts, with_payload: bool) -> Iterator[Line]:
    if not facts["cases"]:
        yield from nobody(facts)
    for place, case in enumerate(facts["cases"]):
        if place:
            yield Line("", "")
        yield from of_case(case, facts, with_payload)
    if facts["more"]:
        yield Line("", "")
        yield Line("", f"... and {facts['more']:,} more: name one of them")


def nobody(facts: Facts) -> Iterator[Line]:
    ((kind, value),) = facts["wanted"].items()
    words = {"order": f"order {value}", "key": f"an event {value}", "customer": f"an order of customer {value}"}
    built = f" (dbt last built the tables {ago(facts['now'] - facts['built_at'])})" if facts["built_at"] else ""
    if "orders" in facts["out_of_reach"]:
        yield Line("title", f"no table has {words[kind]}, and none was ever sent{built}")
        yield Line("", f"  The till's rows: {OUT_OF_REACH}")
        return
    yield Line("title", f"there is no {words[kind].removeprefix('an ')} in orders, and none was ever sent{built}")
    if facts["nearest"]:
        yield Line("", f"  similar ids: {', '.join(facts['nearest'])}")
    yield Line("", "  If the till has it, check how the raw table orders is loaded: this id is not in it.")


def of_case(case: Facts, facts: Facts, with_payload: bool) -> Iterator[Line]:
    store = f", store {case['store_id']}" if case["store_id"] else ""
    yield Line("title", f"order {case['order_id'] or 'without an id'}{store}: {headline(case)}")
    for row in case["rows"]:
        yield Line("head", "as the till wrote it")
        yield from values(row)
    if case["lines"]:
        yield fact("lines", f"{case['lines']:,}")
    for row in case["customer"]:
        yield Line("head", "the customer")
        yield from values(row)
    if not case["rows"]:
        yield Line("head", "as the till wrote it")
        gone = OUT_OF_REACH if "orders" in facts["out_of_reach"] else "it is no longer in orders"
        yield fact("", gone)
    told = dict.fromkeys(
        (each["reason"], each["remedy"] or "") for row in rejected_alone(case) for each in row["remedies"]
    )
    if told:
        yield Line("head", "not an event")
    width = max([WIDTH, *(len(reason) for reason, _ in told)])
    for reason, remedy in told:
        yield Line("", f"    {reason:{width}} {remedy}".rstrip(), hang=4 + width + 1)
    for event in case["events"]:
        yield from of_event(event, case, with_payload)
    yield Line("head", "what happens next")
    for text in outlook(case, facts):
        yield from advised(text)


def advised(text: str) -> Iterator[Line]:
    """A command has a line of its own, which can be copied whole."""
    said, command = (
        found.groups() if (found := re.fullmatch(r"(.*:) ((?:offline-capi|dbt) .*)", text)) else (text, None)
    )
    yield Line("", f"    {said}")
    if command:
        yield Line("", f"    {command}", hang=0)


def folded(text: str, hang: int, width: int) -> str:
    """A line as several of at most `width` characters, all but the first indented by `hang`. A long id stays whole."""
    if not hang or len(text) <= width or " " not in text[hang:]:
        return text
    return textwrap.fill(text, width, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False)


def values(row: Facts) -> Iterator[Line]:
    """The filled columns; values that identify a person come masked."""
    personal = []
    for name, value in row.items():
        if value is None or name in NOT_SHOWN:
            continue
        if name in PERSONAL:
            personal.append(name if value is True else f"{name} {value}")
        else:
            yield fact(name, value)
    yield fact("personal", ", ".join(personal) or "none")


def of_event(event: Facts, case: Facts, with_payload: bool) -> Iterator[Line]:
    yield Line("head", "the event")
    what = [event["event_name"] or "event", event["action_source"]]
    if event["value"] is not None:
        what.append(money.amount(event["value"], event["currency"]))
    if event["contents"]:
        what.append(counted(event["contents"], "line"))
    yield fact("what", ", ".join(text for text in what if text))
    if event["event_time"]:
        note = f" ({event['time_note'].replace('_', ' ')})" if event["time_note"] else ""
        yield fact("sold at", second(event["event_time"]) + note)
    yield fact("dataset", event["dataset_id"])
    yield fact("event_key", event["event_key"])
    if event["upload_tag"]:
        yield fact("upload_tag", event["upload_tag"])
    if event["in_table"]:
        yield fact("match keys", ", ".join(event["carries"]) or "none")
    for each in event["dropped"]:
        yield fact("left out", f"{each['field']}: {each['reason']}")
    for each in event["changes"]:
        if each["change"] == "withdrawn":
            yield fact("withdrawn", each["reason"])
        else:
            yield fact("changed since", each["field"])
    yield Line("head", "delivery")
    yield from of_delivery(event["delivery"])
    if with_payload and event["payload"]:
        yield Line("head", "the payload")
        for line in json.dumps(event["payload"], indent=2, ensure_ascii=False).splitlines():
            yield Line("", f"    {line}", hang=0)


def of_delivery(delivery: Facts) -> Iterator[Line]:
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


def fact(name: str, value: object) -> Line:
    return Line("", f"    {name:{WIDTH}} {value}", VALUE)
