"""The frozen bytes of a run: written once, sent as written, deleted when no longer needed."""

import json
import sqlite3
import stat
import time
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sender.events import member, spool
from sender.events.spool import Rows
from sender.ledger import schema
from tests.sender.shop import kill_with_a_request_on_its_way, make_row, wait_for

numbers = st.integers(0, 10**10)
texts = st.text(st.characters(exclude_characters=member.FIELD + spool.END[0], exclude_categories=["Cs"]), max_size=40)
records = st.lists(
    st.tuples(*[numbers] * 4, st.text(max_size=5).map(json.dumps), st.sampled_from("01"), texts), max_size=20
)


def as_tuples(rows: Rows | None) -> list[tuple[Any, ...]]:
    return list(zip(*rows.columns(), strict=True)) if rows else []


@given(records, st.lists(st.sampled_from([0, 1, 2, 50]), max_size=20), st.integers(1, 300))
def test_an_index_gives_each_row_once_from_either_end(tmp_path_factory, found, asked, block):
    """From the front in order and from the back in reverse, whatever the rows contain and wherever a block ends."""
    path = tmp_path_factory.mktemp("index") / "index"
    own = "".join(member.FIELD.join(map(str, record)) + spool.END for record in found).encode()
    others = f"records of another dataset{spool.END}".encode()
    path.write_bytes(others + own + others)
    front, back = [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "BLOCK", block)
        index = spool.Index(path, (len(others), len(others) + len(own)))
        for count in asked:
            if count:
                taken = as_tuples(index.last(count))
                assert len(taken) <= count
                back += taken
            else:
                front += as_tuples(index.first())
        while more := as_tuples(index.first()):
            front += more
        index.close()
    assert front + back[::-1] == found


@pytest.mark.parametrize("harm", ["gone", "cut", "changed"])
def test_bytes_that_a_kill_left_and_that_were_lost_are_held(shop, meta, harm):
    """Without the exact bytes of an attempt, its events are never sent again: a person decides."""
    shop.fill([make_row(i) for i in range(80)])
    kill_with_a_request_on_its_way(shop, meta)
    path = shop.ledger.with_name("ledger.sqlite.spool")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(content[:3000] if harm == "cut" else content.replace(b"EUR", b"USD"))
    result = shop.send()
    assert (result.code, result.json["accepted"], result.json["held"]) == (1, 30, 50)
    assert {why for state, why in shop.states().values() if state == "held"} == {"bytes_lost"}
    assert set(meta.times.values()) == {1}
    assert not path.exists()
    assert shop.run("resolve", "--assume-accepted", "--all", "--reason", "seen at Meta").code == 0
    assert shop.send().json["already_known"] == 80


def test_any_command_brings_home_what_a_kill_left(shop, meta):
    """After a kill, the next command that changes the ledger moves the open bytes into it and deletes the spool."""
    shop.fill([make_row(i) for i in range(80)])
    kill_with_a_request_on_its_way(shop, meta)
    assert shop.run("prune").code == 0
    assert not shop.ledger.with_name("ledger.sqlite.spool").exists()
    assert shop.send().json["accepted"] == 80
    assert set(meta.times.values()) == {1}


def test_a_ledger_of_schema_1_is_brought_up_and_knows_what_it_knew(shop, meta):
    """Nothing that an older version delivered is sent again, drift is still seen, and its published state is replaced."""
    now = time.time()
    shop.fill([make_row(i, now=now) for i in range(120)])
    assert shop.send().json["accepted"] == 120
    with sqlite3.connect(shop.ledger, isolation_level=None) as old:
        old.executescript("drop table spooled; alter table attempts drop column seconds; pragma user_version = 1")
        for batch_id, records in old.execute("select batch_id, records from members").fetchall():
            shorter = "\x1e".join(record.rsplit(",", 3)[0] for record in records.split("\x1e"))
            old.execute("update members set records = ? where batch_id = ?", (shorter, batch_id))
        old.execute("delete from meta where key = 'taken_in'")
    old.close()
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * exclude (payload_hash, value, currency) from '{shop.state}') to '{shop.state}' (use_tmp_file true)"
        )
    shop.fill([make_row(i, now=now, value=2 if i == 7 else 1) for i in range(121)])
    result = shop.send()
    assert (result.json["already_known"], result.json["accepted"]) == (120, 1)
    assert "1 delivered events now have different content" in result.err
    with sqlite3.connect(shop.ledger) as new:
        assert new.execute("pragma user_version").fetchone()[0] == len(schema.MIGRATIONS)
    new.close()
    assert len(shop.states()) == 121


def test_payloads_are_read_again_only_where_the_noted_hash_differs(shop, meta):
    """A table may have a hash of each payload: drift needs a different hash and different bytes; a new hash alone is not drift."""
    now = time.time()
    shop.fill([make_row(i, now=now) for i in range(300)])

    def note(sql):
        with duckdb.connect(str(shop.warehouse)) as connection:
            connection.execute(f"create or replace table hashed as select *, {sql} as payload_hash from capi_events")

    note("hash(payload)")
    sending = ("--relation", "main.hashed")
    assert shop.send(*sending).json["accepted"] == 300
    for other in (
        "hash(payload) + 1::ubigint",
        "null::ubigint",
    ):  # from another version of DuckDB, from before the hash
        note(other)
        again = shop.send(*sending)
        assert (again.json["already_known"], again.json["requests"], again.err) == (300, 0, "")
    shop.fill([*(make_row(i, now=now, value=2 if i == 7 else 1) for i in range(300)), make_row(300, now=now)])
    note("hash(payload)")
    drifted = shop.send(*sending)
    assert (drifted.json["already_known"], drifted.json["accepted"]) == (300, 1)
    assert "1 delivered events now have different content" in drifted.err


def test_only_new_events_are_copied(shop, meta):
    """After a person accepted that 200 delivered events now have different content, a send of one more copies one."""
    now = time.time()
    shop.fill([make_row(i, now=now) for i in range(200)])
    assert shop.send().code == 0
    shop.fill([make_row(i, now=now, value=2) for i in range(200)])
    stopped = shop.send()
    assert (stopped.code, stopped.json["stopped"]) == (2, "model_changed")
    assert not shop.ledger.with_name("ledger.sqlite.spool").exists()
    assert shop.run("resolve", "--accept-model-change", "--reason", "prices without tax").code == 0
    assert "200 delivered events now have different content" in shop.send().err
    shop.fill([make_row(i, now=now, value=2) for i in range(201)])
    meta.script, before = lambda events, dataset, number: time.sleep(1), len(meta.posts)
    process = shop.start("send", "--json")
    wait_for(lambda: len(meta.posts) > before)
    size = shop.ledger.with_name("ledger.sqlite.spool").stat().st_size
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert json.loads(out)["already_known"] == 200
    assert size < 500


def test_a_limited_send_copies_only_what_goes_first(shop, meta):
    """`--limit 10` of 3,000 new events copies at most a thousand more, sends the oldest that are young enough, and marks none as expired."""
    now = time.time()
    rows = [make_row(i, now=now, event_time=int(now) - 3600 + i) for i in range(3000)]
    shop.fill([{**row, "expires_at": int(now) - 1} if i < 1500 else row for i, row in enumerate(rows)])
    meta.script = lambda events, dataset, number: time.sleep(1)
    process = shop.start("send", "--json", "--limit", "10")
    wait_for(lambda: len(meta.posts) > 0)
    lines = shop.ledger.with_name("ledger.sqlite.spool").read_bytes().count(b"\n")
    sent = json.loads(process.communicate()[0])
    assert (process.returncode, sent["accepted"], sent["expired"], sent["pending"]) == (1, 10, 0, 2990)
    posted = [event["custom_data"]["order_id"] for post in meta.posts for event in post["events"]]
    assert sorted(posted) == sorted(row["order_id"] for row in rows[1500:1510])
    assert lines == 1010


@pytest.mark.parametrize("kind", ["-5::bigint", "'none'", "1.5", "null"])
def test_a_noted_hash_that_is_not_a_hash_is_not_used(shop, meta, kind):
    """Another engine may use the name payload_hash for something else: then the bytes decide."""
    now = time.time()
    for count in (3, 4):
        shop.fill([make_row(i, now=now) for i in range(count)])
        with duckdb.connect(str(shop.warehouse)) as connection:
            connection.execute(f"create or replace view noted as select *, {kind} as payload_hash from capi_events")
        assert shop.send("--relation", "main.noted").json["accepted"] == (3 if count == 3 else 1)


def test_a_users_view_may_read_tables_of_any_name(shop, meta):
    """The sender's own temporary tables do not hide them."""
    shop.fill([make_row(0)])
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute("create table known as from capi_events; create table changed as from capi_events")
        connection.execute("create view mine as from known where event_key in (select event_key from changed)")
    assert shop.send("--relation", "main.mine").json["accepted"] == 1
    shop.fill([make_row(1)])
    assert shop.send("--relation", "main.mine").json["already_known"] == 1


def test_events_in_folders_at_any_depth_are_seen(shop, meta):
    """`**` means the same when reading the files and when checking whether one has changed."""
    deep = shop.folder / "out" / "2026" / "11"
    deep.mkdir(parents=True)
    for number, folder in enumerate((shop.folder / "out", deep)):
        shop.fill([make_row(number)])
        with duckdb.connect(str(shop.warehouse)) as connection:
            connection.execute(f"copy capi_events to '{folder / 'part.parquet'}' (format parquet)")
        assert shop.send("--events", str(shop.folder / "out" / "**" / "*.parquet")).json["accepted"] == 1
