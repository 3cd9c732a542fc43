"""The clock of a run, and switches for tests, which do nothing outside a test.

With OFFLINE_CAPI_TEST_HOOKS=1, and only then:

    OFFLINE_CAPI_TEST_NOW_OFFSET   seconds added to the wall clock
    OFFLINE_CAPI_TEST_SLEEP_SCALE  factor on every pause; the wall clock still moves by the whole pause
    OFFLINE_CAPI_TEST_CRASH_AT     SIGKILL this process at its n-th protocol point
"""

import os
import signal
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def switch(name: str, default: float) -> float:
    if os.environ.get("OFFLINE_CAPI_TEST_HOOKS") != "1":
        return default
    return float(os.environ.get(f"OFFLINE_CAPI_TEST_{name}", default))


class Clock:
    """Wall clock in Unix seconds. Pauses go through it too, so that a test can change both together."""

    def __init__(self) -> None:
        self.offset = switch("NOW_OFFSET", 0.0)
        self.scale = switch("SLEEP_SCALE", 1.0)

    def now(self) -> float:
        return time.time() + self.offset

    def pause(self, seconds: float, wait: Callable[[float], T]) -> T:
        """Pause by calling wait(seconds), which may return early."""
        start = time.monotonic()
        result = wait(seconds * self.scale)
        if self.scale != 1:
            slept = time.monotonic() - start
            self.offset += min(slept / self.scale, seconds) - slept
        return result


crash_at = int(switch("CRASH_AT", 0))
points_passed = 0


def point() -> None:
    """A place between two steps of the protocol where a kill must do no harm."""
    global points_passed
    points_passed += 1
    if points_passed == crash_at:
        os.kill(os.getpid(), signal.SIGKILL)
