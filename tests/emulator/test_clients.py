"""Clients: Meta's own SDK, unchanged, and curl, neither written here; and the sender itself."""

import asyncio
import json
import shutil
import subprocess
import time
from typing import Any

import pytest

pytestmark = pytest.mark.filterwarnings("ignore")  # the SDK's own


@pytest.fixture
def sdk(endpoint, monkeypatch):
    """Meta's Python SDK, pointed at the emulator through the one constant that it has for this."""
    from facebook_business.api import FacebookAdsApi
    from facebook_business.session import FacebookSession

    monkeypatch.setattr(FacebookSession, "GRAPH", endpoint.address)
    FacebookAdsApi.init(access_token="made-up", api_version="v26.0", crash_log=False)
    return endpoint


def arguments(**changes):
    from facebook_business.adobjects.serverside.action_source import ActionSource
    from facebook_business.adobjects.serverside.custom_data import CustomData
    from facebook_business.adobjects.serverside.event import Event
    from facebook_business.adobjects.serverside.user_data import UserData

    custom = {"value": 12.5, "currency": "eur", "order_id": "R1"} | changes
    event = Event(
        event_name="Purchase",
        event_time=int(time.time()) - 60,
        action_source=ActionSource.PHYSICAL_STORE,
        user_data=UserData(emails=["ann@example.com"], phones=["12125550100"], first_name="Ann"),
        custom_data=CustomData(**custom),
    )
    return {"pixel_id": "1001", "events": [event]}


def test_metas_event_request_works_unchanged(sdk):
    from facebook_business.adobjects.serverside.event_request import EventRequest

    assert EventRequest(**arguments(), upload_tag="daily").execute().events_received == 1
    assert sdk.summary()["counted"] == 1


def test_metas_asynchronous_event_request_works_unchanged(sdk):
    from facebook_business.adobjects.serverside.event_request_async import EventRequestAsync

    assert asyncio.run(EventRequestAsync(**arguments()).execute()).events_received == 1
    assert sdk.summary()["counted"] == 1


def test_metas_sdk_raises_its_own_error_with_the_subcode(sdk):
    from facebook_business.adobjects.serverside.event_request import EventRequest
    from facebook_business.exceptions import FacebookRequestError

    with pytest.raises(FacebookRequestError) as raised:
        EventRequest(**arguments(value=None)).execute()
    assert (raised.value.api_error_code(), raised.value.api_error_subcode()) == (100, 2804009)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("flag", ["-F", "--data-urlencode"])
def test_curl_with_a_form_as_the_documentation_shows(endpoint, sale, flag):
    command = [
        "curl",
        "--silent",
        "--fail-with-body",
        flag,
        f"data={json.dumps([sale()])}",
        flag,
        "access_token=made-up",
    ]
    answer = subprocess.run(
        [*command, f"{endpoint.address}/v26.0/1001/events"], capture_output=True, text=True, check=True
    )

    assert json.loads(answer.stdout)["events_received"] == 1


# Every temporary fault, with the events kept or not.
PASSING = (
    *("unknown_error", "service_down", "app_limit", "app_limit_with_usage", "user_limit", "custom_limit"),
    *("account_limit", "too_many_requests", "not_ready", "html_gateway", "text_with_200", "empty_503", "no_messages"),
    *("one_fewer", "stored_then_503", "stored_then_cut", "stored_then_slow", "cut"),
)


def test_the_sender_gets_every_event_counted_once_through_every_fault_that_passes(start, shop, command, tmp_path):
    faults: list[dict[str, Any]] = [
        {"fault": name, "requests": [2 + 2 * number]} for number, name in enumerate(PASSING)
    ]
    faults[PASSING.index("stored_then_slow")]["delay"] = 2
    (tmp_path / "faults.json").write_text(json.dumps(faults))
    hooks = {"OFFLINE_CAPI_TEST_HOOKS": "1", "OFFLINE_CAPI_TEST_SLEEP_SCALE": "0.005"}
    run = {"cwd": tmp_path, "env": shop(200) | hooks, "capture_output": True, "text": True}
    with start("--strict", "--faults", str(tmp_path / "faults.json")) as endpoint:
        subprocess.run([*command, "init"], check=True, **run)
        options = ["--graph-url", endpoint.address, "--batch-size", "10", "--workers", "1", "--deadline", "1", "--json"]
        results: list[dict[str, Any]] = []
        while len(results) < 5 and (not results or results[-1]["pending"]):
            sent = subprocess.run([*command, "send", *options], timeout=120, **run)
            results.append(json.loads(sent.stdout.splitlines()[-1]))
        counts = endpoint.summary()

    assert counts["faults"] == len(PASSING)
    assert (counts["counted"], sum(result["accepted"] for result in results)) == (200, 200)
    assert counts["duplicates"] > 0
