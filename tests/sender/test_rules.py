"""The pure rules: answers, windows, batches, pace. No network, no files."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sender.delivery import pace, windows
from sender.delivery.unsent import cut
from sender.events.member import KEY_LENGTH
from sender.events.spool import Rows
from sender.meta import limits
from sender.meta.answers import Reply, classify

pytestmark = pytest.mark.pure

DAY = 86_400


def reply(status, body, headers=None):
    return Reply(status, headers or {}, body if isinstance(body, bytes) else json.dumps(body).encode())


def graph_error(code, subcode=None, **more):
    return {"error": {"code": code, **({"error_subcode": subcode} if subcode else {}), **more}}


@pytest.mark.parametrize(
    ("status", "body", "action", "reason", "maybe"),
    [
        (200, {"events_received": 3}, "accept", "accepted", False),
        (200, {"events_received": "3", "messages": ["hm"]}, "accept", "accepted", False),
        (200, {"events_received": 2}, "retry", "mismatch", True),
        (200, {"events_received": 4}, "retry", "mismatch", True),
        (200, {"events_received": "many"}, "retry", "mismatch", True),
        (200, {}, "retry", "not_meta", True),
        (200, [], "retry", "not_meta", True),
        (200, None, "retry", "not_meta", True),
        (200, "ok", "retry", "not_meta", True),
        (200, b"", "retry", "not_meta", True),
        (200, b"Service Unavailable", "retry", "not_meta", True),
        (200, b'\xff\xfe{"events_received": 3}', "retry", "not_meta", True),
        (200, b"[" * 100_000, "retry", "not_meta", True),
        (200, graph_error(190), "stop", "token", False),
        (204, b"", "retry", "not_meta", True),
        (206, b"{}", "retry", "not_meta", True),
        (206, {"events_received": 3}, "retry", "not_meta", True),
        (503, {"events_received": 3}, "retry", "server_error", True),
        (302, b"", "stop", "redirect", False),
        (400, b"<html>", "stop", "not_meta", False),
        (401, b"", "stop", "token", False),
        (408, b"", "retry", "server_error", True),
        (413, b"", "split", "too_large", False),
        (429, b"", "throttle", "throttled", False),
        (500, b"", "retry", "server_error", True),
        (503, b"<html>", "retry", "server_error", True),
        (500, graph_error(1), "retry", "server_error", True),
        (503, graph_error(2, is_transient=True), "retry", "server_error", True),
        (400, graph_error(21009), "retry", "not_ready", False),
        (400, graph_error(4), "throttle", "throttled", False),
        (500, graph_error(17, 2446079), "throttle", "throttled", False),
        (400, graph_error(80004), "throttle", "throttled", False),
        (400, graph_error(100, 2804003), "split", "too_old", False),
        (400, graph_error(100, 2804050), "split", "not_enough_customer_data", False),
        (400, graph_error(100, 2804999), "split", "invalid_2804999", False),
        (400, graph_error(100), "split", "invalid", False),
        (400, graph_error("100", "33"), "stop", "dataset", False),
        (403, graph_error(200), "stop", "permission", False),
        (400, graph_error(10), "stop", "permission", False),
        (401, graph_error(190, 463), "stop", "token", False),
        (400, graph_error(104), "stop", "token", False),
        (400, graph_error(368), "stop", "blocked", False),
        (400, graph_error(987654), "retry", "unknown_code", True),
        (400, graph_error(987654, is_transient=True), "retry", "server_error", True),
        (400, graph_error(2**80), "retry", "unknown_code", True),
        (400, graph_error("oops"), "retry", "unknown_code", True),
        (400, graph_error(True), "retry", "unknown_code", True),
        (400, {"error": {}}, "retry", "unknown_code", True),
        (400, {"error": {"error": {"code": 190}}}, "retry", "unknown_code", True),
    ],
)
def test_every_answer_has_one_meaning(status, body, action, reason, maybe):
    """The table of answers: what to do, with which reason, and whether the events may have been accepted."""
    outcome = classify(reply(status, body), 3)
    assert (outcome.rule.action, outcome.reason, outcome.rule.maybe) == (action, reason, maybe)


@given(
    st.integers(100, 599),
    st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.dictionaries(st.sampled_from(["error", "code", "events_received", "error_data", "messages"]), inner)
                | st.lists(inner, max_size=3)
            ),
            max_leaves=8,
        ),
    ),
)
def test_no_answer_breaks_the_sender(status, body):
    """Every answer has an outcome, and only a full count is an acceptance."""
    outcome = classify(reply(status, body), 3)
    assert outcome.rule.action in {"accept", "retry", "throttle", "split", "stop"}
    if outcome.rule.action == "accept":
        assert (status, outcome.received) == (200, 3)


@pytest.mark.parametrize("data", [{"event_index": 2}, '{"event_index": 2}', {"events": [{"event_index": "2"}]}])
def test_a_named_index_is_found(data):
    """error_data may be an object or JSON text, and may name the event to blame."""
    assert classify(reply(400, graph_error(100, 2804050, error_data=data)), 9).index == 2


def test_texts_decide_nothing():
    """Messages follow the locale: the same codes mean the same with any text."""
    texts = ({"message": "Invalid token"}, {"message": "ungültig", "error_user_msg": "jeton expiré"})
    assert len({classify(reply(400, graph_error(100, 2804050, **text)), 1) for text in texts}) == 1


@pytest.mark.parametrize(
    ("age", "maybe_days", "expected"),
    [
        (1, None, "fresh"),
        (7, None, "fresh"),
        (7.001, None, "old"),
        (61.99, None, "old"),
        (62, None, "expired"),
        (62, 1, "expired_unknown"),
        (10, 6.49, "old"),
        (10, 6.5, "window"),
        (8, 20, "window"),
        (1, -0.003, "fresh"),
        (1, -0.004, "window"),
    ],
)
def test_windows(age, maybe_days, expected):
    """Age limit, the 7 days of fresh events, and the 6.5 days of safe repeats, on both sides of each edge."""
    now = 1_800_000_000
    event_time = int(now - age * DAY)
    maybe = None if maybe_days is None else int(now - maybe_days * DAY)
    assert windows.verdict(event_time, event_time + 62 * DAY, maybe, now) == expected


# Mostly equal, so that the limits are reached too.
tags, days = st.sampled_from(["null"] * 5 + ['"a"']), st.sampled_from([1] * 5 + [8, 70])
waiting = st.lists(st.tuples(tags, days, st.integers(0, 3)), min_size=1, max_size=60)


@given(waiting, st.integers(1, 8), st.integers(1, 15))
def test_batches_keep_order_limits_and_groups(shape, count, size):
    """Cut repeatedly, rows come out in order, within the limits, with one tag and one age per request."""
    now, left, seen = 1_800_000_000, Rows(), []
    for i, (tag, days, n) in enumerate(shape):
        time = now - days * DAY
        left.extend(Rows([time], [time + 62 * DAY], [0], [KEY_LENGTH + n + 1], [tag], ["0"], [str(i)]))
    while left:
        n, age = cut(left, count, size, now)
        batch = left.take(n)
        assert 1 <= n <= count
        assert n == len(batch) == 1 or sum(batch.sizes) - n * KEY_LENGTH <= size
        assert len(set(batch.tags)) == 1
        assert {
            windows.verdict(*times, None, now) for times in zip(batch.event_times, batch.expires_at, strict=True)
        } == {age}
        seen += batch.members
    assert seen == [str(i) for i in range(len(shape))]


@given(waiting, st.integers(1, 8), st.integers(1, 15))
def test_a_request_is_as_large_as_the_limits_let_it_be(shape, count, size):
    """Where a request ends, the next row would be one too many, too large, or of another kind."""
    now = 1_800_000_000
    times = [now - days * DAY for _, days, _ in shape]
    expiries = [time + 62 * DAY for time in times]
    sizes = [KEY_LENGTH + n + 1 for _, _, n in shape]
    tags = [tag for tag, _, _ in shape]
    n, age = cut(Rows(times, expiries, sizes, sizes, tags, tags, tags), count, size, now)
    if n < min(count, len(shape)):
        another_kind = (tags[n], windows.verdict(times[n], expiries[n], None, now)) != (tags[0], age)
        assert another_kind or sum(sizes[: n + 1]) - (n + 1) * KEY_LENGTH > size


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2),
        ({"retry-after": "inf"}, 0),
        ({"retry-after": "nan"}, 0),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "315360000"}, 3600),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": "Thu, 01 Jan 1970 00:02:00 GMT"}, 20),
        ({"x-business-use-case-usage": '{"1": [{"estimated_time_to_regain_access": 3}]}'}, 180),
        ({"x-business-use-case-usage": "not json"}, 0),
        ({"x-app-usage": ""}, 0),
        ({}, 0),
    ],
)
def test_pauses_that_the_server_asks_for(headers, seconds):
    """Retry-After in both forms and the usage headers' minutes are respected, junk is not, and an hour is the maximum."""
    assert limits.asked_pause(headers, 100) == seconds


def test_pace_rises_and_falls():
    """One more at once after each full round, half after a throttle, one if the limit is nearly used up."""
    speed = pace.Pace(4, 100)
    limits = []
    for _ in range(12):
        speed.accepted(0.5, 0)
        limits.append(int(speed.limit))
    assert limits == sorted(limits)
    assert limits[-1] == 4
    speed.throttled(0, 10, 0.5)
    assert (int(speed.limit), speed.until) == (2, 10)
    speed.accepted(0.5, 95)
    assert speed.limit == 1


def test_patience_and_budget_end():
    """A run gives up when its patience or its retry budget is used up, and success restores the patience."""
    speed = pace.Pace(2, 60)
    failures = 0
    while not speed.exhausted():
        speed.failed(speed.until, 10, 1.0)
        failures += 1
    assert 5 <= failures <= 8
    speed.accepted(1, 0)
    assert not speed.exhausted()
    endless = pace.Pace(2, 1e9)
    for _ in range(50):
        endless.failed(endless.until, 10, 1.0)
    assert endless.exhausted()


def test_a_server_that_slows_down_is_not_crowded():
    """A server that gets slower with more parallel requests is not driven beyond the deadline again and again."""
    speed, late = pace.Pace(16, 1e9), 0
    for _ in range(300):
        together = 1 if speed.streak else int(speed.limit)
        seconds = 0.2 * together**2
        if seconds > 10:
            late += 1
            speed.failed(speed.until, 10, 0.5)
        else:
            speed.accepted(seconds, 0)
    assert late <= 15


def test_a_server_that_is_suddenly_slow_gets_fewer_requests_at_once():
    speed = pace.Pace(16, 1e9)
    for _ in range(60):
        speed.accepted(0.2, 0)
    before = speed.at_once()
    for _ in range(10):
        speed.accepted(3, 0)
    assert speed.at_once() < before
