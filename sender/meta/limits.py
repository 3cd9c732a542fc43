"""What the headers of an answer say: how long to wait, how much of a limit is used, what time it is. Junk is ignored."""

import json
import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

HOUR = 3600.0  # the longest pause that is honoured
SENSIBLE = 1e9  # a larger number is junk


def asked_pause(headers: Mapping[str, str], now: float) -> float:
    """Seconds that the server asks us to wait: Retry-After in either form, or the usage headers' minutes; junk is 0."""
    asked = 0.0
    raw = headers.get("retry-after", "")
    try:
        asked = float(raw)
    except ValueError:
        try:
            asked = parsedate_to_datetime(raw).timestamp() - now
        except (ValueError, TypeError, IndexError, OverflowError):
            asked = 0.0
    minutes = largest(headers, "estimated_time_to_regain_access")
    asked = max(asked if math.isfinite(asked) else 0.0, minutes * 60)
    return min(max(asked, 0.0), HOUR)


def usage(headers: Mapping[str, str]) -> float:
    """The highest share of any limit that the server reports as used, in per cent."""
    names = ("call_count", "total_cputime", "total_time", "acc_id_util_pct")
    return max(largest(headers, name) for name in names)


def largest(headers: Mapping[str, str], name: str) -> float:
    """The largest finite number under `name` in any of the usage headers, at any depth."""
    found = [0.0]

    def walk(node: object) -> None:
        if isinstance(node, dict):
            value = node.get(name)
            if isinstance(value, int | float) and abs(value) < SENSIBLE:  # excludes NaN and numbers of 400 digits
                found.append(float(value))
            node = list(node.values())
        if isinstance(node, list):
            for child in node:
                walk(child)

    for header in ("x-business-use-case-usage", "x-business-use-case", "x-app-usage", "x-ad-account-usage"):
        try:
            walk(json.loads(headers.get(header, "null")))
        except (ValueError, RecursionError):
            continue
    return max(found)


def skew(headers: Mapping[str, str], now: float) -> float:
    """Seconds by which this clock is ahead of the server's Date; 0 without a readable one."""
    try:
        return now - parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
