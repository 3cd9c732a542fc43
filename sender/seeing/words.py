"""Times and counts as people read them."""

import time


def moment(seconds: float) -> str:
    """2026-11-26 10:15 UTC"""
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))


def second(seconds: float) -> str:
    """2026-11-26 10:15:02 UTC"""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))


def duration(seconds: float) -> str:
    """The largest sensible unit: 0.4 seconds, 40 seconds, 5 minutes, 3 hours, 2 days."""
    if 0 < seconds < 9.95 and seconds != round(seconds):
        return f"{seconds:.1f} seconds"
    for size, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * size or (seconds >= size and unit != "minute"):
            return counted(round(seconds / size), unit)
    return counted(round(seconds), "second")


def ago(seconds: float) -> str:
    return "just now" if seconds < 10 else f"{duration(seconds)} ago"


def counted(n: int, noun: str) -> str:
    """1 sale, 1,200 sales"""
    return f"{n:,} {noun}{'s' if n != 1 else ''}"
