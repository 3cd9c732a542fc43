"""Whatever the emulator is asked, it answers as Meta's edge would: a status, a body, and never a traceback."""

import asyncio
import json
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sender.emulator.app import application
from sender.emulator.edge import Emulator, Settings
from sender.emulator.rules import counting
from sender.emulator.store import Store

pytestmark = pytest.mark.pure

NOW = 1_795_000_000
SALE = {
    "event_name": "Purchase",
    "event_time": NOW - 60,
    "action_source": "physical_store",
    "user_data": {"em": ["0" * 64]},
    "custom_data": {"value": 1, "currency": "EUR", "order_id": "R1"},
}
KEYS = (*SALE, "em", "ph", "value", "currency", "order_id", "item_number", "contents", "lead_id", "madid", "opt_out")
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**400), 10**400) | st.floats() | st.text(max_size=6)
    | st.sampled_from(["\ud800", "9" * 400, "1e999", "NaN", "0" * 64, 10**15, 2**63, -1, ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip
EVENTS = JUNK | st.builds(lambda more: SALE | more, st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=4))
DATA = st.lists(EVENTS, max_size=3) | JUNK
TYPES = (
    *("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain"),
    *("", "application/json; charset=utf-16", "multipart/form-data; boundary=\xff"),
)  # fmt: skip


def as_json(data: object) -> bytes:
    return json.dumps({"data": data, "access_token": "t"}).encode()


def as_form(data: object) -> bytes:
    text = data if isinstance(data, str) else json.dumps(data)
    return urlencode({"data": text, "access_token": "t"}, errors="surrogatepass").encode()


def as_parts(data: object) -> bytes:
    return b'--x\r\nContent-Disposition: form-data; name="data"\r\n\r\n' + json.dumps(data).encode() + b"\r\n--x--\r\n"


BODIES = st.binary(max_size=80) | st.builds(
    lambda write, data, cut: write(data)[: cut or None], st.sampled_from([as_json, as_form, as_parts]), DATA, st.integers(-8, 0)
)  # fmt: skip
PATHS = st.sampled_from(
    ["/v26.0/1001/events", "/v26.0/1001", "/v26.0/dataset_quality", "/v26.0/1001/offline_event_uploads", "/v1.0/../x/events", "/"]
    + [f"/_emulator/{name}" for name in ("summary", "events", "rejections", "rules", "clock", "faults", "reset")]
) | st.text(st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters="?#%[] "), max_size=12).map("/{}".format)  # fmt: skip


@pytest.fixture(scope="module")
def ask():
    """Asks an emulator that enforces every rule and remembers everything it was asked before."""
    emulator = Emulator(Settings(rules=counting(strict=True)), Store(), clock=lambda: float(NOW))
    transport = httpx.ASGITransport(application(emulator))  # raises what the application raises
    with asyncio.Runner() as runner:
        client = httpx.AsyncClient(transport=transport)
        # The whole address, because httpx takes what follows a // for a host.
        yield lambda method, path, **more: runner.run(client.request(method, f"http://localhost{path}", **more))
        runner.run(client.aclose())


@given(st.sampled_from(["POST", "POST", "GET", "DELETE"]), PATHS, st.sampled_from(TYPES), BODIES)
def test_whatever_is_asked_is_answered(ask, method, path, content_type, body):
    answer = ask(method, path, content=body, headers={"content-type": content_type.encode("latin-1")})

    assert answer.status_code in (200, 400, 401, 403, 404)
    if answer.request.url.path.strip("/"):  # otherwise it is the page
        assert isinstance(answer.json(), dict | list)


@given(st.lists(st.fixed_dictionaries({}, optional={name: JUNK for name in ("fault", "requests", "rate", "orders", "status", "error", "text", "headers", "delay", "lacks", "miscounts", "stores")})) | JUNK)  # fmt: skip
def test_whatever_plan_of_faults_is_given_is_taken_or_refused(ask, plan):
    answer = ask("POST", "/_emulator/faults", content=json.dumps(plan).encode())
    assert answer.status_code in (200, 400)
    assert ask("POST", "/_emulator/faults", content=b"[]").status_code == 200


@given(JUNK)
def test_whatever_the_clock_is_set_to_it_goes_on(ask, now):
    assert ask("POST", "/_emulator/clock", content=json.dumps({"now": now}).encode()).status_code in (200, 400)
    assert ask("POST", "/v26.0/1/events", content=as_json([SALE])).status_code in (200, 400)
    assert ask("GET", "/_emulator/summary").status_code == 200
    assert ask("POST", "/_emulator/clock", content=json.dumps({"now": NOW}).encode()).status_code == 200
