"""Copies of a ledger, ledgers of older versions, and the files beside one: none of them counts an event twice."""

import shutil
import signal
import sqlite3
import time
from contextlib import closing

import duckdb

from sender.delivery.unsent import Unsent
from sender.events.member import FIELD
from sender.events.ready import Ready
from sender.events.spool import END, Rows, index_path
from sender.ledger import ledger
from sender.ledger.lock import locked
from tests.sender.shop import kill_with_a_request_on_its_way, make_row, wait_for


def test_a_copy_that_was_made_during_a_run_is_refused_after_it(shop, meta):
    """It lacks what the rest of the run delivered, although it knows about the run."""
    shop.fill([make_row(i) for i in range(200)])
    meta.script = lambda events, dataset, number: time.sleep(0.5) if number == 3 else None
    process = shop.start("send", "--batch-size", "40", "--workers", "1")
    wait_for(lambda: len(meta.posts) >= 3)
    copy = shop.folder / "copy.sqlite"
    with closing(sqlite3.connect(shop.ledger)) as book, closing(sqlite3.connect(copy)) as backup:
        book.backup(backup)
    process.communicate()
    assert process.returncode == 0
    newer = shop.ledger.read_bytes()
    shutil.copy(copy, shop.ledger)
    refused = shop.send()
    assert (refused.code, len(refused.err.splitlines())) == (2, 1)
    assert "could count events twice" in refused.err
    shop.ledger.write_bytes(newer)
    assert shop.send().json["already_known"] == 200
    assert set(meta.times.values()) == {1}


def test_an_old_copy_leaves_the_spool_of_the_newer_ledger_alone(shop, meta):
    """It is refused before anything is touched; when the newer one is back, it continues with the bytes it had sent."""
    now = time.time()
    shop.fill([make_row(i, now=now) for i in range(10)])
    assert shop.send().code == 0
    older = shop.ledger.read_bytes()
    shop.fill([make_row(i, now=now) for i in range(20)])
    assert shop.send().code == 0
    shop.fill([make_row(i, now=now) for i in range(100)])
    kill_with_a_request_on_its_way(shop, meta)
    newer = shop.ledger.read_bytes()
    shop.ledger.write_bytes(older)
    assert shop.send().code == 2
    shop.ledger.write_bytes(newer)
    assert (shop.send().json["accepted"], set(meta.times.values())) == (80, {1})


def test_a_link_to_a_ledger_is_that_ledger(shop, meta):
    """Killed under one name, continued under the other."""
    link = shop.folder / "elsewhere" / "ledger.sqlite"
    link.parent.mkdir()
    link.symlink_to(shop.ledger)
    shop.fill([make_row(i) for i in range(80)])
    kill_with_a_request_on_its_way(shop, meta, OFFLINE_CAPI_LEDGER=str(link))
    assert list(link.parent.iterdir()) == [link]
    assert (shop.send().json["accepted"], set(meta.times.values())) == (80, {1})


def test_a_ledger_of_an_older_version_is_not_changed_under_its_sender(shop, meta):
    """`status` says that a sender is running; once it has ended, `status` upgrades the ledger and answers."""
    shop.fill([make_row(0)])
    assert shop.send().code == 0
    with closing(sqlite3.connect(shop.ledger, isolation_level=None)) as old:
        old.executescript("drop table spooled; alter table attempts drop column seconds; pragma user_version = 1")
    with locked(shop.ledger):
        busy = shop.run("status")
        assert (busy.code, "another sender is running" in busy.err) == (3, True)
        with closing(sqlite3.connect(shop.ledger)) as old:
            assert old.execute("pragma user_version").fetchone() == (1,)
    assert shop.run("status").code == 0


def test_no_new_ledger_where_a_killed_send_has_left_its_spool(shop, meta):
    """What it delivered is recorded nowhere else: `init`, also with --adopt, says so and creates nothing."""
    shop.fill([make_row(i) for i in range(80)])
    kill_with_a_request_on_its_way(shop, meta)
    shop.ledger.unlink()
    for more in ([], ["--adopt"]):
        refused = shop.run("init", *more)
        assert (refused.code, len(refused.err.splitlines())) == (2, 1)
        assert "Events Manager" in refused.err
        assert not shop.ledger.exists()


def test_senders_of_two_ledgers_in_one_folder_leave_each_other_alone(shop, meta):
    """A rehearsal beside a running send takes nothing away from it."""
    other = {"OFFLINE_CAPI_LEDGER": str(shop.ledger.with_name("ledger.sqlite-2"))}
    shutil.copy(shop.ledger, shop.ledger.with_name("ledger.sqlite-2"))
    shop.fill([make_row(i) for i in range(80)])
    meta.script = lambda events, dataset, number: time.sleep(1)
    process = shop.start("send", "--json")
    wait_for(lambda: meta.posts)
    assert shop.send("--dry-run", **other).json["pending"] == 80
    _, err = process.communicate()
    assert (process.returncode, err) == (0, "")


def test_an_interrupt_while_the_table_is_read_ends_with_130(shop, meta):
    """Ctrl-C during a query is a Ctrl-C: nothing was sent, and nothing is left behind."""
    shop.fill([make_row(0)])
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute("create table numbers as from range(20_000_000) as rows (i)")
        work = "md5(md5(md5(md5(md5(md5(i::varchar))))))"
        connection.execute(f"create view slow as from capi_events where (select max({work}) from numbers) > ''")
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a job in the background ignores it, and so do its children
    process = shop.start("send", "--relation", "main.slow")
    signal.signal(signal.SIGINT, before)
    try:
        wait_for(lambda: list(shop.ledger.parent.glob("offline-capi-tmp-*")))
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=5)
    finally:
        process.kill()
    assert (process.returncode, out, err.strip()) == (130, "", "")
    left = {path.name for path in shop.ledger.parent.iterdir()}
    assert left == {"ledger.sqlite", "ledger.sqlite-journal", "delivery_state.parquet", "sender.lock"}
    assert not meta.posts


def test_what_expires_while_it_waits_is_filed_away_once(shop):
    """Also if a second opinion is asked for at that moment."""
    now = int(time.time())
    line = b"k" * 64 + b"{}\n"
    with closing(ledger.load(shop.ledger)) as book:
        book.start_run(now)
        book.spool_path.write_bytes(line)
        member = f"{'k' * 64},\\N,\\N,o,\\N,Purchase,{now - 5},{now + 10},\\N"
        record = FIELD.join([str(now - 5), str(now + 10), "0", str(len(line)), "null", "0", member])
        index_path(shop.folder).write_bytes((record + END).encode())
        ready = Ready(shop.folder, True, total=1, datasets={"1": 1}, places={"1": (0, len((record + END).encode()))})
        with closing(Unsent(book, ready, "1")) as unsent:
            assert unsent.fill(1, now)
            assert unsent.far_end(50, 10**6, now + 20) is None
            assert unsent.next(50, 10**6, now + 20) is None
            assert unsent.waiting == Rows()
        assert book.counts() == {"expired": 1}
        book.check_accounts()
