"""Answers that are neither acceptance nor a refused event: what a real network and a busy Meta do, on demand.

A plan is a list of objects. "fault" names one of FAULTS, or "status" and "error" give any other answer of Meta's. It strikes the
"requests" listed (counted from 1), at a "rate" between 0 and 1, or whenever a request holds one of the "orders" listed. `stores` says
whether Meta would have kept the events all the same: the ambiguous cases.
"""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """What is answered: a status with an error object or a text, or a cut connection when there is no status."""

    status: int | None
    error: Mapping[str, Any] | None = None
    text: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    stores: bool = False
    delay: float = 0.0


def graph_error(code: int, message: str, **more: Any) -> dict[str, Any]:
    return {"message": message, "type": "OAuthException", "code": code, **more}


USAGE = '{"100000000000001":[{"type":"ads_management","call_count":100,"total_cputime":50,"total_time":50,"estimated_time_to_regain_access":1}]}'

FAULTS = {
    "unknown_error": Fault(500, graph_error(1, "An unknown error occurred")),
    "service_down": Fault(503, graph_error(2, "The service is temporarily down", is_transient=True)),
    "app_limit": Fault(400, graph_error(4, "Application request limit reached")),
    "user_limit": Fault(400, graph_error(17, "User request limit reached", error_subcode=2446079)),
    "custom_limit": Fault(400, graph_error(613, "Calls exceed the rate limit")),
    "account_limit": Fault(
        400, graph_error(80004, "Too many calls to this ad account"), headers={"x-business-use-case-usage": USAGE}
    ),
    "too_many_requests": Fault(429, graph_error(4, "Too many requests"), headers={"retry-after": "1"}),
    "not_ready": Fault(400, graph_error(21009, "The data set upload is temporarily not ready")),
    "html_gateway": Fault(502, text="<html><body>Bad gateway</body></html>"),
    "text_with_200": Fault(200, text="Service Unavailable"),
    "stored_then_503": Fault(503, graph_error(2, "The service is temporarily down"), stores=True),
    "stored_then_slow": Fault(200, stores=True, delay=90.0),
    "stored_then_cut": Fault(None, stores=True),
    "cut": Fault(None),
    "token_expired": Fault(401, graph_error(190, "The access token has expired", error_subcode=463)),
    "permission": Fault(403, graph_error(200, "Permissions error")),
    "blocked": Fault(400, graph_error(368, "The action was blocked")),
    "error_data_object": Fault(
        400, graph_error(100, "Invalid parameter", error_subcode=2804019, error_data={"blame_field_specs": [["data"]]})
    ),
    "error_data_text": Fault(
        400, graph_error(100, "Invalid parameter", error_subcode=2804019, error_data='{"blame_field_specs":[["data"]]}')
    ),
}


def fault_for(
    plan: Sequence[Mapping[str, Any]], request_number: int, orders: Collection[str], draw: random.Random
) -> Fault | None:
    """The fault that a plan has for the n-th request, which carries these order ids, or None."""
    for entry in plan:
        strikes = request_number in entry.get("requests", ()) or not set(orders).isdisjoint(entry.get("orders", ()))
        if strikes or draw.random() < entry.get("rate", 0):
            return FAULTS[entry["fault"]] if "fault" in entry else Fault(entry["status"], entry["error"])
    return None


def problem(plan: object) -> str | None:
    """What is wrong with a plan, a sentence, or None."""
    if not isinstance(plan, list) or not all(isinstance(entry, Mapping) for entry in plan):
        return "a plan of faults is a list of objects"
    own = [entry for entry in plan if "fault" not in entry]
    if not all(isinstance(entry.get("status"), int) and isinstance(entry.get("error"), Mapping) for entry in own):
        return "without a fault's name an entry needs a status, a number, and an error, an object"
    unknown = {str(entry["fault"]) for entry in plan if "fault" in entry} - FAULTS.keys()
    return f"unknown fault {', '.join(sorted(unknown))}; known are {', '.join(FAULTS)}" if unknown else None
