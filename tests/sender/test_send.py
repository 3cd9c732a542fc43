"""The whole command, over a real socket: what a user relies on every day."""

import os

import duckdb

from tests.sender.server import error
from tests.sender.shop import DAY, make_row


def test_everything_is_sent_once(shop, meta):
    """Every event is accepted once, in requests of at most 1,000 after a small one; a second send posts nothing."""
    shop.fill([make_row(i) for i in range(2500)])
    first = shop.cold("send", "--json")
    assert (first.code, first.err) == (0, "")
    assert 2500 == first.json["accepted"] == len(meta.counted)
    assert meta.sizes()[0] == 50
    assert sorted(meta.sizes()[1:]) == [450, 1000, 1000]
    second = shop.send()
    assert second.code == 0
    assert (second.json["already_known"], second.json["accepted"], second.json["requests"]) == (2500, 0, 0)
    assert len(meta.posts) == 4
    assert {("accepted", None)} == set(shop.states().values())


def test_token_is_in_the_header_only(shop, meta):
    """The token is in the Authorization header, and in no URL, body, output or file."""
    shop.fill([make_row(1)])
    result = shop.send()
    post = meta.posts[0]
    assert post["headers"]["Authorization"] == "Bearer TESTSECRETtoken"
    assert post["path"] == "/v26.0/1234567890/events"
    assert "TESTSECRET" not in str(post["body"]) + result.out + result.err
    for path in shop.folder.rglob("*"):
        assert path.is_dir() or b"TESTSECRET" not in path.read_bytes()


def test_bytes_of_delivered_events_are_erased(shop, meta):
    """After a run the ledger holds no hash of a person whose event was delivered, not even in its free pages."""
    shop.fill([make_row(i) for i in range(3000)])
    assert shop.send().json["accepted"] == 3000
    content = (shop.folder / ".offline-capi" / "ledger.sqlite").read_bytes()
    persons = {event["user_data"]["em"][0].encode() for event in meta.counted.values()}
    assert len(persons) == 3000
    assert not [person for person in persons if person in content]


def test_bad_events_are_isolated(shop, meta):
    """One bad event in 1,000 is rejected alone, in at most 22 requests."""
    shop.fill([make_row(i) for i in range(1000)])
    meta.bad = lambda event: event["custom_data"]["order_id"] == "order-777"
    result = shop.send()
    assert result.code == 1
    assert (result.json["accepted"], result.json["rejected"]) == (999, 1)
    assert result.json["requests"] <= 22
    assert shop.states()["order-777"] == ("rejected", "not_enough_customer_data")
    assert shop.send().code == 0


def test_revoked_token_stops_at_the_first_small_request(shop, meta):
    """A token error stops the run after one request of at most 50 events; every row stays pending."""
    shop.fill([make_row(i) for i in range(1000)])
    meta.script = lambda events, dataset, number: (401, error(190))
    result = shop.send()
    assert result.code == 2
    assert (result.json["pending"], result.json["stopped"], result.json["requests"]) == (1000, "token", 1)
    assert meta.sizes() == [50]
    assert len(result.err.splitlines()) == 1
    meta.script = lambda events, dataset, number: None
    assert 1000 == shop.send().json["accepted"] == len(meta.counted)


def test_everything_bad_is_not_the_events(shop, meta):
    """If every event fails in the same way, the run stops within 15 requests and sets nothing aside as bad."""
    shop.fill([make_row(i) for i in range(1000)])
    meta.bad = lambda event: True
    result = shop.send()
    assert result.code == 2
    assert (result.json["pending"], result.json["rejected"], result.json["stopped"]) == (1000, 0, "all_rejected")
    assert result.json["requests"] <= 15


def test_send_needs_a_ledger(shop):
    """Without a ledger nothing is sent, and the message names the command that creates one."""
    (shop.folder / ".offline-capi" / "ledger.sqlite").unlink()
    result = shop.send()
    assert result.code == 2
    assert "offline-capi init" in result.err
    assert len(result.err.splitlines()) == 1


def test_a_table_that_was_taken_in_whole_is_not_read_again_until_it_changes(shop, meta):
    """A send with nothing to do does not even open the warehouse: here another process has it locked."""
    rows = [make_row(i) for i in range(31)]
    shop.fill(rows[:30])
    assert shop.send().json["accepted"] == 30
    with duckdb.connect(str(shop.warehouse)):
        idle = shop.send("--wait-for-warehouse", "0")
    assert (idle.code, idle.json["read"], idle.json["already_known"]) == (0, 30, 30)
    shop.fill(rows)
    assert shop.send().json["accepted"] == 1


def test_new_rows_of_a_parquet_file_are_seen(shop, meta):
    """Even if there was nothing to send before; a view that would read such a file is refused, because it could read any file."""
    rows = [make_row(i) for i in range(31)]
    parquet = shop.folder / "events.parquet"
    shop.fill(rows)
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(f"copy (from capi_events limit 30) to '{parquet}'")
        connection.execute(f"create view shown as from '{parquet}'")
    assert shop.send("--events", str(parquet)).json["accepted"] == 30
    assert shop.send("--events", str(parquet)).json["requests"] == 0
    with duckdb.connect(str(shop.warehouse), read_only=True) as connection:
        connection.execute(f"copy capi_events to '{parquet}'")
    refused = shop.send("--relation", "main.shown")
    assert (refused.code, "--events" in refused.err) == (2, True)
    assert shop.send("--events", str(parquet)).json["accepted"] == 1
    assert len(meta.counted) == 31


def test_a_dry_run_keeps_to_the_limit(shop):
    """It prints what the same command would do without --dry-run."""
    shop.fill([make_row(i) for i in range(5)])
    assert shop.run("send", "--dry-run", "--limit", "2").out.startswith("would send 2 of 5 events")


def test_idle_send_is_quick(shop, meta):
    """A send with nothing to do takes less than a second of processor time."""
    shop.fill([make_row(i) for i in range(100)])
    shop.send()
    before = os.times()
    assert shop.cold("send", "--json").json["requests"] == 0
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert used < 1


def test_send_ends_with_the_sentence_that_a_person_would_say(shop, meta):
    """What was delivered and its value, what was not and why; a run that sends nothing says so."""
    meta.bad = lambda event: event["custom_data"]["order_id"] == "order-7"
    shop.fill([make_row(i, value=10.25) for i in range(60)] + [make_row(99, age=63 * DAY)])
    told = shop.run("send", "--limit", "50").out
    assert "49 sales worth 502.25 EUR delivered; 1 rejected (not_enough_customer_data); 1 expired (too_old); " in told
    assert "10 left for the next send" in told
    # With a clock that was set back, so that the first run seems to end after the second has begun.
    assert "10 sales worth 102.50 EUR delivered (1 request)" in shop.run("send", OFFLINE_CAPI_TEST_NOW_OFFSET="-20").out
    assert "61 events read, 61 already known: nothing to send (0 requests)" in shop.run("send").out
