"""The routes: Meta's edge and, under /_emulator and on the page at /, what Meta never shows."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sender.config.settings import is_address, is_loopback

from .body import Malformed, strict_json
from .edge import Emulator
from .faults import problem
from .rules import RULES


def told(value: Any, status: int = 200) -> Response:
    # In ASCII: an event may contain half a surrogate pair, which UTF-8 cannot encode.
    return Response(json.dumps(value), status, media_type="application/json")


class OnlyHere:
    """Answers requests addressed to this machine, and no web page but its own. Otherwise another page could reach the emulator through
    a name that points to this machine. An emulator bound to a network address also answers IP addresses, because these cannot be
    made to point elsewhere."""

    def __init__(self, app: ASGIApp, bound: str) -> None:
        self.app, self.bound = app, bound

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self.may_ask(Headers(scope=scope)):
            refusal = told({"problem": "the emulator only answers this machine, and no web page but its own"}, 403)
            return await refusal(scope, receive, send)
        await self.app(scope, receive, send)

    def may_ask(self, headers: Headers) -> bool:
        host = headers.get("host", "")
        if headers.get("origin", f"http://{host}") != f"http://{host}":
            return False
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return is_loopback(name) or name == self.bound or (not is_loopback(self.bound) and is_address(name))


def application(emulator: Emulator, bound: str = "127.0.0.1") -> Starlette:
    """The ASGI application of one emulator, bound to this host."""
    store = emulator.store

    async def page(request: Request) -> Response:
        return HTMLResponse(files(__package__).joinpath("page.html").read_text("utf-8"))

    async def summary(request: Request) -> Response:
        return told(store.summary())

    async def latest(request: Request) -> Response:
        return told(list(store.latest))

    async def rejections(request: Request) -> Response:
        return told(list(store.rejections))

    async def rules(request: Request) -> Response:
        return told([asdict(rule) | {"counts": rule.name in emulator.settings.rules} for rule in RULES.values()])

    async def set_faults(request: Request) -> Response:
        try:
            plan = strict_json(await request.body())
        except Malformed as malformed:
            return told({"problem": str(malformed)}, 400)
        wrong = problem(plan)
        if wrong is None:
            emulator.settings.faults = plan
            emulator.requests = 0
        return told({"problem": wrong}, 200 if wrong is None else 400)

    async def clock(request: Request) -> Response:
        return told({"now": emulator.now()})

    async def set_clock(request: Request) -> Response:
        try:
            emulator.offset = float(strict_json(await request.body())["now"]) - emulator.clock()
        except (Malformed, KeyError, TypeError, ValueError, OverflowError):
            return told({"problem": 'set the clock with {"now": <Unix seconds>}'}, 400)
        return await clock(request)

    async def reset(request: Request) -> Response:
        store.reset()
        return told(store.summary())

    async def unsupported(request: Request) -> JSONResponse:
        return emulator.error(400, 100, "Unsupported request", type="GraphMethodException", error_subcode=33)

    edge = "/v{major:int}.0/{dataset_id}"
    control: list[tuple[str, Callable[[Request], Awaitable[Response]], str]] = [
        ("/_emulator/summary", summary, "GET"),
        ("/_emulator/events", latest, "GET"),
        ("/_emulator/rejections", rejections, "GET"),
        ("/_emulator/rules", rules, "GET"),
        ("/_emulator/clock", clock, "GET"),
        ("/_emulator/faults", set_faults, "POST"),
        ("/_emulator/clock", set_clock, "POST"),
        ("/_emulator/reset", reset, "POST"),
        ("/", page, "GET"),
        (edge + "/events", emulator.post_events, "POST"),
        ("/v{major:int}.0/dataset_quality", emulator.get_quality, "GET"),
        (edge + "/offline_event_uploads", emulator.get_uploads, "GET"),
        (edge, emulator.get_dataset, "GET"),
    ]

    routes = [Route(path, endpoint, methods=[method]) for path, endpoint, method in control]
    others = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return Starlette(
        routes=[*routes, Route("/{path:path}", unsupported, methods=others)], middleware=[Middleware(OnlyHere, bound)]
    )
