"""`status`: what the ledger knows, and what needs a person."""

import json

from tests.sender.shop import DAY, make_row


def test_status_counts_and_shows_reasons(shop, meta):
    """status counts events by state without the lock, and exits 1 while something waits."""
    shop.fill([make_row(1), make_row(2, age=63 * DAY)])
    shop.send()
    result = shop.run("status", "--json")
    facts = json.loads(result.out)
    assert (result.code, facts["accepted"], facts["expired"], facts["pending"]) == (0, 1, 1, 0)
    assert facts["reasons"] == [{"state": "expired", "reason": "too_old", "events": 1}]
    assert "too_old" in shop.run("status").out


def test_status_tells_of_the_last_send(shop, meta):
    """Nothing sent yet, ended, some left, killed: each in a line, and 1 as long as another send is needed."""
    shop.fill([make_row(i) for i in range(200)])
    new = shop.run("status")
    assert (new.code, new.out.splitlines()[0]) == (0, "nothing was sent yet")
    assert shop.send("--limit", "20").code == 1
    some = shop.run("status")
    assert (some.code, "180 events still to be sent" in some.out) == (1, True)
    meta.script = lambda events, dataset, number: (401, b"")
    assert shop.send().json["stopped"] == "token"
    assert "180 events still to be sent, stopped by token" in shop.run("status").out
    meta.script = lambda events, dataset, number: None
    assert shop.send(OFFLINE_CAPI_TEST_CRASH_AT="9").code == -9
    killed = shop.run("status")
    assert (killed.code, "has not ended: it is running, or was killed" in killed.out) == (1, True)
    assert shop.send().code == 0
    done = shop.run("status")
    assert (done.code, "the last send ended" in done.out, "still" in done.out) == (0, True, False)
    shop.fill([make_row(i) for i in range(1000, 1020)])
    assert shop.send("--limit", "5").json["pending"] == 15
    shop.fill([])  # the model has withdrawn them
    assert shop.send().json["requests"] == 0
    assert shop.run("status").code == 0
    assert set(meta.times.values()) == {1}
