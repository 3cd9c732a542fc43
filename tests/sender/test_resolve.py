"""A person decides, with `resolve`."""

import sqlite3
import time

from tests.sender.server import error
from tests.sender.shop import LATER, hold_in_six_batches, kill_at_each_step, make_row


def test_resolve_carries_out_a_persons_decision(shop, meta):
    """Held events can be assumed accepted, given up, or sent again; the reason is recorded."""
    shop.fill([make_row(i) for i in range(4)])
    meta.script = lambda events, dataset, number: (200, {"events_received": 0})
    assert shop.send().json["held"] == 4
    meta.script = lambda events, dataset, number: None
    assert (
        shop.run("resolve", "--assume-accepted", "--order", "order-0", "--reason", "seen in Events Manager").code == 0
    )
    assert shop.run("resolve", "--give-up", "--order", "order-1", "--reason", "a test order").code == 0
    assert shop.run("resolve", "--resend", "--because", "mismatch", "--reason", "not in Events Manager").code == 0
    assert shop.send().json["accepted"] == 2
    assert len(meta.counted) == 2
    assert [shop.states()[f"order-{i}"][0] for i in range(4)] == ["accepted", "rejected", "accepted", "accepted"]
    ledger = sqlite3.connect(shop.folder / ".offline-capi" / "ledger.sqlite")
    reasons = [row[0] for row in ledger.execute("select reason from decisions")]
    ledger.close()
    assert reasons == ["seen in Events Manager", "a test order", "not in Events Manager"]


def test_rejected_and_conflicting_events_can_be_sent_again(shop, meta):
    """If a person says so, a rejected event is sent with its corrected bytes, and a conflict under its new key."""
    rows = [make_row(i) for i in range(300)]
    meta.bad = lambda event: event["custom_data"]["value"] == 0
    rows[3] = make_row(3, event_time=rows[3]["event_time"], value=0)
    shop.fill(rows)
    assert shop.send().json["rejected"] == 1
    rows[3] = make_row(3, event_time=rows[3]["event_time"], value=5)
    rows[4] = make_row(4, event_time=rows[4]["event_time"] + 60)
    shop.fill(rows)
    assert shop.send().json["held"] == 1
    assert shop.run("resolve", "--resend", "--state", "rejected", "--all", "--reason", "corrected").code == 0
    assert shop.run("resolve", "--resend", "--because", "conflict", "--reason", "another sale").code == 0
    assert shop.send().json["accepted"] == 2
    assert len(meta.counted) == 301


def test_resolve_needs_a_decision_a_selection_and_a_reason(shop):
    """A decision without its parts is refused in one line."""
    for arguments in (["--resend", "--reason", "x"], ["--all", "--reason", "x"], ["--resend", "--all"]):
        result = shop.run("resolve", *arguments)
        assert (result.code, len(result.err.splitlines())) == (2, 1)


def test_a_decision_is_carried_out_whole_or_not_at_all(shop, meta):
    """`resolve` killed at any step has decided about all the events and recorded why, or about none."""
    hold_in_six_batches(shop, meta, [make_row(i) for i in range(600)])

    def ask(book):
        (decisions,) = book.execute("select count(*) from decisions").fetchone()
        (held,) = book.execute("select count(*) from batches where n > 0 and state = 'held'").fetchone()
        (given_up,) = book.execute("select count(*) from batches where reason = 'given_up'").fetchone()
        return decisions, held > 0, given_up > 0

    found = kill_at_each_step(shop, ["resolve", "--give-up", "--all", "--reason", "a test"], ask)
    assert set(found) == {(0, True, False), (1, False, True)}


def test_an_accepted_model_change_is_for_one_send(shop, meta):
    """Even if it finds nothing to do: a later change stops again."""
    now = time.time()
    shop.fill([make_row(i, now=now) for i in range(200)])
    assert shop.send().code == 0
    assert shop.run("resolve", "--accept-model-change", "--reason", "to come").code == 0
    assert shop.send().code == 0
    shop.fill([make_row(i, now=now, value=2) for i in range(200)])
    assert shop.send().json["stopped"] == "model_changed"


def test_what_was_rejected_and_is_sent_again_keeps_its_bytes_and_its_own_attempts(shop, meta):
    """Its batch does not reuse the number of a deleted batch, whose attempts with other bytes are still there."""
    shop.fill([make_row(i) for i in range(4)])
    meta.script = lambda events, dataset, number: (400, error(100, 2804050))
    assert shop.send().json["rejected"] == 4
    assert shop.run("resolve", "--all", "--state", "rejected", "--resend", "--reason", "a test").code == 0
    meta.script = lambda events, dataset, number: (200, {"events_received": 0})
    assert shop.send("--max-wait", "1000").json["held"] == 4
    assert set(shop.states().values()) == {("held", "mismatch")}
    assert shop.run("resolve", "--all", "--resend", "--reason", "a test", **LATER).code == 0
    meta.script = lambda events, dataset, number: None
    assert shop.send(**LATER).json["accepted"] == 4
