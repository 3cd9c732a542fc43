"""The routes: Meta's edge as a sender sees it, and beside it what Meta never shows, under /_emulator."""

import asyncio
import hashlib
import hmac
import random
import re
import string
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from .body import Malformed, events, parameters
from .faults import Fault, fault_for, problem
from .rules import FRENCH_TITLES, judge
from .store import Store

MOST_EVENTS = 1_000


@dataclass
class Settings:
    """How the endpoint behaves. `token` None takes any token; `datasets` empty takes any digits."""

    token: str | None = None
    app_secret: str | None = None
    datasets: frozenset[str] = frozenset()
    strict: bool = False
    keeps: bool = True
    consolidated: bool | None = True
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
        """The answer to a token that is missing, unknown, or without the proof that the app asks for."""
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

    async def post_events(self, request: Request) -> Response:
        self.requests += 1
        dataset_id = request.path_params["dataset_id"]
        try:
            given = await parameters(request)
        except Malformed as malformed:
            return self.reject(dataset_id, None, "malformed_body", 0, self.error(400, 100, str(malformed)))
        refused = self.refused_credentials(request, given) or self.refused_dataset(dataset_id)
        if refused is not None:
            return self.reject(dataset_id, None, "credentials_or_dataset", 0, refused)
        try:
            sent = events(given.get("data"))
        except Malformed as malformed:
            return self.reject(dataset_id, None, "malformed_data", 0, self.error(400, 100, str(malformed)))
        if not 1 <= len(sent) <= MOST_EVENTS:
            message = f"data must hold 1 to {MOST_EVENTS} events and holds {len(sent)}"
            return self.reject(dataset_id, None, "number_of_events", len(sent), self.error(400, 100, message))
        orders = order_ids(sent) if self.settings.faults else ()
        fault = fault_for(self.settings.faults, self.requests, orders, self.draw)
        if fault is not None and not fault.stores:
            return await self.answer_fault(request, fault)
        now = self.now()
        for index, event in enumerate(sent):
            rule = judge(event, now, self.settings.strict)
            if rule is not None:
                more: dict[str, Any] = {} if rule.subcode is None else {"error_subcode": rule.subcode}
                text = FRENCH_TITLES[rule.name] if self.settings.french else rule.title
                title = {"error_user_title": text, "error_user_msg": text + "."}
                answer = self.error(400, rule.code, "Invalid parameter", **more, is_transient=False, **title)
                return self.reject(dataset_id, index, rule.name, len(sent), answer)
        if self.settings.keeps:
            self.store.accept(dataset_id, sent, now, str(given.get("upload_tag", "")), "test_event_code" in given)
        if fault is not None:
            return await self.answer_fault(request, fault)
        self.store.requests["accepted"] += 1
        body = {"events_received": len(sent), "messages": [], "fbtrace_id": self.trace_id()}
        return JSONResponse(body, headers={"x-app-usage": '{"call_count":1,"total_cputime":1,"total_time":1}'})

    def reject(self, dataset_id: str, index: int | None, rule: str, size: int, answer: JSONResponse) -> JSONResponse:
        self.store.requests["rejected"] += 1
        self.store.reject(dataset_id, index, rule, size, self.now())
        return answer

    async def answer_fault(self, request: Request, fault: Fault) -> Response:
        self.store.requests["fault"] += 1
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.status is None:
            self.abort(request)
        if fault.error is not None:
            body = {"error": {**fault.error, "fbtrace_id": self.trace_id()}}
            return JSONResponse(body, fault.status or 500, headers=dict(fault.headers))
        return PlainTextResponse(fault.text or "", fault.status or 500, headers=dict(fault.headers))

    async def get_dataset(self, request: Request) -> Response:
        dataset_id = request.path_params["dataset_id"]
        refused = self.refused_credentials(request, dict(request.query_params)) or self.refused_dataset(dataset_id)
        if refused is not None:
            return refused
        if self.settings.consolidated is None:
            return self.error(400, 100, "(#100) Missing Permission")
        return JSONResponse({"is_consolidated_container": self.settings.consolidated, "id": dataset_id})


def order_ids(sent: list[Any]) -> set[str]:
    custom = (event.get("custom_data") for event in sent if isinstance(event, Mapping))
    return {str(data["order_id"]) for data in custom if isinstance(data, Mapping) and "order_id" in data}


def application(emulator: Emulator) -> Starlette:
    """The ASGI application of one emulator."""
    store = emulator.store

    async def page(request: Request) -> Response:
        return HTMLResponse(files(__package__).joinpath("page.html").read_text("utf-8"))

    async def summary(request: Request) -> Response:
        return JSONResponse(store.summary())

    async def latest(request: Request) -> Response:
        return JSONResponse(list(store.latest))

    async def rejections(request: Request) -> Response:
        return JSONResponse(list(store.rejections))

    async def set_faults(request: Request) -> Response:
        plan = await request.json()
        wrong = problem(plan)
        if wrong is None:
            emulator.settings.faults = plan
            emulator.requests = 0
        return JSONResponse({"problem": wrong}, 200 if wrong is None else 400)

    async def set_clock(request: Request) -> Response:
        emulator.offset = float((await request.json())["now"]) - emulator.clock()
        return JSONResponse({"now": emulator.now()})

    async def reset(request: Request) -> Response:
        store.reset()
        return JSONResponse(store.summary())

    async def unsupported(request: Request) -> Response:
        return emulator.error(400, 100, "Unsupported request", type="GraphMethodException", error_subcode=33)

    edge = "/v{major:int}.{minor:int}/{dataset_id}"
    control: list[tuple[str, Callable[[Request], Awaitable[Response]], str]] = [
        ("/_emulator/summary", summary, "GET"),
        ("/_emulator/events", latest, "GET"),
        ("/_emulator/rejections", rejections, "GET"),
        ("/_emulator/faults", set_faults, "POST"),
        ("/_emulator/clock", set_clock, "POST"),
        ("/_emulator/reset", reset, "POST"),
        ("/", page, "GET"),
        (edge + "/events", emulator.post_events, "POST"),
        (edge, emulator.get_dataset, "GET"),
    ]
    routes = [Route(path, endpoint, methods=[method]) for path, endpoint, method in control]
    return Starlette(routes=[*routes, Route("/{path:path}", unsupported, methods=["GET", "POST", "PUT", "DELETE"])])
