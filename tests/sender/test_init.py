"""`init` and `prune`: how a ledger is created, rebuilt and pruned."""

import json
import stat

from tests.sender.shop import DAY, make_row


def test_init_keeps_what_is_there(shop):
    """init does not touch an existing ledger, and does not create one beside a published state."""
    ledger = shop.folder / ".offline-capi" / "ledger.sqlite"
    before = ledger.read_bytes()
    assert shop.run("init").code == 2
    assert shop.run("init", "--if-missing").code == 0
    assert ledger.read_bytes() == before
    shop.fill([make_row(1)])
    shop.send()
    ledger.unlink()
    assert shop.run("init").code == 2
    assert shop.run("init", "--if-missing").code == 2
    assert not ledger.exists()
    assert shop.run("init", "--if-missing", "--ledger", "other/ledger.sqlite").code == 0
    assert (shop.folder / "other" / "delivery_state.parquet").exists()


def test_a_lost_ledger_is_made_from_the_published_state(shop, meta):
    """init --adopt: what was final stays final and is not sent again, what was open is held for a person."""
    ledger = shop.folder / ".offline-capi" / "ledger.sqlite"
    old = ledger.read_bytes()
    rows = [make_row(i) for i in range(60)]
    shop.fill(rows)
    shop.send()
    rows.append(make_row(60, order_id='quoted "order", with\nline'))
    shop.fill(rows)
    meta.script = lambda events, dataset, number: (503, b"")
    shop.send("--max-wait", "1")
    before = shop.states()
    for left in (None, old):
        ledger.unlink() if left is None else ledger.write_bytes(left)
        assert shop.send().code == 2
        assert shop.run("init", "--adopt").code == 0
        assert shop.states() == {**before, 'quoted "order", with\nline': ("held", "restored")}
        posts = len(meta.posts)
        again = shop.send().json
        assert (again["already_known"], again["held"], len(meta.posts)) == (60, 1, posts)


def test_prune_forgets_what_can_no_longer_be_sent(shop, meta):
    """Events are deleted 8 days after they expired, not earlier, and none of them is sent again."""
    rows = [make_row(i) for i in range(5)]
    shop.fill(rows)
    shop.send()
    for days, events in ((0, 0), (69, 0), (71, 5)):
        later = str(days * DAY)
        pruned = shop.run("prune", "--json", OFFLINE_CAPI_TEST_NOW_OFFSET=later)
        assert json.loads(pruned.out)["events"] == events
    assert shop.states() == {}
    assert shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=later).json["expired"] == 5
    assert len(meta.posts) == 1


def test_prune_deletes_the_bytes_of_held_events_after_30_days_and_attempts_after_13_months(shop, meta):
    """If nobody decides about an event, its hashes are deleted first."""
    person = "ab" * 32
    shop.fill([make_row(0, person=person)])
    meta.script = lambda events, dataset, number: (200, {"events_received": 0})
    assert shop.send().json["held"] == 1
    for days, bodies, attempts in ((29, 0, 0), (31, 1, 0), (394, 0, 0), (396, 0, 2)):
        pruned = json.loads(shop.run("prune", "--json", OFFLINE_CAPI_TEST_NOW_OFFSET=str(days * DAY)).out)
        assert (pruned["bodies"], pruned["attempts"]) == (bodies, attempts), days
        assert (person.encode() in shop.ledger.read_bytes()) == (days == 29)


def test_files_are_private(shop):
    """Ledger and state are 0600 in a 0700 folder, and no copy is left behind."""
    shop.fill([make_row(1)])
    shop.send()
    folder = shop.folder / ".offline-capi"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
