"""Meta's edge as a sender sees it: credentials, the form of a request, then its events one by one, all or none."""

import asyncio
import hashlib
import hmac
import random
import re
import string
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from .body import Malformed, events, parameters
from .faults import Fault, fault_for
from .judge import judge
from .rules import FRENCH_TITLES, Rule, counting
from .store import Store

MOST_EVENTS = 1_000


@dataclass
class Settings:
    """How the endpoint behaves. Without `token` it takes any token, without `datasets` any digits; `rules` are the enforced ones."""

    token: str | None = None
    app_secret: str | None = None
    datasets: frozenset[str] = frozenset()
    rules: frozenset[str] = counting(strict=False)
    consolidated: Literal["true", "false", "missing", "unknown"] = "true"
    french: bool = False
    faults: list[dict[str, Any]] = field(default_factory=list)
    seed: int = 0


class Emulator:
    """The state of one running endpoint."""

    def __init__(self, settings: Settings, store: Store, clock: Callable[[], float] = time.time) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.offset = 0.0
        self.draw = random.Random(settings.seed)  # noqa: S311 - for faults and trace ids, not for secrets
        self.requests = 0
        self.abort: Callable[[Request], None] = lambda request: None

    def now(self) -> float:
        return self.clock() + self.offset

    def trace_id(self) -> str:
        return "A" + "".join(self.draw.choices(string.ascii_letters + string.digits + "_-", k=22))

    def error(self, status: int, code: int, message: str, **more: Any) -> JSONResponse:
        kind = more.pop("type", "OAuthException")
        return JSONResponse(
            {"error": {"message": message, "type": kind, "code": code, **more, "fbtrace_id": self.trace_id()}}, status
        )

    def refused_credentials(self, request: Request, given: Mapping[str, Any]) -> JSONResponse | None:
        """The answer to a token that is missing, unknown, or lacks the proof that the app requires."""
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        token = bearer.strip() if scheme.lower() == "bearer" else given.get("access_token")
        if not token:
            return self.error(400, 104, "An access token is required to request this resource.")
        if self.settings.token is not None and token != self.settings.token:
            return self.error(401, 190, "Invalid OAuth access token - Cannot parse access token")
        if self.settings.app_secret is not None:
            proof = hmac.new(self.settings.app_secret.encode(), str(token).encode(), hashlib.sha256).hexdigest()
            if given.get("appsecret_proof") != proof:
                return self.error(400, 104, "API calls from the server require an appsecret_proof argument")
        return None

    def refused_dataset(self, dataset_id: str) -> JSONResponse | None:
        known = not self.settings.datasets or dataset_id in self.settings.datasets
        if re.fullmatch(r"[0-9]{1,20}", dataset_id) and known:
            return None
        message = f"Unsupported post request. Object with ID '{dataset_id[:20]}' does not exist or cannot be loaded"
        return self.error(400, 100, message, type="GraphMethodException", error_subcode=33)

    def refused_event(self, rule: Rule) -> JSONResponse:
        subcode = {} if rule.subcode is None else {"error_subcode": rule.subcode}
        text = FRENCH_TITLES[rule.name] if self.settings.french else rule.title
        title = {"error_user_title": text, "error_user_msg": text + "."}
        return self.error(400, rule.code, "Invalid parameter", **subcode, is_transient=False, **title)

    async def post_events(self, request: Request) -> Response:
        self.requests += 1
        dataset_id = request.path_params["dataset_id"]
        try:
            given = await parameters(request)
        except Malformed as malformed:
            return self.reject(dataset_id, "malformed_body", self.error(400, 100, str(malformed)))
        refused = self.refused_credentials(request, given) or self.refused_dataset(dataset_id)
        if refused is not None:
            return self.reject(dataset_id, "credentials_or_dataset", refused)
        try:
            sent = events(given.get("data"))
        except Malformed as malformed:
            return self.reject(dataset_id, "malformed_data", self.error(400, 100, str(malformed)))
        if not 1 <= len(sent) <= MOST_EVENTS:
            message = f"data must hold 1 to {MOST_EVENTS} events and holds {len(sent)}"
            return self.reject(dataset_id, "number_of_events", self.error(400, 100, message), events=len(sent))
        orders = order_ids(sent) if self.settings.faults else ()
        fault = fault_for(self.settings.faults, self.requests, orders, self.draw)
        if fault is not None and not fault.stores:
            return await self.answer_fault(request, fault, len(sent))
        now = self.now()
        for index, event in enumerate(sent):
            rule = judge(event, now, self.settings.rules)
            if rule is not None:
                spoiled = {"events": len(sent), "index": index, "event": event}
                return self.reject(dataset_id, rule.name, self.refused_event(rule), **spoiled)
        self.store.accept(dataset_id, sent, now, str(given.get("upload_tag", "")), "test_event_code" in given)
        if fault is not None:
            return await self.answer_fault(request, fault, len(sent))
        self.store.requests["accepted"] += 1
        headers = {"x-app-usage": '{"call_count":1,"total_cputime":1,"total_time":1}'}
        return JSONResponse(self.acceptance(len(sent)), headers=headers)

    def acceptance(self, received: int) -> dict[str, Any]:
        return {"events_received": received, "messages": [], "fbtrace_id": self.trace_id()}

    def reject(self, dataset_id: str, rule: str, answer: JSONResponse, **more: Any) -> JSONResponse:
        note = {"dataset_id": dataset_id, "at": self.now(), "rule": rule, "events": 0, "index": None, "event": None}
        self.store.reject(note | {"answer": bytes(answer.body).decode()} | more)
        return answer

    async def answer_fault(self, request: Request, fault: Fault, sent: int) -> Response:
        self.store.requests["fault"] += 1
        if fault.delay:
            await asyncio.sleep(fault.delay)
        headers = dict(fault.headers)
        if fault.status is None:
            self.abort(request)
            return PlainTextResponse("")
        if fault.error is not None:
            return JSONResponse({"error": {**fault.error, "fbtrace_id": self.trace_id()}}, fault.status, headers)
        if fault.text is not None:
            return PlainTextResponse(fault.text, fault.status, headers)
        body = self.acceptance(sent + fault.miscounts)
        return JSONResponse({key: body[key] for key in body if key not in fault.lacks}, fault.status, headers)

    async def get_dataset(self, request: Request) -> Response:
        dataset_id = request.path_params["dataset_id"]
        refused = self.refused_credentials(request, dict(request.query_params)) or self.refused_dataset(dataset_id)
        if refused is not None:
            return refused
        if self.settings.consolidated == "unknown":
            return self.error(400, 100, "(#100) Missing Permission")
        answers = {"true": {"is_consolidated_container": True}, "false": {"is_consolidated_container": False}}
        return JSONResponse(answers.get(self.settings.consolidated, {}) | {"id": dataset_id})

    def refused_reading(self, request: Request, dataset_id: str) -> JSONResponse | None:
        """With `--consolidated unknown` the token may only send."""
        refused = self.refused_credentials(request, dict(request.query_params)) or self.refused_dataset(dataset_id)
        if refused is None and self.settings.consolidated == "unknown":
            refused = self.error(400, 10, "(#10) Application does not have permission for this action")
        return refused

    async def get_quality(self, request: Request) -> Response:
        """Only the field names of the documented answer are known; the formats inside are assumed."""
        dataset_id = request.query_params.get("dataset_id", "")
        refused = self.refused_reading(request, dataset_id)
        return refused or JSONResponse({"offline": self.store.quality(dataset_id, self.now())})

    async def get_uploads(self, request: Request) -> Response:
        dataset_id = request.path_params["dataset_id"]
        return self.refused_reading(request, dataset_id) or JSONResponse({"data": self.store.uploads(dataset_id)})


def order_ids(sent: list[Any]) -> set[str]:
    custom = (event.get("custom_data") for event in sent if isinstance(event, Mapping))
    return {str(data["order_id"]) for data in custom if isinstance(data, Mapping) and "order_id" in data}
