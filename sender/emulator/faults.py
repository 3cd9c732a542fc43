"""Answers that are neither an acceptance nor a refused event: what a real network and a busy Meta do, on demand.

A plan is a list of objects. Each says WHAT to answer: "fault" names one of FAULTS, and any field of Fault may be given with it
or instead of it: {"status": 404, "error": {"code": 100, "error_subcode": 34}}. And it says WHEN: for the listed "requests"
(counted from 1), at a "rate" between 0 and 1, or whenever a request contains one of the listed "orders".
"""

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One answer: a status with an error object or a text, or with neither Meta's usual acceptance; no status cuts the connection.

    `stores` says whether the events are kept anyway (the ambiguous cases), `delay` how many seconds pass before the answer,
    `lacks` which keys are missing from an acceptance, `miscounts` by how many its count is wrong."""

    status: int | None = None
    error: Mapping[str, Any] | None = None
    text: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    stores: bool = False
    delay: float = 0.0
    lacks: Sequence[str] = ()
    miscounts: int = 0


def graph_error(code: int, message: str, **more: Any) -> dict[str, Any]:
    return {"message": message, "type": "OAuthException", "code": code, **more}


BUSINESS_USAGE = (
    '{"100000000000001":[{"type":"ads_management","call_count":100,"total_cputime":50,'
    '"total_time":50,"estimated_time_to_regain_access":1}]}'
)
APP_USAGE = '{"call_count":100,"total_cputime":50,"total_time":50}'
INVALID = {"error_subcode": 2804019}
BLAME = {"blame_field_specs": [["data"]]}

FAULTS = {
    "unknown_error": Fault(500, graph_error(1, "An unknown error occurred")),
    "service_down": Fault(503, graph_error(2, "The service is temporarily down", is_transient=True)),
    "app_limit": Fault(400, graph_error(4, "Application request limit reached")),
    "app_limit_with_usage": Fault(
        400, graph_error(4, "Application request limit reached"), headers={"x-app-usage": APP_USAGE}
    ),
    "user_limit": Fault(400, graph_error(17, "User request limit reached", error_subcode=2446079)),
    "custom_limit": Fault(400, graph_error(613, "Calls exceed the rate limit")),
    "account_limit": Fault(
        *(400, graph_error(80004, "Too many calls to this ad account")),
        headers={"x-business-use-case-usage": BUSINESS_USAGE},
    ),
    "too_many_requests": Fault(429, graph_error(4, "Too many requests"), headers={"retry-after": "1"}),
    "not_ready": Fault(400, graph_error(21009, "The data set upload is temporarily not ready")),
    "html_gateway": Fault(502, text="<html><body>Bad gateway</body></html>"),
    "text_with_200": Fault(200, text="Service Unavailable"),
    "empty_503": Fault(503, text=""),
    "no_messages": Fault(200, stores=True, lacks=("messages",)),
    "one_fewer": Fault(200, stores=True, miscounts=-1),
    "stored_then_503": Fault(503, graph_error(2, "The service is temporarily down"), stores=True),
    "stored_then_slow": Fault(200, stores=True, delay=90.0),
    "stored_then_cut": Fault(stores=True),
    "cut": Fault(),
    "token_expired": Fault(401, graph_error(190, "The access token has expired", error_subcode=463)),
    "permission": Fault(403, graph_error(200, "Permissions error")),
    "blocked": Fault(400, graph_error(368, "The action was blocked")),
    "error_data_object": Fault(400, graph_error(100, "Invalid parameter", **INVALID, error_data=BLAME)),
    "error_data_text": Fault(
        400, graph_error(100, "Invalid parameter", **INVALID, error_data='{"blame_field_specs":[["data"]]}')
    ),
}


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def are_all(kind: type, value: object) -> bool:
    return isinstance(value, list) and all(type(element) is kind for element in value)


# For every key of an entry: what it must be, and a check of the value.
WHEN: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "requests": ("a list of whole numbers", lambda value: are_all(int, value)),
    "orders": ("a list of order ids as text", lambda value: are_all(str, value)),
    "rate": ("a number from 0 to 1", lambda value: is_number(value) and 0 <= value <= 1),
}
ANSWER: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "status": ("100 to 599, or null to cut", lambda value: value is None or (type(value) is int and 99 < value < 600)),
    "error": ("an object", lambda value: isinstance(value, dict)),
    "text": ("a text", lambda value: isinstance(value, str)),
    "headers": ("an object of texts", lambda value: isinstance(value, dict) and are_all(str, list(value.values()))),
    "stores": ("true or false", lambda value: isinstance(value, bool)),
    "delay": ("a number of seconds", lambda value: is_number(value) and value >= 0),
    "lacks": ("a list of texts", lambda value: are_all(str, value)),
    "miscounts": ("a whole number", lambda value: type(value) is int),
}
KEYS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "fault": (f"one of {', '.join(FAULTS)}", lambda value: value in list(FAULTS)),
    **WHEN,
    **ANSWER,
}


def fault_for(
    plan: Sequence[Mapping[str, Any]], request_number: int, orders: Collection[str], draw: random.Random
) -> Fault | None:
    """The plan's fault for the n-th request, which carries these order ids, or None."""
    for entry in plan:
        strikes = request_number in entry.get("requests", ()) or not set(orders).isdisjoint(entry.get("orders", ()))
        if strikes or draw.random() < entry.get("rate", 0):
            base = FAULTS[entry["fault"]] if "fault" in entry else Fault()
            return replace(base, **{key: value for key, value in entry.items() if key in ANSWER})
    return None


def problem(plan: object) -> str | None:
    """A sentence that says what is wrong with a plan, or None."""
    if not isinstance(plan, list) or not all(isinstance(entry, Mapping) for entry in plan):
        return "a plan of faults is a list of objects"
    found = ((number, wrong_in(entry)) for number, entry in enumerate(plan, 1))
    return next((f"fault {number} of the plan: {wrong}" for number, wrong in found if wrong), None)


def wrong_in(entry: Mapping[str, Any]) -> str | None:
    unknown = entry.keys() - KEYS.keys()
    if unknown:
        return f"unknown key {', '.join(sorted(unknown))}; known keys are {', '.join(KEYS)}"
    for key, value in entry.items():
        what, fits = KEYS[key]
        if not fits(value):
            return f"{key} must be {what}"
    if not entry.keys() & {"fault", "status"}:
        return "it needs the name of a fault, or a status"
    if not entry.keys() & WHEN.keys():
        return f"it would never apply; it needs one of {', '.join(WHEN)}"
    return None
