"""Answers that are neither acceptance nor a refused event: what a real network and a busy Meta do, on demand.

A plan is a list of {"fault": name, "requests": [1, 3]} and {"fault": name, "rate": 0.1}; requests count from 1 over the life of the
emulator. `stores` says whether Meta would have kept the events all the same: the ambiguous cases.
"""

import random
from collections.abc import Mapping, Sequence
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


def fault_for(plan: Sequence[Mapping[str, Any]], request_number: int, draw: random.Random) -> Fault | None:
    """The fault that a plan has for the n-th request, or None."""
    for entry in plan:
        if request_number in entry.get("requests", ()) or draw.random() < entry.get("rate", 0):
            return FAULTS[entry["fault"]]
    return None


def problem(plan: object) -> str | None:
    """What is wrong with a plan, a sentence, or None."""
    if not isinstance(plan, list) or not all(isinstance(entry, Mapping) for entry in plan):
        return "a plan of faults is a list of objects"
    unknown = {str(entry.get("fault")) for entry in plan} - FAULTS.keys()
    return f"unknown fault {', '.join(sorted(unknown))}; known are {', '.join(FAULTS)}" if unknown else None
