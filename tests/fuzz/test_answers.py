"""Whatever a server answers has an outcome: no traceback, and no acceptance that the server did not give."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sender.meta import limits
from sender.meta.answers import Reply, classify
from sender.meta.reasons import Reason

pytestmark = pytest.mark.pure

KEYS = (
    *("error", "code", "error_subcode", "error_data", "event_index", "events", "events_received", "fbtrace_id", "messages"),
    *("is_transient", "message"),
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.integers(10**390, 10**400) | st.text(max_size=5)
    | st.sampled_from(["--5", "-5", "5", "3", "٣", "²", "\ud800", "9" * 400, "-", "", "true", 190, 100, 1, 2804003, 3]),
    lambda inner: st.dictionaries(st.sampled_from(KEYS), inner) | st.lists(inner, max_size=3),
    max_leaves=12,
)  # fmt: skip
BODIES = st.one_of(
    VALUES.map(lambda value: json.dumps(value).encode()),
    VALUES.map(lambda value: json.dumps({"error": value}).encode()),
    VALUES.map(lambda value: json.dumps({"error": {"code": 100, "error_data": json.dumps(value)}}).encode()),
    st.binary(max_size=60),
    st.sampled_from([b'{"events_received": 3}', b'\xef\xbb\xbf{"events_received": 3}', b'{"events_received": 3, "events_received": 2}']),
    st.builds(lambda depth, mark: mark * depth, st.integers(0, 200_000), st.sampled_from([b"[", b'{"error":', b"9"])),
)  # fmt: skip
NAMES = ["retry-after", "date", "x-business-use-case-usage", "x-app-usage", "x-ad-account-usage", "content-type"]
USAGE = st.dictionaries(st.sampled_from(["call_count", "estimated_time_to_regain_access", "1"]), VALUES).map(json.dumps)
ODD = st.sampled_from(
    ["9" * 400, "-1e400", "nan", "Thu, 99 Jan 99999999 00:00:00 GMT", "Thu, 01 Jan 0001 00:00:00 +2359", "[" * 100_000]
)
HEADERS = st.dictionaries(st.sampled_from(NAMES), USAGE | st.text(max_size=30) | ODD)


@given(st.integers(100, 599), HEADERS, BODIES, st.integers(1, 1000))
@example(200, {}, b'{"events_received": true}', 1)
def test_whatever_comes_back_has_one_outcome(status, headers, body, n):
    """No traceback for two signs, half a surrogate pair, digits of another script, or 400 digits."""
    outcome = classify(Reply(status, headers, body), n)

    assert outcome.trace is None or outcome.trace.isascii()
    assert outcome.reason
    assert outcome.index is None or outcome.index >= 0
    if outcome.reason == Reason.ACCEPTED:
        assert status == 200
        received = json.loads(body)["events_received"]
        assert int(received) == n
        assert not isinstance(received, bool)


@given(HEADERS)
def test_whatever_the_headers_hold_they_ask_for_a_sensible_pause(headers):
    """At most an hour, even if a number has 400 digits."""
    assert 0 <= limits.asked_pause(headers, 1_800_000_000) <= limits.HOUR
    assert 0 <= limits.usage(headers) <= limits.SENSIBLE
    assert isinstance(limits.skew(headers, 1_800_000_000), float)
