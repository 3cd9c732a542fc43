"""What the model withdraws is not sent again, whatever became of the last attempt; the shop's own decision is no failure."""

import json
import time

import duckdb
import pytest

from sender.events import ready, unsettled
from tests.sender.shop import DAY, LATER, kill_with_a_request_on_its_way, make_row

THROTTLED, FAILED = (429, b""), (503, b"")


def attempt(shop, meta, rows, answer):
    """All rows are attempted once, in one request, and none is settled."""
    shop.fill(rows)
    meta.script = lambda events, dataset, number: answer
    found = shop.send("--max-wait", "0.1").json
    assert (found["pending"], found["withheld"]) == (len(rows), 0)
    meta.script = lambda events, dataset, number: None
    meta.posts.clear()


def posted(meta):
    return {event["custom_data"]["order_id"] for post in meta.posts for event in post["events"]}


@pytest.mark.parametrize(
    ("answer", "reason"), [(THROTTLED, "withdrawn"), (FAILED, "withdrawn_may_have_arrived"), ((401, b""), "withdrawn")]
)
def test_a_resend_is_checked_against_the_table(shop, meta, answer, reason):
    """A definite no drops what was withdrawn, an unknown outcome is not repeated, the rest is sent; the exit code stays 0."""
    rows = [make_row(i) for i in range(5)]
    attempt(shop, meta, rows, answer)
    shop.fill(rows[:3])
    result = shop.send(**LATER)
    assert (result.code, result.json["accepted"], result.json["withheld"], result.json["read"]) == (0, 3, 2, 5)
    assert posted(meta) == {"order-0", "order-1", "order-2"}
    assert [shop.states()[f"order-{i}"] for i in (0, 3, 4)] == [("accepted", None), *[("withheld", reason)] * 2]
    again = shop.send(**LATER)
    assert (again.code, again.json["read"], again.json["already_known"], again.json["withheld"]) == (0, 3, 3, 0)
    facts = json.loads(shop.run("status", "--json", **LATER).out)
    assert (facts["withheld"], facts["pending"]) == (2, 0)
    assert {"state": "withheld", "reason": reason, "events": 2} in facts["reasons"]
    assert shop.run("status", **LATER).code == 0


def test_all_of_a_small_table_may_be_withdrawn(shop, meta):
    """A shop's two orders are both taken back: neither is sent."""
    attempt(shop, meta, [make_row(0), make_row(1)], THROTTLED)
    shop.fill([])
    result = shop.send(**LATER)
    assert (result.code, result.json["withheld"], result.json["requests"]) == (0, 2, 0)


def test_what_a_kill_left_on_its_way_is_not_repeated_once_it_is_withdrawn(shop, meta):
    """Meta may have it, so it is not a plain no."""
    rows = [make_row(i) for i in range(80)]
    shop.fill(rows)
    kill_with_a_request_on_its_way(shop, meta)
    (gone,) = {event["custom_data"]["order_id"] for event in meta.posts[-1]["events"][:1]}
    shop.fill([row for row in rows if row["order_id"] != gone])
    meta.posts.clear()
    result = shop.send()
    assert (result.code, result.json["accepted"], result.json["withheld"]) == (0, 79, 1)
    assert gone not in posted(meta)
    assert shop.states()[gone] == ("withheld", "withdrawn_may_have_arrived")


def test_withdrawn_in_parquet_files(shop, meta):
    """With --events just as with a table."""
    rows = [make_row(i) for i in range(5)]

    def write(kept):
        shop.fill(kept)
        with duckdb.connect(str(shop.warehouse), read_only=True) as connection:
            connection.execute(f"copy capi_events to '{shop.folder}/events.parquet' (format parquet)")

    write(rows)
    meta.script = lambda events, dataset, number: THROTTLED
    assert shop.send("--events", "*.parquet", "--max-wait", "0.1").json["pending"] == 5
    meta.script = lambda events, dataset, number: None
    write(rows[1:])
    result = shop.send("--events", "*.parquet", **LATER)
    assert (result.code, result.json["accepted"], result.json["withheld"]) == (0, 4, 1)


def test_a_dry_run_and_a_limit(shop, meta):
    """A dry run says what would be withheld and changes nothing; a limit only applies to sending, not to withholding."""
    rows = [make_row(i) for i in range(5)]
    attempt(shop, meta, rows, THROTTLED)
    shop.fill(rows[2:])
    before = shop.ledger.read_bytes()
    dry = shop.send("--dry-run", **LATER)
    assert (dry.code, dry.json["withheld"], dry.json["pending"]) == (0, 2, 3)
    assert (
        "would send 3 of 5 events (0 are already known, 2 would be withheld)"
        in shop.run("send", "--dry-run", **LATER).out
    )
    assert shop.ledger.read_bytes() == before
    result = shop.send("--limit", "1", **LATER)
    assert (result.code, result.json["withheld"], result.json["accepted"], result.json["pending"]) == (1, 2, 1, 2)


def test_nothing_is_sent_again_where_the_table_cannot_be_read(shop, meta):
    """Kept bytes alone are not a reason to send them."""
    attempt(shop, meta, [make_row(i) for i in range(5)], THROTTLED)
    shop.warehouse.unlink()
    result = shop.send(**LATER)
    assert (result.code, meta.posts) == (2, [])
    assert json.loads(shop.run("status", "--json", **LATER).out)["pending"] == 5


def test_an_event_that_leaves_the_table_with_age_is_not_withdrawn(shop, meta):
    """The model removes what is too old: it is expired, or held if the outcome is unknown, as always."""
    rows = [make_row(i, expires_at=int(time.time()) + DAY) for i in range(3)]
    attempt(shop, meta, rows, FAILED)
    shop.fill([make_row(10)])
    result = shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=str(2 * DAY))
    assert (result.json["held"], result.json["accepted"], result.json["withheld"]) == (3, 1, 0)


def test_a_table_that_was_emptied_by_mistake_stops_the_run(shop, meta):
    """Nothing is withheld; a person may say that it is intended."""
    rows = [make_row(i) for i in range(unsettled.SEVERAL)]
    attempt(shop, meta, rows, THROTTLED)
    shop.fill([])
    stopped = shop.send(**LATER)
    assert (stopped.code, stopped.json["stopped"], stopped.json["pending"], stopped.json["withheld"]) == (
        *(2, "model_changed", len(rows), 0),
    )
    assert "the table is empty" in stopped.err
    shop.fill(rows)
    assert shop.send("--limit", "1", **LATER).json["accepted"] == 1
    shop.fill([])
    assert shop.run("resolve", "--accept-model-change", "--reason", "the shop has closed", **LATER).code == 0
    assert shop.send(**LATER).json["withheld"] == len(rows) - 1


def test_many_withdrawn_events_stop_the_run(shop, meta, monkeypatch):
    """Just as many changed events do."""
    rows = [make_row(i) for i in range(300)]
    shop.fill(rows)
    meta.script = lambda events, dataset, number: None if number == 1 else THROTTLED
    assert shop.send("--max-wait", "0.1").json["pending"] == 250
    meta.script = lambda events, dataset, number: None
    shop.fill(rows[250:])
    stopped = shop.send(**LATER)
    assert (stopped.code, stopped.json["stopped"], stopped.json["withheld"]) == (2, "model_changed", 0)
    assert ready.MANY < 250
    assert "that were to be sent again are no longer in the table" in stopped.err


def test_an_event_that_meta_may_have_and_that_is_back_waits_for_a_person(shop, meta):
    """It is read again from the table when that person says so."""
    rows = [make_row(i) for i in range(6)]
    attempt(shop, meta, rows, FAILED)
    shop.fill(rows[:5])
    assert shop.send("--limit", "0", **LATER).json["withheld"] == 1
    shop.fill(rows)
    back = shop.send(**LATER)
    assert (back.code, back.json["accepted"], back.json["held"], back.json["read"]) == (1, 5, 1, 6)
    assert shop.states()["order-5"] == ("held", "returned")
    assert shop.run("resolve", "--resend", "--because", "returned", "--reason", "not at Meta", **LATER).code == 0
    assert shop.send(**LATER).json["accepted"] == 1
    assert set(meta.times.values()) == {1}


def test_an_event_that_meta_refused_and_that_is_back_is_new(shop, meta):
    """With the bytes that are in the table now."""
    now = time.time()
    rows = [make_row(i, now=now) for i in range(3)]
    attempt(shop, meta, rows, THROTTLED)
    shop.fill(rows[1:])
    assert shop.send(**LATER).json["withheld"] == 1
    shop.fill([make_row(0, now=now, value=7), *rows[1:]])
    back = shop.send(**LATER)
    assert (back.code, back.json["accepted"], back.json["already_known"], back.json["withheld"]) == (0, 1, 2, 0)
    assert [event["custom_data"]["value"] for event in meta.posts[-1]["events"]] == [7]
    assert shop.states()["order-0"] == ("accepted", None)
    assert shop.send(**LATER).json["already_known"] == 3


@pytest.mark.parametrize(("answer", "state"), [(THROTTLED, "accepted"), (FAILED, "held")])
def test_an_order_that_moved_before_meta_had_it(shop, meta, answer, state):
    """Its old event is withdrawn; the new one is sent, unless Meta may have the old one."""
    now = time.time()
    rows = [make_row(i, now=now) for i in range(120)]
    attempt(shop, meta, rows[:3], answer)
    moved = make_row(0, event_time=rows[0]["event_time"] - 60)
    shop.fill([moved, *rows[1:]])
    result = shop.send(**LATER)
    assert (result.json["withheld"], result.json["accepted"] + result.json["held"]) == (1, 120)
    with duckdb.connect() as connection:
        key = f"select state from '{shop.state}' where event_key = '{moved['event_key']}'"
        assert connection.execute(key).fetchall() == [(state,)]


def test_a_person_wants_an_event_sent_again_that_the_model_has_withdrawn(shop, meta):
    """The table decides; a person cannot select withheld events."""
    rows = [make_row(i) for i in range(3)]
    shop.fill(rows)
    meta.script = lambda events, dataset, number: (200, {"events_received": 0})
    assert shop.send().json["held"] == 3
    meta.script = lambda events, dataset, number: None
    meta.posts.clear()
    shop.fill(rows[:2])
    assert shop.run("resolve", "--resend", "--all", "--reason", "not at Meta", **LATER).code == 0
    result = shop.send(**LATER)
    assert (result.code, result.json["accepted"], result.json["withheld"]) == (0, 2, 1)
    refused = shop.run("resolve", "--resend", "--state", "withheld", "--all", "--reason", "please", **LATER)
    assert (refused.code, len(refused.err.splitlines())) == (2, 1)
    assert posted(meta) == {"order-0", "order-1"}


def test_a_kill_while_events_are_withheld_loses_none(shop, meta):
    """Killed at each step, the next run withholds the same events and sends the others once."""
    rows = [make_row(i) for i in range(30)]
    attempt(shop, meta, rows, THROTTLED)
    shop.fill(rows[5:])
    for step in range(1, 30):
        if shop.send(**LATER, OFFLINE_CAPI_TEST_CRASH_AT=str(step)).code == 0:
            break
    assert step > 5
    assert shop.send(**LATER).code == 0
    states = shop.states()
    assert {states[f"order-{i}"] for i in range(5)} == {("withheld", "withdrawn")}
    assert {states[f"order-{i}"] for i in range(5, 30)} == {("accepted", None)}
    assert set(meta.times.values()) == {1}
