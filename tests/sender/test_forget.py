"""`forget`: cancelled, erased, suppressed."""

import json
from hashlib import sha256

import duckdb

from tests.sender.shop import hold_in_six_batches, kill_at_each_step, make_row


def test_forget_erases_cancels_and_suppresses(shop, meta):
    """A forgotten person's waiting events are cancelled and erased, later ones not sent, delivered ones listed."""
    mail = sha256(b"jo@example.com").hexdigest()
    first = make_row(0, person=mail)
    shop.fill([first, make_row(1)])
    assert shop.send().code == 0
    rows = [make_row(i, person=mail if i == 2 else sha256(b"%d" % i).hexdigest()) for i in range(2, 5)]
    shop.fill(rows)
    meta.script = lambda events, dataset, number: (503, b"")
    assert shop.send("--max-wait", "1").json["pending"] == 3
    shop.fill([first, *rows, make_row(9, person=mail)])
    result = shop.run("forget", "--email", " Jo@Example.com ", "--json")
    found = json.loads(result.out)
    assert (found["cancelled"], [order for _, order, _ in found["sent"]]) == (1, ["order-0", "order-2"])
    for path in (shop.folder / ".offline-capi").rglob("*"):
        content = path.read_bytes()
        assert mail.encode() not in content
        assert b"jo@example" not in content.lower()
    meta.script = lambda events, dataset, number: None
    later = shop.send()
    assert (later.code, later.json["withheld"]) == (0, 1)
    assert shop.states()["order-9"] == ("withheld", "forgotten")
    assert shop.states()["order-2"] == ("withheld", "forgotten")
    assert len(meta.counted) == 4


def test_a_person_is_forgotten_where_the_table_cannot_be_read(shop, meta):
    """Still cancelled, erased and suppressed; the exit code and the message say what is not known."""
    mail = sha256(b"jo@example.com").hexdigest()
    shop.fill([make_row(i, person=mail) for i in range(5)])
    meta.script = lambda events, dataset, number: (503, b"")
    assert shop.send("--max-wait", "1").json["pending"] == 5
    shop.warehouse.unlink()
    later = {"OFFLINE_CAPI_TEST_NOW_OFFSET": "3600"}
    result = shop.run("forget", "--email", "jo@example.com", **later)
    assert (result.code, len(result.err.splitlines())) == (2, 1)
    assert "5 waiting events cancelled and erased" in result.err
    assert "there is no database" in result.err
    assert all(mail.encode() not in path.read_bytes() for path in shop.ledger.parent.rglob("*"))
    assert set(shop.states().values()) == {("withheld", "forgotten")}


def test_a_person_is_forgotten_by_an_id_that_is_sent_as_it_is(shop, meta):
    """With capi_hash_external_id: false the events hold the shop's own id, not its hash."""

    def row(number, person, **more):
        event = make_row(number, **more)
        payload = json.loads(event["payload"])
        own = sha256(person.encode()).hexdigest()[::-1]
        payload["user_data"] = {"external_id": [own, person], "em": [own]}
        return {**event, "payload": json.dumps(payload, separators=(",", ":"))}

    delivered = row(0, 'c-"42"')
    shop.fill([delivered])
    assert shop.send().code == 0
    other = row(2, "c-43", order_id='c-"42"')
    shop.fill([delivered, row(1, 'c-"42"'), other])
    meta.script = lambda events, dataset, number: (503, b"")
    assert shop.send("--max-wait", "1").json["pending"] == 2
    later = {"OFFLINE_CAPI_TEST_NOW_OFFSET": "3600"}
    found = json.loads(shop.run("forget", "--external-id", ' C-"42"', "--json", **later).out)
    assert (found["cancelled"], [order for _, order, _ in found["sent"]]) == (1, ["order-0", "order-1"])
    shop.fill([delivered, other, row(3, 'c-"42"'), row(4, "c-43")])
    meta.script = lambda events, dataset, number: None
    sent = shop.send(**later).json
    assert (sent["accepted"], sent["withheld"]) == (2, 1)
    assert shop.states()["order-3"] == ("withheld", "forgotten")


def test_forget_lists_events_whose_time_is_a_timestamp(shop, meta):
    """In the same unit as events whose time is a number."""
    mail, event = sha256(b"jo@example.com").hexdigest(), make_row(0, person=sha256(b"jo@example.com").hexdigest())
    assert mail in event["payload"]
    shop.fill([event])
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(
            "create view timed as select * replace (make_timestamp(event_time * 1000000) as event_time) from capi_events"
        )
    assert shop.send("--relation", "main.timed").code == 0
    result = shop.run("forget", "--email", "jo@example.com", "--json", "--relation", "main.timed")
    assert json.loads(result.out)["sent"] == [["1234567890", "order-0", event["event_time"]]]


def test_a_person_is_forgotten_whole_or_not_at_all(shop, meta):
    """`forget` killed at any of its steps has suppressed the person and cancelled every event of theirs, or done neither."""
    mail = sha256(b"jo@example.com").hexdigest()
    hold_in_six_batches(shop, meta, [make_row(i, person=mail) for i in range(600)])

    def ask(book):
        (suppressed,) = book.execute("select count(*) from suppressed").fetchone()
        (bodies,) = book.execute("select count(*) from bodies where instr(body, ?)", (mail.encode(),)).fetchone()
        return suppressed, bodies > 0

    assert set(kill_at_each_step(shop, ["forget", "--email", "jo@example.com"], ask)) == {(0, True), (1, False)}
