"""`forget`: who is recognised together with whom, what is refused, what it says, and how long it lasts."""

import fcntl
import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from tests.sender.shop import LATER, make_row

MADID = "38400000-8cf0-11bd-b23e-10b96e40000d"


def digest(text):
    return sha256(text.encode()).hexdigest()


JO, PHONE, ID = digest("jo@example.com"), digest("442079460018"), digest("c-42")


def row(number, **person):
    """An event with only this user_data."""
    event = make_row(number)
    payload = {**json.loads(event["payload"]), "user_data": person}
    return {**event, "payload": json.dumps(payload, separators=(",", ":"))}


def forgotten(shop, *arguments, **env):
    result = shop.run("forget", "--json", *arguments, **env)
    assert result.code == 0, result.err
    return json.loads(result.out)


def outcome(shop, meta, *rows):
    """What a later send makes of these rows, by order."""
    shop.fill(list(rows))
    assert shop.send(**LATER).code == 0
    return {order: state for order, (state, _) in shop.states().items()}


def test_what_stands_beside_an_identifier_is_forgotten_with_it(shop, meta):
    """Known by e-mail and phone and forgotten by e-mail: the next order has only the phone, another one the advertising id."""
    known = row(0, em=[JO], ph=[PHONE], external_id=["c-42"], madid=MADID, lead_id=123456789012345)
    shop.fill([known])
    assert shop.send().code == 0
    found = forgotten(shop, "--email", "jo@example.com")
    assert (found["given"], found["table"], found["ledger"], found["cancelled"]) == ({"email": 1}, 1, 1, 0)
    assert found["linked"] == {"phone": 1, "external_id": 1, "madid": 1, "lead_id": 1}
    assert [order for _, order, _ in found["sent"]] == ["order-0"]
    later = [row(1, ph=[PHONE]), row(2, madid=MADID), row(3, lead_id=123456789012345), row(4, external_id=[ID])]
    states = outcome(shop, meta, known, *later, row(5, em=[digest("else")]))
    assert states == {"order-0": "accepted", **{f"order-{i}": "withheld" for i in range(1, 5)}, "order-5": "accepted"}


def test_only_this_forgets_what_was_given_and_no_more(shop, meta):
    known = row(0, em=[JO], ph=[PHONE])
    shop.fill([known])
    found = forgotten(shop, "--email", "jo@example.com", "--only-this")
    assert (found["linked"], found["table"]) == ({}, 1)
    assert outcome(shop, meta, known, row(1, ph=[PHONE])) == {"order-0": "withheld", "order-1": "accepted"}


def test_it_goes_one_step_and_no_further(shop, meta):
    """The forgotten person's phone is kept out for all who share it; the e-mail of another person who shares it is not."""
    rows = [row(0, em=[JO], ph=[PHONE]), row(1, em=[digest("b")], ph=[PHONE]), row(2, em=[digest("b")])]
    shop.fill(rows)
    found = forgotten(shop, "--email", "jo@example.com")
    assert (found["linked"], found["table"]) == ({"phone": 1}, 2)
    states = outcome(shop, meta, *rows)
    assert states == {"order-0": "withheld", "order-1": "withheld", "order-2": "accepted"}


def test_what_many_people_share_is_nobodys_and_keeps_nobody_out(shop, meta):
    """A till that fills in the shop's phone: forgetting one person does not forget them all, unless that phone is named."""
    rows = [row(0, em=[JO], ph=[PHONE]), *(row(i, em=[digest(str(i))], ph=[PHONE]) for i in range(1, 11))]
    shop.fill(rows)
    found = forgotten(shop, "--email", "jo@example.com")
    assert (found["table"], found["linked"], found["shared"]) == (1, {}, {"phone": 1})
    shop.fill(rows[:-1])
    found = forgotten(shop, "--email", "jo@example.com")
    assert (found["table"], found["linked"], found["shared"]) == (10, {"phone": 1}, {})


def test_waiting_events_tell_what_stands_beside_where_the_table_does_not_have_them(shop, meta):
    shop.fill([row(0, em=[JO], ph=[PHONE]), row(1, ph=[PHONE])])
    meta.script = lambda events, dataset, number: (503, b"")
    assert shop.send("--max-wait", "1").json["pending"] == 2
    shop.fill([])
    found = forgotten(shop, "--email", "jo@example.com", **LATER)
    assert (found["table"], found["ledger"], found["cancelled"], found["linked"]) == (0, 2, 2, {"phone": 1})


@pytest.mark.parametrize(
    "arguments",
    [
        ("--phone", "020 7946 0018"),
        ("--phone", ""),
        ("--phone", "442079460018"),
        ("--email", "not an address"),
        ("--email", "n/a"),
        ("--external-id", " \u00a0\u200b"),
        ("--external-id", "null"),
        ("--madid", "00000000-0000-0000-0000-000000000000"),
        ("--lead-id", "12"),
        ("--email", "jo@example.com", "--email", "jo@example"),
        ("--email", "jo@example.com;nobody"),
    ],
)
def test_what_identifies_nobody_is_refused(shop, meta, arguments):
    """In one line that does not repeat it, with exit code 2; and nobody is forgotten, even if another identifier was given."""
    shop.fill([row(0, em=[JO])])
    result = shop.run("forget", *arguments)
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert result.err.rstrip().endswith("nobody was forgotten")
    assert all(not value.strip() or value not in result.err for value in arguments[1::2])
    assert shop.send().json["accepted"] == 1


def test_it_says_what_it_found(shop, meta):
    shop.fill([row(0, em=[JO], ph=[PHONE]), row(1, em=[JO])])
    assert shop.send().code == 0
    nothing = shop.run("forget", "--email", "ann@example.com")
    assert (nothing.code, nothing.out) == (
        0, "no known event has this identifier; it is kept out from now on\n"
    )  # fmt: skip
    result = shop.run("forget", "--email", "jo@example.com")
    said, *sent = result.out.splitlines()
    assert said == (
        "2 events in the table and 2 events in the ledger named this person; 0 waiting events cancelled and erased; kept out from "
        "now on: 1 e-mail address, and found with it in the same events: 1 phone number"
    )
    assert [line.split(",")[1] for line in sent] == [" order order-0", " order order-1"]
    assert outcome(shop, meta, row(7, em=[digest("ann@example.com")]))["order-7"] == "withheld"


def test_identifiers_come_from_a_file_or_from_standard_input(shop, meta):
    """None of them is in the process list; Windows line ends and a byte order mark, commas in an id, and upper or lower case do not matter."""
    shop.fill([row(0, em=[JO]), row(1, external_id=[digest("c,42")]), row(2, ph=[PHONE]), row(3, ph=[digest("x")])])
    (shop.folder / "who.csv").write_text("\ufeffEmail,Jo@Example.com\r\n\r\nexternal-id,C,42\r\n", encoding="utf-8")
    found = forgotten(shop, "--from", "who.csv", "--phone", "+44 (0)20 7946 0018")
    assert (found["given"], found["table"]) == ({"phone": 1, "email": 1, "external_id": 1}, 3)
    command = [sys.executable, "-m", "sender", "forget", "--from", "-", "--json"]
    typed = f"phone,{digest('x').upper()}"
    piped = subprocess.run(command, cwd=shop.folder, env=shop.environ(), input=typed, capture_output=True, text=True)
    assert (piped.returncode, json.loads(piped.stdout)["table"]) == (0, 1), piped.stderr


@pytest.mark.parametrize("text", [b"email\n", b"name,jo\n", b"jo@example.com", b"\xff,\n"])
def test_lines_that_cannot_be_read_are_refused(shop, text):
    (shop.folder / "who.csv").write_bytes(b"email,jo@example.com\n" + text)
    result = shop.run("forget", "--from", "who.csv")
    assert (result.code, len(result.err.splitlines())) == (2, 1)
    assert result.err.rstrip().endswith("nobody was forgotten")
    assert b"jo" not in result.err.encode()


def test_while_another_sender_runs_nobody_is_forgotten_and_it_says_so(shop, meta):
    with shop.ledger.open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = shop.run("forget", "--email", "jo@example.com")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("offline-capi: nobody was forgotten: another sender is running")


def test_whoever_is_forgotten_stays_so_when_events_are_to_be_sent_again(shop, meta):
    """What Meta rejected, or a person gave up, is read from the table again after `resolve --resend`, and then withheld."""
    rows = [row(0, em=[JO]), row(1, em=[digest("else")])]
    shop.fill(rows)
    meta.script = lambda events, dataset, number: (200, {"events_received": 0})
    assert shop.send().json["held"] == 2
    meta.script = lambda events, dataset, number: None
    assert shop.run("resolve", "--give-up", "--all", "--reason", "a test").code == 0
    forgotten(shop, "--email", "jo@example.com")
    assert shop.run("resolve", "--resend", "--state", "rejected", "--all", "--reason", "a test").code == 0
    assert outcome(shop, meta, *rows) == {"order-0": "withheld", "order-1": "accepted"}


def test_whoever_is_forgotten_stays_so_through_prune_and_the_loss_of_the_ledger(shop, meta):
    """A ledger rebuilt from the published state knows them; so does one made to replace an old copy that cannot continue."""
    first = row(0, em=[JO])
    shop.fill([first])
    assert forgotten(shop, "--email", "jo@example.com")["table"] == 1
    assert shop.run("prune").code == 0
    shop.ledger.unlink()
    made = shop.run("init", "--adopt")
    assert (made.code, len(made.err.splitlines())) == (0, 1)
    assert outcome(shop, meta, first, row(1, em=[JO])) == {"order-0": "withheld", "order-1": "withheld"}
    assert JO.encode() not in shop.state.read_bytes()
    assert not meta.posts


def test_whom_an_older_version_forgot_stays_forgotten(shop, meta):
    """What it noted about a person is what is looked for today."""
    shop.ledger.unlink()
    shop.state.unlink()
    with closing(sqlite3.connect(shop.ledger)) as old:
        old.executescript(Path(__file__).with_name("ledger_of_schema_2.sql").read_text())
    then = 1_800_000_000  # when that ledger was made
    shop.fill([make_row(20, now=then, person=JO), make_row(21, now=then)])
    shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=str(then + 3600 - time.time()))
    assert [shop.states()[f"order-{number}"][0] for number in (20, 21)] == ["withheld", "accepted"]


def test_a_state_that_does_not_tell_who_was_forgotten_is_said_to_be_one(shop, meta):
    """An older version published none. The people in an old copy of the ledger are still taken over."""
    forgotten(shop, "--email", "jo@example.com")
    with duckdb.connect() as connection:
        kept = connection.execute(
            "select decode(key), decode(value) from parquet_kv_metadata(?) where decode(key) <> 'suppressed'",
            [str(shop.state)],
        ).fetchall()
        about = ", ".join(f"{key}: '{value}'" for key, value in kept)
        older = shop.state.with_name("older.parquet")
        connection.execute(f"copy (from '{shop.state}') to '{older}' (format parquet, kv_metadata {{{about}}})")
    older.replace(shop.state)
    made = shop.run("init", "--adopt")
    assert (made.code, "does not say who asked to be forgotten" in made.err) == (0, True)
    assert outcome(shop, meta, row(1, em=[JO])) == {"order-1": "withheld"}
