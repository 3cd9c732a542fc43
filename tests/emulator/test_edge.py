"""The edge as Meta documents it and as it was seen: what it accepts, what it refuses, and with which codes."""

import json
import re
import subprocess
import time
import urllib.parse
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sender.emulator.currencies import CURRENCIES
from sender.emulator.rules import FRENCH_TITLES

DAY = 86_400


def codes(answer):
    status, body = answer
    error = body["error"]
    assert error["fbtrace_id"].startswith("A")
    assert len(error["fbtrace_id"]) == 23
    return status, error["code"], error.get("error_subcode")


def test_a_good_event_is_received_and_counted(endpoint, sale):
    status, body = endpoint.post([sale()])

    assert status == 200
    assert (body["events_received"], body["messages"]) == (1, [])
    assert endpoint.summary()["counted"] == 1


REFUSED: dict[str, tuple[dict[str, Any], int | None]] = {
    "too old for a store": ({"event_time": -62 * DAY - 60}, 2804003),
    "too old for a website": ({"event_time": -7 * DAY - 60, "action_source": "website"}, 2804003),
    "nobody": ({"user_data": {}}, 2804050),
    "nulls are nobody": ({"user_data": {"em": None, "ph": []}}, 2804050),
    "only a city": ({"user_data": {"ct": ["0" * 64], "country": ["0" * 64]}}, 2804050),
    "first name and gender": ({"user_data": {"fn": ["0" * 64], "ge": ["0" * 64]}}, 2804050),
    "spellings of the retired API": ({"user_data": {"email": ["0" * 64]}}, 2804050),
    "no value": ({"custom_data": {"currency": "EUR"}}, 2804009),
    "no currency": ({"custom_data": {"value": 1}}, 2804010),
    "currency is no code": ({"custom_data": {"value": 1, "currency": "EUX"}}, 2804008),
    "a value below zero": ({"custom_data": {"value": -1, "currency": "EUR"}}, 2804009),
    "a value of 400 digits": ({"custom_data": {"value": 10**400, "currency": "EUR"}}, 2804009),
    "custom data that is a text": ({"event_name": "Lead", "custom_data": "x"}, None),
    "no action source": ({"action_source": None}, 2804001),
    "a lead id of twelve digits": ({"user_data": {"lead_id": 123456789012}}, 2804036),
    "plain text where a hash must be": ({"user_data": {"em": ["ann@example.com"]}}, 2804016),
    "in the future": ({"event_time": 120}, 2804007),
    "milliseconds": ({"event_time": 1000 * int(time.time())}, 2804007),
    "no name": ({"event_name": None}, 2804001),
    "no time": ({"event_time": None}, 2804001),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_event_is_refused_with_metas_code(endpoint, sale, name):
    changes, subcode = dict(REFUSED[name][0]), REFUSED[name][1]
    if isinstance(changes.get("event_time"), int) and abs(changes["event_time"]) < 10**10:
        changes["event_time"] += int(time.time())

    assert codes(endpoint.post([sale(**changes)])) == (400, 100, subcode)


def test_one_bad_event_refuses_the_other_999_and_the_side_channel_tells_which(endpoint, sale):
    events = [sale(custom_data={"value": 1, "currency": "EUR", "order_id": str(number)}) for number in range(1_000)]
    events[617] = sale(user_data={})

    assert codes(endpoint.post(events)) == (400, 100, 2804050)
    assert endpoint.summary()["received"] == 0
    assert endpoint.call("/_emulator/rejections")[1][0]["index"] == 617


def test_a_thousand_events_are_taken_and_one_more_is_not(endpoint, sale):
    events = [sale(custom_data={"value": 1, "currency": "EUR", "order_id": str(number)}) for number in range(1_001)]

    assert codes(endpoint.post(events)) == (400, 100, None)
    assert endpoint.post(events[:1_000])[1]["events_received"] == 1_000


def test_assumed_rules_count_only_when_strict(start, sale):
    with start() as lenient:
        assert lenient.post([sale(user_data={"em": ["ann@example.com"]})])[0] == 200
        assert codes(lenient.post([sale(user_data={})]))[2] == 2804050


def test_a_single_assumed_rule_can_be_asked_for(start, sale):
    with start("--enforce", "currency_unknown", "--enforce", "store_event_over_seven_days") as picky:
        assert picky.post([sale(user_data={"em": ["ann@example.com"]})])[0] == 200
        assert codes(picky.post([sale(custom_data={"value": 1, "currency": "EUX"})]))[2] == 2804008
        assert codes(picky.post([sale(event_time=int(time.time()) - 8 * DAY)]))[2] == 2804003
        counting = {rule["name"] for rule in picky.call("/_emulator/rules")[1] if rule["counts"]}
        assert {"currency_unknown", "store_event_over_seven_days", "value_missing"} <= counting
        assert "not_hashed" not in counting


def test_every_rule_tells_how_it_is_known(endpoint):
    for rule in endpoint.call("/_emulator/rules")[1]:
        assert rule["evidence"] in ("documented", "seen", "assumed", "contradicted")
        assert rule["source"]
        assert rule["name"] in FRENCH_TITLES


def test_the_currencies_are_those_of_the_models(repository):
    model = (repository / "models" / "intermediate" / "reference" / "int_capi__currencies.sql").read_text()

    assert frozenset(re.findall(r"\('([A-Z]{3})'", model)) == CURRENCIES


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    changes=st.dictionaries(
        st.sampled_from(["event_name", "event_time", "action_source", "user_data", "custom_data"]),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers(-(10**30), 10**30)
            | st.floats(allow_nan=False)
            | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(st.sampled_from(["em", "order_id", "value", "currency"]), inner, max_size=3)
            ),
            max_leaves=4,
        ),
    )
)
def test_whatever_arrives_is_answered_and_the_next_event_is_taken(lenient, sale, changes):
    assert lenient.post([sale() | changes])[0] in (200, 400)
    assert lenient.post([sale()])[0] == 200


def test_milliseconds_and_broken_unicode_do_not_stop_an_endpoint_that_takes_them(lenient, sale):
    assert lenient.post([sale(event_time=1000 * int(time.time()))])[0] == 200
    assert lenient.post([sale(event_name="\ud800")])[0] == 200
    assert lenient.call("/_emulator/events")[1][0]["event"]["event_name"] == "\ud800"
    assert lenient.post([sale()])[0] == 200


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"data": NaN}', b'{"data": {}}', b'{"data": []}', b'{"data": ["{"]}']
)
def test_a_body_that_is_not_what_it_should_be_is_refused_whole(endpoint, body):
    status, _, subcode = codes(endpoint.call("/v26.0/1001/events", body or b" ", {"authorization": "Bearer made-up"}))

    assert (status, subcode) == (400, None)


def test_titles_may_be_in_another_language_while_codes_stay(start, sale):
    with start("--french") as french:
        status, body = french.post([sale(user_data={})])
        assert (status, body["error"]["error_subcode"]) == (400, 2804050)
        assert body["error"]["error_user_title"].startswith("Les informations client")


def test_the_side_channel_keeps_the_upload_tag_and_marks_test_events_which_count(endpoint, sale):
    endpoint.post([sale()], upload_tag="daily", test_event_code="TEST1")
    (kept,) = endpoint.call("/_emulator/events")[1]

    assert (kept["upload_tag"], kept["test"], kept["counted"]) == ("daily", True, True)


def test_credentials_and_datasets(start, sale):
    with start("--dataset", "1001", "--consolidated", "unknown", META_ACCESS_TOKEN="right") as guarded:
        assert codes(guarded.call("/v26.0/1001/events", {"data": [sale()]}))[1] == 104
        assert codes(guarded.post([sale()], access_token="wrong")) == (401, 190, None)
        assert codes(guarded.post([sale()], dataset="1002", access_token="right")) == (400, 100, 33)
        assert guarded.call("/v26.0/1001/events", {"data": [sale()]}, {"authorization": "Bearer right"})[0] == 200
        assert guarded.call("/v26.0/1001/events?access_token=right", {"data": [sale()]})[0] == 200
        status, body = guarded.call("/v26.0/1001?fields=is_consolidated_container&access_token=right")
        assert (status, body["error"]["message"]) == (400, "(#100) Missing Permission")


def test_an_app_secret_asks_for_its_proof(start, sale):
    import hashlib
    import hmac

    proof = hmac.new(b"secret", b"token", hashlib.sha256).hexdigest()
    with start(META_APP_SECRET="secret") as guarded:
        assert codes(guarded.post([sale()], access_token="token"))[1] == 104
        assert guarded.post([sale()], access_token="token", appsecret_proof=proof)[0] == 200


def test_the_dataset_says_whether_it_is_consolidated(endpoint):
    answer = endpoint.call("/v26.0/1001?fields=is_consolidated_container", headers={"authorization": "Bearer x"})

    assert answer == (200, {"is_consolidated_container": True, "id": "1001"})


def test_a_dataset_may_say_nothing_about_it(start):
    with start("--consolidated", "missing") as silent:
        assert silent.call("/v26.0/1001", headers={"authorization": "Bearer x"}) == (200, {"id": "1001"})


@pytest.mark.parametrize(
    ("path", "method"),
    [("/v26.0/1001/audiences", "GET"), ("/v26.0/1001/events", "GET"), ("/v26.0/1001/events", "PATCH"), ("/v26.1/1001/events", "POST")],
)  # fmt: skip
def test_any_other_address_or_method_is_unsupported(endpoint, path, method):
    assert codes(endpoint.call(path, headers={"authorization": "Bearer x"}, method=method)) == (400, 100, 33)


class TestDeduplication:
    """Order id, else customer parameters; seven days; the first wins; the answer never reveals it."""

    def counted(self, endpoint, *events):
        for one in events:
            assert endpoint.post([one])[1]["events_received"] == 1
        return endpoint.summary()["counted"]

    def test_the_same_order_counts_once_even_with_other_customer_data(self, endpoint, sale):
        first = sale()
        assert self.counted(endpoint, first, first, first | {"user_data": {"ph": ["1" * 64]}}) == 1

    def test_another_second_name_item_or_dataset_is_another_event(self, endpoint, sale):
        first = sale()
        custom = first["custom_data"]
        others = [
            first | {"event_time": first["event_time"] - 1},
            first | {"event_name": "Lead"},
            first | {"custom_data": custom | {"item_number": "2"}},
        ]
        assert self.counted(endpoint, first, *others) == 4
        endpoint.post([first], dataset="1002")
        assert endpoint.summary()["counted"] == 5

    def test_without_an_order_id_the_customer_parameters_decide(self, endpoint, sale):
        first = sale(custom_data={"value": 1, "currency": "EUR"})
        other_value = first | {"custom_data": {"value": 2, "currency": "EUR"}}
        assert self.counted(endpoint, first, other_value, first | {"user_data": {"ph": ["1" * 64]}}) == 2

    def test_after_seven_days_it_counts_again(self, endpoint, sale):
        first = sale()
        endpoint.post([first])
        endpoint.call("/_emulator/clock", {"now": time.time() + 7 * DAY - 60})
        endpoint.post([first])
        assert endpoint.summary()["counted"] == 1
        endpoint.call("/_emulator/clock", {"now": time.time() + 7 * DAY + 60})
        endpoint.post([first])
        assert endpoint.summary()["counted"] == 2


FAULTS = {
    "unknown_error": (500, 1), "service_down": (503, 2), "app_limit": (400, 4), "user_limit": (400, 17), "custom_limit": (400, 613),
    "account_limit": (400, 80004), "too_many_requests": (429, 4), "not_ready": (400, 21009), "stored_then_503": (503, 2),
    "token_expired": (401, 190), "permission": (403, 200), "blocked": (400, 368),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_answers_on_demand_and_then_no_more(endpoint, sale, name):
    endpoint.call("/_emulator/faults", [{"fault": name, "requests": [1]}])
    event = sale()  # once, because another second would be another event

    assert codes(endpoint.post([event]))[:2] == FAULTS[name]
    assert endpoint.summary()["counted"] == (name == "stored_then_503")
    assert endpoint.post([event])[0] == 200
    assert endpoint.summary()["counted"] == 1


# Every other code of Meta's error reference that a store's sender can meet: (status, code, subcode).
OTHER_ERRORS = [(401, 190, subcode) for subcode in (458, 459, 460, 463, 464, 467, 492)] + [
    (403, 10, None), (403, 200, None), (403, 294, None), (400, 3, None), (400, 102, None), (400, 105, None), (404, 100, 34),
    (400, 32, None), (400, 341, None), (400, 613, 1487742), (400, 80000, None), (400, 80003, None), (400, 80014, None),
    (400, 1404078, None), (400, 2859015, None), (400, 4, 1504022), (403, 4, 1504039), (400, 613, 5044001), (400, 104, None),
    (400, 2044055, None), (400, 100, None), (500, 2, None), (500, 1, 99), (500, 5000, None), (400, 100, 2804007), (400, 100, 2804017), (400, 100, 2804019),
    (400, 100, 2804048), (400, -3, None),
]  # fmt: skip


@pytest.mark.parametrize("wanted", OTHER_ERRORS, ids=str)
def test_any_other_answer_of_metas_can_be_provoked_by_an_order(endpoint, sale, wanted):
    status, code, subcode = wanted
    error = {"message": "as asked", "type": "OAuthException", "code": code} | (
        {"error_subcode": subcode} if subcode else {}
    )
    endpoint.call("/_emulator/faults", [{"status": status, "error": error, "orders": ["unlucky"]}])
    unlucky = sale(custom_data={"value": 1, "currency": "EUR", "order_id": "unlucky"})

    assert endpoint.post([sale()])[0] == 200
    assert codes(endpoint.post([sale(), unlucky])) == wanted
    assert endpoint.summary()["counted"] == 1


@pytest.mark.parametrize(("name", "status"), [("html_gateway", 502), ("text_with_200", 200), ("empty_503", 503)])
def test_an_answer_may_be_no_json(endpoint, sale, name, status):
    endpoint.call("/_emulator/faults", [{"fault": name, "requests": [1]}])
    answer = endpoint.post([sale()])

    assert answer[0] == status
    assert isinstance(answer[1], str)


@pytest.mark.parametrize(("name", "counted"), [("cut", 0), ("stored_then_cut", 1)])
def test_a_connection_is_cut_before_or_after_the_events_are_kept(endpoint, sale, name, counted):
    endpoint.call("/_emulator/faults", [{"fault": name, "requests": [1]}])
    with pytest.raises(ConnectionError):
        endpoint.post([sale()])

    assert endpoint.summary()["counted"] == counted


def test_error_data_comes_as_an_object_and_as_text(endpoint, sale):
    endpoint.call(
        "/_emulator/faults",
        [{"fault": "error_data_object", "requests": [1]}, {"fault": "error_data_text", "requests": [2]}],
    )
    (_, first), (_, second) = endpoint.post([sale()]), endpoint.post([sale()])

    assert first["error"]["error_data"] == json.loads(second["error"]["error_data"])


def test_an_acceptance_may_lack_its_messages_or_count_one_fewer(endpoint, sale):
    plan = [{"fault": "no_messages", "requests": [1]}, {"fault": "one_fewer", "requests": [2]}]
    endpoint.call("/_emulator/faults", plan)
    (_, first), (_, second) = endpoint.post([sale()]), endpoint.post([sale()])

    assert (first["events_received"], "messages" in first) == (1, False)
    assert (second["events_received"], second["messages"]) == (0, [])


def test_faults_come_from_a_file_and_strike_by_order_with_changes_of_their_own(start, sale, tmp_path):
    plan = tmp_path / "faults.json"
    plan.write_text(json.dumps([{"fault": "stored_then_slow", "delay": 0.01, "status": 503, "orders": ["R7"]}]))
    with start("--faults", str(plan)) as endpoint:
        assert endpoint.post([sale()])[0] == 200
        assert endpoint.post([sale(custom_data={"value": 1, "currency": "EUR", "order_id": "R7"})])[0] == 503
        assert endpoint.summary()["counted"] == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not valid JSON"),
        ('[{"fault": "cut", "request": [1]}]', "unknown key request; known keys are fault, requests"),
        ('[{"fault": "cut"}]', "would never apply"),
        ('[{"rate": 1}]', "needs the name of a fault, or a status"),
        ('[{"fault": "cut", "rate": 2}]', "rate must be a number from 0 to 1"),
    ],
)
def test_a_wrong_file_of_faults_is_told_in_one_line(command, repository, tmp_path, text, told):
    plan = tmp_path / "faults.json"
    plan.write_text(text)
    ended = subprocess.run(
        [*command, "emulator", "--faults", str(plan)], cwd=repository, capture_output=True, text=True
    )

    assert ended.returncode == 2
    assert told in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"now": "noon"}'])
def test_a_clock_that_cannot_be_set_says_how(endpoint, body):
    endpoint.call("/_emulator/clock", {"now": 1_700_000_000})

    assert endpoint.call("/_emulator/clock", body)[0] == 400
    assert 1_700_000_000 <= endpoint.call("/_emulator/clock")[1]["now"] < 1_700_000_060


def test_an_unknown_fault_is_named_with_those_that_are_known(endpoint):
    status, body = endpoint.call("/_emulator/faults", [{"fault": "earthquake"}])

    assert status == 400
    assert "fault must be one of unknown_error, service_down" in body["problem"]


def test_every_encoding_of_data_is_taken(endpoint, sale):
    one = json.dumps([sale()])
    texts = json.dumps([json.dumps(sale())])
    form = {"content-type": "application/x-www-form-urlencoded"}
    for data in (one, texts):
        body = urllib.parse.urlencode({"data": data, "access_token": "x"}).encode()
        assert endpoint.call("/v26.0/1001/events", body, form)[1]["events_received"] == 1
    assert endpoint.post(one)[1]["events_received"] == 1
    assert endpoint.summary()["received"] == 3


@pytest.mark.parametrize("path", ["/", "/_emulator/summary", "/v26.0/1001"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "localhost"}, 200),
        ({"Host": "[::1]:80"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "localhost.evil.example"}, 403),
        ({"Host": "10.0.0.1"}, 403),
        ({"Host": "[::1"}, 403),
        ({"Host": ""}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
    ],
)
def test_only_this_machine_and_the_emulators_own_page_are_answered(endpoint, path, headers, status):
    """Otherwise a web page could reach it through a name that points to this machine, or from its own origin."""
    asked = {"Authorization": "Bearer made-up", **headers}
    assert endpoint.call(path, headers=asked)[0] == status


def test_the_emulators_own_page_is_answered(endpoint):
    own = {"Origin": endpoint.address}
    assert endpoint.call("/_emulator/reset", {}, headers=own)[0] == 200
