"""When may an event be sent, or sent again? One pure rule, so that it can be tightened in one place.

Meta drops a repeat of an offline event for at most 7 days. From which instant it counts is not stated: here it is the
start of the first attempt that may have been accepted (`maybe_since`), less a margin of 12 hours. All times are Unix
seconds.
"""

DAY = 86_400
OLD = 7 * DAY  # older events never share a request with fresh ones
RESEND = 7 * DAY - 12 * 3600


def verdict(event_time: int, expires_at: int, maybe_since: int | None, now: float) -> str:
    """'fresh' or 'old' (send it, with its kind), 'expired', or why it is held: 'window', 'expired_unknown'."""
    if now >= expires_at:
        return "expired" if maybe_since is None else "expired_unknown"
    if maybe_since is not None and now - maybe_since >= RESEND:
        return "window"
    return "old" if now - event_time > OLD else "fresh"
