"""What an answer of the Graph API means: one pure function and one table of codes. Message texts are localised, so they are ignored.

The body comes first: an error object wins over the status line. Sources: the error codes on Meta's Graph API and
Conversions API pages as of late 2026, and answers that others have published. A code found in neither is retried, then stops the run.

    ACCEPT    all events were accepted
    RETRY     send the same bytes again later; `maybe` says whether they may have been accepted already
    THROTTLE  certainly not accepted; all requests wait
    SPLIT     certainly not accepted, because of the content: halve until the bad event is alone
    STOP      certainly not accepted; nothing will pass until a person acts
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from sender.meta.reasons import Reason

BIG = 2**31


class Action(StrEnum):
    """What to do after an answer; HOLD only after the same answer has come repeatedly."""

    ACCEPT = "accept"
    RETRY = "retry"
    THROTTLE = "throttle"
    SPLIT = "split"
    STOP = "stop"
    HOLD = "hold"


ACCEPT, RETRY, THROTTLE, SPLIT, STOP, HOLD = Action


class Rule(NamedTuple):
    action: Action
    reason: str  # a Reason, or invalid_<subcode>
    maybe: bool = False  # may the events have been accepted?
    tries: int = 0  # answers of this kind in a row before `then`; 0 = until the run's patience ends
    then: Action | None = None  # SPLIT, HOLD or STOP


SERVER = Rule(RETRY, Reason.SERVER_ERROR, maybe=True, tries=4, then=SPLIT)
THROTTLED = Rule(THROTTLE, Reason.THROTTLED)
TOKEN = Rule(STOP, Reason.TOKEN)
PERMISSION = Rule(STOP, Reason.PERMISSION)
DATASET = Rule(STOP, Reason.DATASET)
BLOCKED = Rule(STOP, Reason.BLOCKED)
UNKNOWN_CODE = Rule(RETRY, Reason.UNKNOWN_CODE, maybe=True, tries=3, then=STOP)
NOT_META = Rule(RETRY, Reason.NOT_META, maybe=True, tries=2, then=STOP)

# (code, subcode) first, then the code alone.
CODES: dict[tuple[int, int | None], Rule] = {
    (1, None): SERVER,  # unknown error; also "too much data"
    (2, None): SERVER,  # temporarily down
    (5000, None): SERVER,
    (21009, None): Rule(RETRY, Reason.NOT_READY),  # the upload is temporarily not ready, although HTTP says 400
    (4, None): THROTTLED,  # app
    (17, None): THROTTLED,  # user
    (32, None): THROTTLED,  # page
    (341, None): THROTTLED,
    (613, None): THROTTLED,  # account
    **{(code, None): THROTTLED for code in range(80000, 80015)},  # business use case
    (100, 2804003): Rule(SPLIT, Reason.TOO_OLD),
    (100, 2804050): Rule(SPLIT, Reason.NOT_ENOUGH_CUSTOMER_DATA),
    (100, 2804009): Rule(SPLIT, Reason.NO_VALUE),
    (100, 2804010): Rule(SPLIT, Reason.NO_CURRENCY),
    (100, 2804008): Rule(SPLIT, Reason.BAD_CURRENCY),
    (100, 2804036): Rule(SPLIT, Reason.BAD_LEAD_ID),
    (100, None): Rule(SPLIT, Reason.INVALID),
    (105, None): Rule(SPLIT, Reason.INVALID),
    (100, 33): DATASET,  # wrong dataset id, or a token without access to it
    (100, 34): DATASET,
    (803, None): DATASET,
    (2044055, None): DATASET,
    (190, None): TOKEN,
    (102, None): TOKEN,
    (104, None): TOKEN,  # also a wrong appsecret_proof
    (2500, None): TOKEN,
    (3, None): PERMISSION,
    (10, None): PERMISSION,
    (294, None): PERMISSION,
    **{(code, None): PERMISSION for code in range(200, 300)},
    (368, None): BLOCKED,
    (1404078, None): BLOCKED,
    (2859015, None): BLOCKED,
}

# What the transport (client.py) saw when there is no answer to read.
FAULTS: dict[str, Rule] = {
    "connect": Rule(RETRY, Reason.NETWORK),  # nothing was written
    "tls": Rule(STOP, Reason.TLS),
    "lost": Rule(RETRY, Reason.NO_ANSWER, maybe=True, tries=4, then=SPLIT),
    "deadline": Rule(RETRY, Reason.NO_ANSWER, maybe=True, tries=4, then=SPLIT),
    "too_long": NOT_META,
}


@dataclass(frozen=True)
class Reply:
    """What came back for one POST. `fault` is a key of FAULTS, or None when a whole answer was read."""

    status: int = 0
    headers: Mapping[str, str] | None = None
    body: bytes = b""
    fault: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Outcome:
    rule: Rule
    status: int = 0
    code: int | None = None
    subcode: int | None = None
    trace: str | None = None
    received: int | None = None
    messages: int = 0
    index: int | None = None  # the event that the server blames, if any
    seconds: float = 0.0  # until the answer

    @property
    def reason(self) -> str:
        return self.rule.reason


def classify(reply: Reply, sent: int) -> Outcome:
    """The outcome of a request that carried `sent` events."""
    return replace(meaning(reply, sent), seconds=reply.seconds)


def meaning(reply: Reply, sent: int) -> Outcome:
    if reply.fault:
        return Outcome(FAULTS[reply.fault], reply.status)
    body = parse(reply.body)
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        return graph_error(reply.status, body["error"])
    if reply.status == 200 and isinstance(body, dict) and "events_received" in body:
        received = whole(body["events_received"])
        matches = received == sent
        rule = (
            Rule(ACCEPT, Reason.ACCEPTED) if matches else Rule(RETRY, Reason.MISMATCH, maybe=True, tries=2, then=HOLD)
        )
        messages = body.get("messages")
        return Outcome(
            rule,
            200,
            trace=text(body.get("fbtrace_id")),
            received=received,
            messages=len(messages) if isinstance(messages, list) else 0,
        )
    return Outcome(by_status(reply.status), reply.status)


def graph_error(status: int, error: dict[str, Any]) -> Outcome:
    code, subcode = whole(error.get("code")), whole(error.get("error_subcode"))
    rule = None
    if code is not None:
        rule = CODES.get((code, subcode)) or CODES.get((code, None))
        if code == 100 and rule is CODES[100, None] and subcode is not None:
            rule = Rule(SPLIT, f"invalid_{subcode}")
    if rule is None and status == 429:
        rule = THROTTLED
    if rule is None and status == 401:
        rule = TOKEN
    if rule is None and (error.get("is_transient") is True or status >= 500 or status == 408):
        rule = SERVER
    return Outcome(rule or UNKNOWN_CODE, status, code, subcode, text(error.get("fbtrace_id")), index=named_index(error))


def by_status(status: int) -> Rule:
    """The rule for an answer without a Graph error object and without events_received."""
    if status == 429:
        return THROTTLED
    if status == 408 or status >= 500:
        return SERVER
    if status == 413:
        return Rule(SPLIT, Reason.TOO_LARGE)
    if status == 401:
        return TOKEN
    if 300 <= status < 400:
        return Rule(STOP, Reason.REDIRECT)
    if 400 <= status < 500:
        return Rule(STOP, Reason.NOT_META)  # a proxy or a wrong host
    return NOT_META  # 2xx that is not the documented body


def named_index(error: dict[str, Any]) -> int | None:
    """The index of the event that the server blames. error_data is an object, or an object as JSON text."""
    data = error.get("error_data")
    if isinstance(data, str):
        data = parse(data)
    if not isinstance(data, dict):
        return None
    found = whole(data.get("event_index"))
    events = data.get("events")
    if found is None and isinstance(events, list) and events and isinstance(events[0], dict):
        found = whole(events[0].get("event_index"))
    return found if found is not None and found >= 0 else None


def parse(body: bytes | str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def whole(value: object) -> int | None:
    """An integer of sensible size, also if it came as text."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,11}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -BIG < value < BIG else None


def text(value: object) -> str | None:
    return re.sub(r"[^A-Za-z0-9_-]", "", value)[:60] if isinstance(value, str) else None
