"""`explain` answers for every order of the shop, whatever became of it, and shows no personal value."""

import json
import sqlite3
from contextlib import closing

import pytest

from sender.seeing.text import advised, folded

OUTCOMES = {
    "R010 paris": "delivered: Meta counts 10.10 EUR",
    "R011": "delivered, then taken back by the shop (order_gone): Meta still counts 11.11 EUR",
    "R012": "delivered, then taken back by the shop (cancelled): Meta still counts 12.12 EUR",
    "J1": "delivered: Meta counts 1,500 JPY",
    "M1": "held until a person decides (mismatch)",
    "REFUSED": "refused by Meta (not_enough_customer_data)",
    "LATE": "too old, never accepted",
    "NEW1": "waiting to be sent",
    "DENIED": "not sent: consent_denied",
    "CANCELLED": "not sent: cancelled",
    "NOTIME": "not sent: time_not_readable",
    "NOVALUE": "not sent: value_missing",
    "FOREIGN": "not sent: currency_unknown",
    "LAB1": "not sent: test_store",
    "NOBODY": "not sent: no_match_keys",
}


def explain(week, *arguments, code=0):
    result = week.run("explain", *arguments)
    assert (result.code, "Traceback" in result.err) == (code, False), result.err
    return result.out


def facts(week, *arguments, code=0):
    return json.loads(explain(week, *arguments, "--json", code=code))


@pytest.mark.parametrize("named", OUTCOMES)
def test_the_first_line_says_what_became_of_an_order(week, named):
    order, _, store = named.partition(" ")
    lines = [line for line in explain(week, order).splitlines() if line.startswith(f"order {order}, store {store}")]
    assert len(lines) == 1
    assert OUTCOMES[named] in lines[0]


@pytest.mark.parametrize("typed", ["y015", " Y015 ", "#Y015", "#y015", "york-Y015", "Y015.0"])
def test_an_order_is_found_as_people_write_it(week, typed):
    (case,) = facts(week, typed)["cases"]
    assert (case["order_id"], case["store_id"]) == ("Y015", "york")


def test_orders_of_two_stores_with_one_id_are_two_cases(week):
    cases = facts(week, "R010")["cases"]
    assert sorted(case["store_id"] for case in cases) == ["paris", "york"]
    assert {event["value"] for case in cases for event in case["events"]} == {"10.100", "3.000"}


def test_what_is_not_in_orders_at_all_is_an_answer_with_what_is_written_like_it(week):
    text = explain(week, "R0155", code=1)
    assert "there is no order R0155 in orders, and none was ever sent" in text
    assert "R015" in text
    assert facts(week, "--key", "0" * 64, code=1)["cases"] == []


def test_a_key_and_a_customer_lead_to_the_same_case(week):
    (case,) = facts(week, "Y016")["cases"]
    (event,) = case["events"]
    assert facts(week, "--key", event["event_key"])["cases"] == [case]
    assert facts(week, "--customer", "C-y016 ")["cases"] == [case]


def test_every_attempt_is_told_with_its_answer_also_those_of_batches_that_were_split(week):
    (case,) = facts(week, "REFUSED")["cases"]
    attempts = case["events"][0]["delivery"]["attempts"]
    assert len(attempts) > 1
    assert [attempt["code"] for attempt in attempts] == [100] * len(attempts)
    assert [attempt["events"] for attempt in attempts] == sorted(
        (attempt["events"] for attempt in attempts), reverse=True
    )
    assert "HTTP 400, code 100/2804050, fbtrace_id Aerror" in explain(week, "REFUSED")


def test_the_ledger_and_what_is_told_are_the_same(week):
    with closing(sqlite3.connect(week.shop.ledger)) as ledger:
        stored = ledger.execute(
            "select records, state, fbtrace_id from batches join members using (batch_id)"
        ).fetchall()
    for records, state, trace in stored:
        record = records.split("\x1e")[0]
        (case,) = facts(week, "--key", record[:64])["cases"]
        delivery = case["events"][0]["delivery"]
        assert (delivery["state"], delivery["fbtrace_id"]) == (state, trace)
    assert {state for _, state, _ in stored} == {"accepted", "held", "rejected", "expired"}


def test_later_changes_and_what_happens_next_are_told(week):
    assert "changed since     custom_data.value" in explain(week, "R013")
    assert "it is no longer in orders" in explain(week, "R011")
    assert "Meta's API has no event that takes a sale back" in explain(week, "R012")
    assert "\n    offline-capi resolve --key" in explain(week, "M1")
    assert "The next send delivers it; Meta takes it until" in explain(week, "NEW1")
    assert "The person has not allowed marketing use" in explain(week, "DENIED")


@pytest.mark.parametrize("order", ["R010", "R013", "DENIED", "NOBODY", "NEW1"])
def test_personal_values_are_told_as_given_or_by_their_first_letters_only(week, order):
    mail = f"{order.lower()}@example.com"
    for arguments in ([order], [order, "--payload"], [order, "--json"], [order, "--show"], [order, "--show", "--json"]):
        text = explain(week, *arguments)
        assert mail not in text.lower()
        assert "example.com" not in text
    if order != "NOBODY":
        assert f"email {order[:2].lower()}…" in explain(week, order, "--show")


def test_the_payload_is_shown_as_it_is_sent(week, query):
    (row,) = query(week.shop.warehouse, "select payload from capi_events where order_id = 'Y017'")
    text = explain(week, "Y017", "--payload")
    shown = text.partition("  the payload\n")[2].partition("  what happens next")[0]
    assert json.loads(shown) == json.loads(row["payload"])


def test_it_answers_while_another_process_holds_the_ledger(week):
    """A send writes all the time; a query reads what is committed, and leaves no trace."""
    before = week.shop.ledger.stat().st_mtime_ns
    with closing(sqlite3.connect(week.shop.ledger, isolation_level=None)) as writer:
        writer.execute("begin immediate")  # as while a send is inside a transaction
        assert "delivered" in explain(week, "Y018")
        writer.execute("rollback")
    assert week.shop.ledger.stat().st_mtime_ns == before


def test_without_a_ledger_it_tells_what_the_tables_say(week, tmp_path):
    text = week.run("explain", "Y018", "--ledger", str(tmp_path / "none.sqlite")).out
    assert "waiting to be sent" in text
    assert not (tmp_path / "none.sqlite").exists()


def test_what_to_explain_is_named_once(week):
    for arguments in ([], ["R010", "--key", "0"], [" "]):
        result = week.run("explain", *arguments)
        assert (result.code, len(result.err.splitlines())) == (2, 1)


@pytest.mark.pure
def test_a_long_line_goes_on_under_its_value_and_keys_and_commands_stay_whole():
    assert (
        folded("    personal          email, phone", 22, 30)
        == "    personal          email,\n                      phone"
    )
    assert folded(f"    event_key         {'a' * 64}", 22, 80) == f"    event_key         {'a' * 64}"
    said, command = advised(f'Then: offline-capi resolve --key {"a" * 64} --reason "..."')
    assert folded(command.text, command.hang, 80) == f'    offline-capi resolve --key {"a" * 64} --reason "..."'
    assert folded(said.text, said.hang, 80) == "    Then:"
