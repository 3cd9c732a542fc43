"""A request's parameters from its body and its query, in every encoding that Meta's edge accepts.

`data` may be a list of objects, that list as JSON text, or a list of JSON texts, as Meta's own SDKs send it.
"""

import json
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request


class Malformed(Exception):
    """The body is not what its content type says, or `data` is not a list."""


def strict_json(text: str | bytes) -> Any:
    """Parses JSON, without the NaN and Infinity that Python would also accept."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Malformed("the body is not valid JSON") from error


async def parameters(request: Request) -> dict[str, Any]:
    """The parameters of a request by name; those of the body win over those of the query. Raises Malformed."""
    found: dict[str, Any] = dict(request.query_params)
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            async with request.form(max_part_size=64 * 1024 * 1024) as form:
                for name, value in form.items():
                    found[name] = value if isinstance(value, str) else (await value.read()).decode("utf-8", "replace")
        except HTTPException as error:
            raise Malformed("the body is not a form, although its content type says so") from error
        return found
    body = await request.body()
    if body:
        parsed = strict_json(body)
        if not isinstance(parsed, Mapping):
            raise Malformed("the body is not a JSON object")
        found.update(parsed)
    return found


def events(data: Any) -> list[Any]:
    """The events of the parameter `data`. Raises Malformed."""
    if isinstance(data, str):
        data = strict_json(data)
    if not isinstance(data, list):
        raise Malformed("data is missing or not a list")
    return [strict_json(event) if isinstance(event, str) else event for event in data]
