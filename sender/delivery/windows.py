"""When may an event be sent, or sent again? One pure rule, so that it can be tightened in one place.

Meta drops a repeat of an offline event for at most 7 days. It does not say when that time starts: here it is the
start of the first attempt that may have been accepted (`maybe_since`), less a margin of 12 hours. If that is in the future,
a wrong clock wrote it, and nobody knows when it was. All times are Unix seconds.
"""

from enum import StrEnum

from sender.meta.reasons import Reason

DAY = 86_400
OLD_AGE = 7 * DAY  # older events never share a request with fresh ones
RESEND = 7 * DAY - 12 * 3600
TOLERANCE = 300  # by which clocks may differ


class Verdict(StrEnum):
    FRESH = "fresh"  # send it
    OLD = "old"  # send it, but never together with fresh ones
    EXPIRED = "expired"
    WINDOW = Reason.WINDOW  # hold it
    EXPIRED_UNKNOWN = Reason.EXPIRED_UNKNOWN  # hold it


FRESH, OLD, EXPIRED, WINDOW, EXPIRED_UNKNOWN = Verdict


def verdict(event_time: int, expires_at: int, maybe_since: int | None, now: float) -> Verdict:
    if now >= expires_at:
        return EXPIRED if maybe_since is None else EXPIRED_UNKNOWN
    if maybe_since is not None and not -TOLERANCE <= now - maybe_since < RESEND:
        return WINDOW
    return OLD if now - event_time > OLD_AGE else FRESH
