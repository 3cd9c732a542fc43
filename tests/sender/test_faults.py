"""What the network, the server, the machine and the operator may do, and what must still hold."""

import json
import random
import signal
import sqlite3
import time

import pytest

from tests.sender.server import CUT, error
from tests.sender.shop import make_row

DAY = 86_400


def orders(meta):
    return {event["custom_data"]["order_id"] for event in meta.counted.values()}


def test_accepted_but_unanswered_is_resent_with_the_same_bytes(shop, meta):
    """An outcome that may have been accepted is resent as it was, and is counted once."""
    shop.fill([make_row(i) for i in range(20)])

    def script(events, dataset, number):
        if number == 1:
            meta.store(events)
            return CUT
        return None

    meta.script = script
    result = shop.send()
    assert result.code == 0
    assert result.json["accepted"] == 20 == len(meta.counted)
    assert meta.posts[0]["raw"] == meta.posts[1]["raw"]


@pytest.mark.parametrize("status", [503, 408])
def test_server_failures_are_waited_out(shop, meta, status):
    """A failing server costs time, never an event."""
    shop.fill([make_row(i) for i in range(60)])
    meta.script = lambda events, dataset, number: (status, b"<html>oops</html>") if number in (1, 2, 4) else None
    result = shop.send()
    assert (result.code, result.json["accepted"]) == (0, 60)


def test_throttling_pauses_everybody_and_is_remembered(shop, meta):
    """A pause that Meta asks for outlives the run: the next run does not post before it is over."""
    shop.fill([make_row(i) for i in range(60)])
    usage = {"X-Business-Use-Case-Usage": json.dumps({"1": [{"estimated_time_to_regain_access": 3}]})}
    meta.script = lambda events, dataset, number: (400, error(80004), usage)
    first = shop.send()
    assert (first.code, first.json["pending"], first.json["stopped"]) == (1, 60, "throttled")
    meta.script = lambda events, dataset, number: None
    again = shop.send()
    assert (again.code, again.json["requests"], again.json["stopped"]) == (1, 0, "throttled")
    later = shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET="200")
    assert (later.code, later.json["accepted"]) == (0, 60)


def test_closed_port_leaves_everything_pending(shop):
    """Nothing listens: the run gives up with every row pending and none in doubt, and the next one delivers."""
    shop.fill([make_row(i) for i in range(60)])
    result = shop.send("--graph-url", "http://127.0.0.1:9")
    assert (result.code, result.json["pending"], result.json["stopped"]) == (1, 60, "unavailable")
    assert len(result.err.splitlines()) == 1
    ledger = sqlite3.connect(shop.folder / ".offline-capi" / "ledger.sqlite")
    assert ledger.execute("select count(*) from batches where maybe_since is not null").fetchone() == (0,)
    ledger.close()
    assert shop.send().json["accepted"] == 60


@pytest.mark.parametrize("first", [0, 300, 950])
def test_fifty_bad_neighbours(shop, meta, first):
    """Fifty adjacent bad events cost at most 135 requests, even if they are the first of all."""
    shop.fill([make_row(i, age=90_000 - i) for i in range(1000)])
    bad = {f"order-{i}" for i in range(first, first + 50)}
    meta.bad = lambda event: event["custom_data"]["order_id"] in bad
    result = shop.send()
    assert (result.code, result.json["accepted"], result.json["rejected"]) == (1, 950, 50)
    assert result.json["requests"] <= 135


def test_one_bad_event_in_ten_thousand_costs_22_requests(shop, meta):
    """One bad event in 10,000 costs at most 22 requests more than none, wherever it is."""
    shop.fill([make_row(i, age=90_000 - i) for i in range(10_000)])
    worst = random.Random(4).randrange(10_000)
    meta.bad = lambda event: event["custom_data"]["order_id"] == f"order-{worst}"
    result = shop.send()
    assert (result.json["accepted"], result.json["rejected"]) == (9_999, 1)
    assert result.json["requests"] <= 11 + 22


def test_named_index_is_used_and_lies_are_survived(shop, meta):
    """A correct index from the server saves requests; a wrong one costs a few, but no good event."""
    shop.fill([make_row(i, age=90_000 - i) for i in range(1000)])
    meta.bad = lambda event: event["custom_data"]["order_id"] == "order-640"

    def honest(events, dataset, number):
        wrong = [i for i, event in enumerate(events) if meta.bad(event)]
        return (400, error(100, 2804050, error_data=json.dumps({"event_index": wrong[0]}))) if wrong else None

    meta.script = honest
    assert shop.send().json["requests"] <= 5
    shop.fill([make_row(i, age=90_000 - i) for i in range(2000, 3000)])
    meta.bad = lambda event: event["custom_data"]["order_id"] == "order-2640"
    meta.script = lambda events, dataset, number: (
        (400, error(100, 2804050, error_data={"event_index": 0})) if any(map(meta.bad, events)) else None
    )
    lied = shop.send()
    assert (lied.json["accepted"], lied.json["rejected"]) == (999, 1)
    assert lied.json["requests"] <= 26


def test_too_large_is_split(shop, meta):
    """A request that is too large is split, and the limit is lowered for the run."""
    shop.fill([make_row(i) for i in range(1000)])
    meta.script = lambda events, dataset, number: (413, b"") if len(events) > 300 else None
    result = shop.send()
    assert (result.code, result.json["accepted"]) == (0, 1000)


def test_wrong_count_twice_is_held(shop, meta):
    """If an answer has a wrong count, the request is repeated once, then held for a person."""
    shop.fill([make_row(i) for i in range(20)])
    meta.script = lambda events, dataset, number: (200, {"events_received": len(events) - 1, "messages": ["hm"]})
    result = shop.send()
    assert (result.code, result.json["held"], result.json["requests"]) == (1, 20, 2)
    assert set(shop.states().values()) == {("held", "mismatch")}


def test_held_events_keep_the_exit_code_at_1_until_a_person_decides(shop, meta):
    """Waiting for a person is not a final state: every run says so, with or without other events to send."""
    rows = [make_row(i) for i in range(25)]
    shop.fill(rows[:20])
    meta.script = lambda events, dataset, number: (200, {"events_received": len(events) - 1})
    assert shop.send().code == 1
    meta.script = lambda events, dataset, number: None
    again = shop.send()
    assert (again.code, again.json["held"], again.json["already_known"], again.json["requests"]) == (1, 20, 0, 0)
    shop.fill(rows)
    more = shop.send()
    assert (more.code, more.json["held"], more.json["accepted"], more.json["read"]) == (1, 20, 5, 25)
    assert shop.run("resolve", "--assume-accepted", "--all", "--reason", "seen in Events Manager").code == 0
    last = shop.send()
    assert (last.code, last.json["held"], last.json["already_known"]) == (0, 0, 25)


def test_a_page_instead_of_the_api_stops(shop, meta):
    """A proxy's page is neither an acceptance nor a reason to continue."""
    shop.fill([make_row(i) for i in range(20)])
    meta.script = lambda events, dataset, number: (200, b"<html>login</html>")
    result = shop.send()
    assert (result.code, result.json["pending"], result.json["stopped"]) == (2, 20, "not_meta")
    assert result.json["requests"] == 2


def test_a_revoked_token_stops_its_dataset_only(shop, meta):
    """Of two datasets with a token each, the one with a bad token stops; the other is delivered."""
    shop.fill([make_row(i, dataset="111") for i in range(30)] + [make_row(i, dataset="222") for i in range(30)])
    meta.script = lambda events, dataset, number: (401, error(190)) if dataset == "111" else None
    result = shop.send(META_ACCESS_TOKEN="", META_ACCESS_TOKEN_111="aaa111", META_ACCESS_TOKEN_222="bbb222")
    assert (result.code, result.json["accepted"], result.json["pending"]) == (2, 30, 30)
    assert result.json["stopped"] == "token"
    assert {(p["path"].split("/")[2], p["headers"]["Authorization"]) for p in meta.posts} == {
        ("111", "Bearer aaa111"),
        ("222", "Bearer bbb222"),
    }


def test_a_refused_token_is_not_tried_again_for_another_dataset(shop, meta):
    """Datasets that share a token cost one request together; one with a token of its own is delivered."""
    shop.fill([make_row(i, dataset=dataset) for dataset in ("111", "222", "333", "444") for i in range(30)])
    meta.script = lambda events, dataset, number: (401, error(190)) if dataset != "333" else None
    result = shop.send(META_ACCESS_TOKEN_333="ccc333")
    assert (result.code, result.json["accepted"], result.json["pending"]) == (2, 30, 90)
    assert (result.json["stopped"], result.json["requests"], len(result.err.splitlines())) == ("token", 2, 2)
    meta.script = lambda events, dataset, number: None
    assert shop.send().json["accepted"] == 90


def test_fresh_and_old_events_and_tags_never_share_a_request(shop, meta):
    """Events older than 7 days are sent apart from fresh ones, and each upload tag apart from others."""
    rows = [make_row(i, age=DAY * (i % 20)) for i in range(200)]
    rows += [make_row(1000 + i, upload_tag="till") for i in range(20)]
    shop.fill(rows)
    assert shop.send().code == 0
    now = time.time()
    for post in meta.posts:
        assert len({now - event["event_time"] > 7 * DAY for event in post["events"]}) == 1
        assert ("upload_tag" in post["body"]) == (int(post["events"][0]["custom_data"]["order_id"][6:]) >= 1000)


def test_expired_events_are_listed_and_not_sent(shop, meta):
    """An event past its age limit is expired, never posted."""
    shop.fill([make_row(1), make_row(2, age=63 * DAY)])
    result = shop.send()
    assert (result.code, result.json["accepted"], result.json["expired"]) == (1, 1, 1)
    assert shop.states()["order-2"] == ("expired", "too_old")
    assert orders(meta) == {"order-1"}


@pytest.mark.parametrize(("days", "state"), [(6.4, "accepted"), (6.6, "held"), (8, "held")])
def test_unknown_outcomes_are_resent_for_six_and_a_half_days(shop, meta, days, state):
    """What may have been accepted is sent again while Meta recognises it, and then held for a person."""
    shop.fill([make_row(1)])
    meta.script = lambda events, dataset, number: (503, b"")
    assert shop.send("--max-wait", "2").json["pending"] == 1
    meta.script = lambda events, dataset, number: None
    before = len(meta.posts)
    result = shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=str(days * DAY))
    assert result.json[state] == 1
    assert (len(meta.posts) > before) == (state == "accepted")


def test_the_pieces_of_a_split_batch_are_not_resent_after_the_window_either(shop, meta):
    """The next run splits a batch that may have been accepted, and none of it is accepted; after 6.6 days a person decides."""
    shop.fill([make_row(i) for i in range(150)])
    meta.faults = iter([None, *["cut after storing"] * 60])
    sending = ("--workers", "1", "--batch-size", "100", "--max-wait", "1")
    assert (shop.send(*sending).json["pending"], len(meta.counted)) == (100, 150)
    meta.faults = iter(["throttled"] * 60)
    assert shop.send(*sending, OFFLINE_CAPI_TEST_NOW_OFFSET=str(4 * 3600)).json["pending"] == 100
    assert len(meta.posts[-1]["events"]) < 100
    meta.faults, posts = iter(()), len(meta.posts)
    assert shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=str(6.6 * DAY)).json["held"] == 100
    assert len(meta.posts) == posts


def test_a_moved_order_is_held(shop, meta):
    """A delivered order that comes back under another key is held as a conflict, not counted twice."""
    rows = [make_row(i) for i in range(300)]
    shop.fill(rows)
    shop.send()
    shop.fill([make_row(7, event_time=rows[7]["event_time"] + 3600), *rows[:7], *rows[8:]])
    result = shop.send()
    assert (result.code, result.json["held"], result.json["requests"]) == (1, 1, 0)
    assert len(orders(meta)) == 300 == len(meta.counted)
    assert shop.send().code == 1


def test_a_receipt_number_of_another_store_is_another_sale(shop, meta):
    """Receipt numbers repeat across stores, so only an order of the same store can have moved."""
    first = make_row(7)
    shop.fill([first])
    shop.send()
    shop.fill([first, make_row(7, event_time=first["event_time"] + 3600) | {"store_id": "another store"}])
    result = shop.send()
    assert (result.code, result.json["accepted"], result.json["held"]) == (0, 1, 0)
    assert len(meta.counted) == 2


def test_a_changed_model_stops_the_run(shop, meta):
    """When many delivered orders change, nothing is posted, until a person has accepted the change."""
    rows = [make_row(i) for i in range(300)]
    shop.fill(rows)
    shop.send()
    moved = [make_row(i, event_time=row["event_time"] + 3600) for i, row in enumerate(rows)]
    shop.fill([*moved, make_row(999)])
    result = shop.send()
    assert (result.code, result.json["stopped"], result.json["requests"]) == (2, "model_changed", 0)
    assert shop.run("resolve", "--accept-model-change", "--reason", "time zone corrected").code == 0
    result = shop.send()
    assert (result.json["held"], result.json["accepted"]) == (300, 1)


def test_other_content_under_a_delivered_key_is_not_resent(shop, meta):
    """Drift is noted once and not sent again."""
    rows = [make_row(i) for i in range(300)]
    shop.fill(rows)
    shop.send()
    rows[5] = make_row(5, event_time=rows[5]["event_time"], value=99)
    shop.fill(rows)
    result = shop.send()
    assert (result.code, result.json["already_known"], result.json["requests"]) == (0, 300, 0)
    assert "different content" in result.err
    assert "different content" not in shop.send().err


def test_limit(shop, meta):
    """--limit N sends at most N events, --batch-size limits those in a request; the rest stays pending."""
    shop.fill([make_row(i) for i in range(300)])
    result = shop.send("--limit", "120", "--batch-size", "40")
    assert (result.code, result.json["accepted"], result.json["pending"]) == (1, 120, 180)
    assert meta.sizes() == [40, 40, 40]


def test_dry_run_changes_nothing(shop, meta):
    """--dry-run says what would be sent; it needs no token, posts nothing and leaves the ledger as it is."""
    shop.fill([make_row(i) for i in range(3)])
    ledger = shop.folder / ".offline-capi" / "ledger.sqlite"
    before = ledger.read_bytes()
    result = shop.send("--dry-run", META_ACCESS_TOKEN="")
    assert (result.code, result.json["pending"], meta.posts) == (0, 3, [])
    assert ledger.read_bytes() == before


def test_kills_lose_nothing_and_count_nothing_twice(shop, meta):
    """Killed at every protocol point in turn, with a bad event in between, the clean run delivers the rest."""
    shop.fill([make_row(i) for i in range(130)])
    meta.bad = lambda event: event["custom_data"]["order_id"] == "order-77"
    kills = 0
    for n in range(1, 26):
        result = shop.send(OFFLINE_CAPI_TEST_CRASH_AT=str(n))
        kills += result.code == -signal.SIGKILL
        if result.code in (0, 1):
            break
    assert kills >= 10
    final = shop.send()
    assert final.json["pending"] == 0
    assert len(meta.counted) == 129
    states = shop.states()
    assert len(states) == 130
    assert states.pop("order-77")[0] == "rejected"
    assert {state for state, _ in states.values()} == {"accepted"}


def test_sigterm_lets_the_request_arrive(shop, meta):
    """SIGTERM: the request in flight is recorded, nothing more is posted, exit 143; the next run does the rest."""
    shop.fill([make_row(i) for i in range(200)])
    meta.script = lambda events, dataset, number: time.sleep(1)
    process = shop.start("send", "--json")
    while not meta.posts:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=10)
    counts = json.loads(out.splitlines()[-1])
    assert (process.returncode, counts["accepted"], counts["stopped"]) == (143, 50, "signal")
    assert len(meta.posts) == 1
    meta.script = lambda events, dataset, number: None
    assert shop.send().json["accepted"] == 150


def test_second_sigterm_leaves_at_once(shop, meta):
    """Two SIGTERMs end the sender within a second; what was in flight is resent later and counted once."""
    shop.fill([make_row(i) for i in range(20)])
    meta.script = lambda events, dataset, number: time.sleep(4) if number == 1 else None
    process = shop.start("send", "--json")
    while not meta.posts:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    start = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 143
    assert time.monotonic() - start < 1
    assert shop.send().json["accepted"] == 20 == len(meta.counted)


def test_second_sender_is_refused(shop, meta):
    """While one sender runs, another exits with 3 and names it; deleting the note lets nobody in."""
    shop.fill([make_row(i) for i in range(20)])
    meta.script = lambda events, dataset, number: time.sleep(2.5)
    process = shop.start("send")
    while not meta.posts:
        time.sleep(0.02)
    busy = shop.send()
    (shop.folder / ".offline-capi" / "sender.lock").unlink()
    assert shop.send().code == 3
    process.communicate(timeout=10)
    assert busy.code == 3
    assert f"PID {process.pid}" in busy.err


def test_deadline_covers_a_silent_server(shop, meta):
    """A server that takes the events and says nothing costs one deadline; the events are resent and counted once."""
    shop.fill([make_row(i) for i in range(20)])

    def script(events, dataset, number):
        if number == 1:
            meta.store(events)
            time.sleep(3)

    meta.script = script
    start = time.monotonic()
    result = shop.send("--deadline", "0.5")
    assert (result.code, result.json["accepted"], len(meta.counted)) == (0, 20, 20)
    assert time.monotonic() - start < 3


def test_locked_warehouse(shop):
    """The sender waits for a database that another process writes, then names both."""
    import subprocess
    import sys

    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import duckdb,time; c = duckdb.connect({str(shop.warehouse)!r}); print(1, flush=True); time.sleep(30)",
        ],
        stdout=subprocess.PIPE,
    )
    try:
        holder.stdout.readline()
        result = shop.send("--wait-for-warehouse", "0.3")
    finally:
        holder.kill()
        holder.communicate()
    assert result.code == 2
    assert f"PID {holder.pid}" in result.err.splitlines()[-1]


def test_missing_and_old_state_files(shop, meta):
    """A missing or foreign state file costs work, never a duplicate; one ahead of the ledger is refused."""
    ledger = shop.folder / ".offline-capi" / "ledger.sqlite"
    shop.fill([make_row(i) for i in range(20)])
    old = ledger.read_bytes()
    shop.send()
    shop.state.write_bytes(b"junk")
    assert (shop.send().json["requests"], len(shop.states())) == (0, 20)
    shop.state.unlink()
    assert (shop.send().json["requests"], len(shop.states())) == (0, 20)
    ledger.write_bytes(old)
    refused = shop.send()
    assert (refused.code, len(meta.posts)) == (2, 1)
    assert "Restore the newer one" in refused.err


@pytest.mark.parametrize(
    ("answer", "state"), [((429, b""), ("expired", "too_old")), ((503, b""), ("held", "expired_unknown"))]
)
def test_events_that_pass_their_age_limit_between_attempts(shop, meta, answer, state):
    """What becomes too old while waiting is expired if certainly not accepted, else held; the rest of its batch is sent."""
    shop.fill([make_row(1, expires_at=int(time.time()) + DAY), make_row(2)])
    meta.script = lambda events, dataset, number: answer
    assert shop.send("--max-wait", "1").json["pending"] == 2
    meta.script = lambda events, dataset, number: None
    result = shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=str(2 * DAY))
    assert (result.code, result.json["accepted"]) == (1, 1)
    assert shop.states() == {"order-1": state, "order-2": ("accepted", None)}


def test_a_forgotten_person_does_not_matter_to_a_server_that_refuses_all(shop, meta):
    """If a person is to be forgotten and there is no newer event to try, the run stops as it would without them."""
    shop.fill([make_row(0)])
    assert shop.run("forget", "--email", "jo@example.com").code == 0
    shop.fill([make_row(i) for i in range(20)])
    meta.bad = lambda event: True
    result = shop.send()
    assert (result.code, result.json["stopped"], result.json["pending"]) == (2, "all_rejected", 20)
