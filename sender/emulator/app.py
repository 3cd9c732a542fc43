"""The routes: Meta's edge, and beside it what Meta never shows, under /_emulator and on the page at /."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from .body import Malformed, strict_json
from .edge import Emulator
from .faults import problem
from .rules import RULES


def told(value: Any, status: int = 200) -> Response:
    # In ASCII: an event may hold half a surrogate pair, which no UTF-8 can.
    return Response(json.dumps(value), status, media_type="application/json")


def application(emulator: Emulator) -> Starlette:
    """The ASGI application of one emulator."""
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
            return told({"problem": 'the clock is set by {"now": <Unix seconds>}'}, 400)
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
        (edge, emulator.get_dataset, "GET"),
    ]
    routes = [Route(path, endpoint, methods=[method]) for path, endpoint, method in control]
    others = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return Starlette(routes=[*routes, Route("/{path:path}", unsupported, methods=others)])
