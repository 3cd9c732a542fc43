"""`status`: what the ledger knows, and what needs attention."""

import json
import time

import duckdb

from tests.sender.server import error
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
    """Nothing sent yet, ended, some left, killed: each in one line, and exit code 1 while another send is needed."""
    shop.fill([make_row(i) for i in range(200)])
    new = shop.run("status")
    assert (new.code, new.out.splitlines()[0]) == (0, "nothing has been sent yet")
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


def test_status_tells_money_codes_and_the_age_of_the_table(shop, meta):
    """The value of each state, the code of an unknown answer, and advice that fits the reason."""
    shop.fill([make_row(i, value=10.5) for i in range(4)])
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(f"create table int_capi__last_run as select {int(time.time()) - 3 * DAY} as started_at")
        connection.execute(
            "create table capi_later_changes as select event_key, 'withdrawn' as change, 'refund' as reason from capi_events "
            "where order_id = 'order-1'"
        )
    assert shop.send().out.endswith("}\n")
    facts = json.loads(shop.run("status", "--json").out)
    assert facts["worth"] == {"accepted": {"EUR": "42.000"}}
    text = shop.run("status").out
    for told in (
        "accepted             4  42.00 EUR",
        "dbt built it 3 days ago",
        "dbt last built the table 3 days ago: newer sales are not in it",
        "1 delivered sale worth 10.50 EUR later taken back by the shop: Meta still counts them",
    ):
        assert told in text
    shop.fill([make_row(i) for i in range(10, 14)])
    meta.script = lambda events, dataset, number: (400, error(987654))
    assert shop.send().json["stopped"] == "unknown_code"
    text = shop.run("status").out
    assert "stopped by unknown_code (code 987654)" in text
    meta.script = lambda events, dataset, number: (401, error(190))
    assert shop.send().json["stopped"] == "token"
    assert "set a new META_ACCESS_TOKEN. Then run `offline-capi send` again" in shop.run("status").out


def test_status_answers_without_a_table_and_while_dbt_writes_it(shop):
    shop.fill([make_row(1)])
    assert shop.send().code == 0
    with duckdb.connect(str(shop.warehouse)):
        busy = shop.run("status")
    assert (busy.code, "the table cannot be read right now" in busy.out, "accepted             1" in busy.out) == (
        0,
        True,
        True,
    )
    alone = shop.run("status", OFFLINE_CAPI_DATABASE=None)
    assert (alone.code, alone.err, "accepted             1" in alone.out) == (0, "", True)
