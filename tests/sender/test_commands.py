"""The other commands, and what a wrong setting says."""

import json
import os
import sqlite3
import stat
import time
from hashlib import sha256
from itertools import count

import duckdb
import pytest

DAY = 86_400


def test_resolve_carries_out_a_persons_decision(shop, meta, make_row):
    """Held events can be taken as accepted, given up, or sent again; the reason is written down."""
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


def test_a_ledger_of_a_rehearsal_is_refused_for_meta(shop, make_row):
    """What a local endpoint has accepted would count as delivered to Meta; the refusal comes before any request."""
    rows = [make_row(0), make_row(1)]
    shop.fill(rows[:1])
    assert shop.send().code == 0
    shop.fill(rows)
    refused = shop.send("--graph-url", "https://graph.facebook.com")
    assert refused.code == 2
    assert "an endpoint on this machine" in refused.err
    assert not shop.ledger.with_name("ledger.sqlite.spool").exists()
    assert "--ledger" in refused.err
    assert shop.send().json["accepted"] == 1


def test_rejected_and_conflicting_events_can_be_sent_anew(shop, meta, make_row):
    """After a person says so, a rejected event is sent with its corrected bytes, and a conflict under its new key."""
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


def test_forget_erases_cancels_and_suppresses(shop, meta, make_row):
    """A forgotten person's waiting events are cancelled and erased, later ones not sent, delivered ones listed."""
    mail = sha256(b"jo@example.com").hexdigest()
    first = make_row(0, person=mail)
    shop.fill([first, make_row(1)])
    assert shop.send().code == 0
    shop.fill([make_row(i, person=mail if i == 2 else sha256(b"%d" % i).hexdigest()) for i in range(2, 5)])
    meta.script = lambda events, dataset, number: (503, b"")
    assert shop.send("--max-wait", "1").json["pending"] == 3
    shop.fill([first, make_row(9, person=mail)])
    result = shop.run("forget", "--email", " Jo@Example.com ", "--json")
    found = json.loads(result.out)
    assert (found["cancelled"], [order for _, order, _ in found["sent"]]) == (1, ["order-0"])
    for path in (shop.folder / ".offline-capi").rglob("*"):
        content = path.read_bytes()
        assert mail.encode() not in content
        assert b"jo@example" not in content.lower()
    meta.script = lambda events, dataset, number: None
    assert shop.send().json["rejected"] == 1
    assert shop.states()["order-9"] == ("rejected", "forgotten")
    assert shop.states()["order-2"] == ("rejected", "forgotten")
    assert len(meta.counted) == 4


def test_a_person_is_forgotten_where_the_table_cannot_be_read(shop, meta, make_row):
    """Cancelled, erased and suppressed all the same; the exit code and the message tell what is not known."""
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
    assert set(shop.states().values()) == {("rejected", "forgotten")}


def test_a_person_is_forgotten_by_an_id_that_is_sent_as_it_is(shop, meta, make_row):
    """With capi_hash_external_id: false the events hold the shop's own number, and not its hash."""

    def row(number, person, **more):
        event = make_row(number, **more)
        payload = json.loads(event["payload"])
        payload["user_data"] = {"external_id": ["f" * 64, person], "em": ["0" * 64]}
        return {**event, "payload": json.dumps(payload, separators=(",", ":"))}

    delivered = row(0, 'c-"42"')
    shop.fill([delivered])
    assert shop.send().code == 0
    shop.fill([delivered, row(1, 'c-"42"'), row(2, "c-43", order_id='c-"42"')])
    meta.script = lambda events, dataset, number: (503, b"")
    assert shop.send("--max-wait", "1").json["pending"] == 2
    later = {"OFFLINE_CAPI_TEST_NOW_OFFSET": "3600"}
    found = json.loads(shop.run("forget", "--external-id", ' C-"42"', "--json", **later).out)
    assert (found["cancelled"], [order for _, order, _ in found["sent"]]) == (1, ["order-0", "order-1"])
    shop.fill([delivered, row(3, 'c-"42"'), row(4, "c-43")])
    meta.script = lambda events, dataset, number: None
    sent = shop.send(**later).json
    assert (sent["accepted"], sent["rejected"]) == (2, 1)
    assert shop.states()["order-3"] == ("rejected", "forgotten")


def test_forget_lists_events_whose_time_is_a_timestamp(shop, meta, make_row):
    """In the same unit as those whose time is a number."""
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


def kill_at_each_step(shop, command, ask):
    """Run it again and again from the same ledger, killed at one step more each time; what `ask` reads from each ledger then."""
    later = {"OFFLINE_CAPI_TEST_NOW_OFFSET": "3600"}  # the pauses of the run before moved its clock
    kept = {path.name: path.read_bytes() for path in shop.ledger.parent.iterdir() if path.is_file()}
    for step in count(1):
        for path in shop.ledger.parent.glob("ledger*"):
            path.unlink()
        for name, content in kept.items():
            shop.ledger.with_name(name).write_bytes(content)
        result = shop.run(*command, **later, OFFLINE_CAPI_TEST_CRASH_AT=str(step))
        assert result.code in (-9, 0)
        with sqlite3.connect(shop.ledger) as book:  # rolls back what was left half done
            yield ask(book)
        book.close()
        if result.code == 0:
            break
    assert step > 6  # batches


def hold_in_six_batches(shop, meta, rows):
    shop.fill(rows)
    meta.script = lambda events, dataset, number: (200, {"events_received": 0})
    assert shop.send("--batch-size", "20", "--max-wait", "1000").json["held"] >= 100


def test_a_person_is_forgotten_whole_or_not_at_all(shop, meta, make_row):
    """`forget` killed at any of its steps has suppressed the person and cancelled every event of theirs, or done neither."""
    mail = sha256(b"jo@example.com").hexdigest()
    hold_in_six_batches(shop, meta, [make_row(i, person=mail) for i in range(600)])

    def ask(book):
        (suppressed,) = book.execute("select count(*) from suppressed").fetchone()
        (bodies,) = book.execute("select count(*) from bodies where instr(body, ?)", (mail.encode(),)).fetchone()
        return suppressed, bodies > 0

    assert set(kill_at_each_step(shop, ["forget", "--email", "jo@example.com"], ask)) == {(0, True), (1, False)}


def test_a_decision_is_carried_out_whole_or_not_at_all(shop, meta, make_row):
    """`resolve` killed at any of its steps has decided about all the events and written down why, or about none."""
    hold_in_six_batches(shop, meta, [make_row(i) for i in range(600)])

    def ask(book):
        (decisions,) = book.execute("select count(*) from decisions").fetchone()
        (held,) = book.execute("select count(*) from batches where n > 0 and state = 'held'").fetchone()
        (given_up,) = book.execute("select count(*) from batches where reason = 'given_up'").fetchone()
        return decisions, held > 0, given_up > 0

    found = kill_at_each_step(shop, ["resolve", "--give-up", "--all", "--reason", "a test"], ask)
    assert set(found) == {(0, True, False), (1, False, True)}


def test_prune_forgets_what_can_no_longer_be_sent(shop, meta, make_row):
    """Events are forgotten 8 days after they expired, and not one of them is sent again."""
    rows = [make_row(i) for i in range(5)]
    shop.fill(rows)
    shop.send()
    early = shop.run("prune", "--json")
    assert json.loads(early.out)["events"] == 0
    later = str(71 * DAY)
    pruned = shop.run("prune", "--json", OFFLINE_CAPI_TEST_NOW_OFFSET=later)
    assert json.loads(pruned.out)["events"] == 5
    assert shop.states() == {}
    assert shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=later).json["expired"] == 5
    assert len(meta.posts) == 1


def test_check_says_what_would_go_wrong(shop, meta, make_row, error):
    """check proves token and permission with an event too old to count, and says unknown when it may not look."""
    shop.fill([make_row(1)])
    meta.script = lambda events, dataset, number: (400, error(100, 2804003))
    good = shop.run("check")
    assert (good.code, good.out.count("good")) == (0, 3)
    meta.node = (400, error(100))
    assert "unknown" in shop.run("check").out
    meta.script = lambda events, dataset, number: (401, error(190))
    bad = shop.run("check", "--json")
    assert bad.code == 2
    assert [finding["result"] for finding in json.loads(bad.out)] == ["good", "bad", "unknown"]
    assert meta.counted == {}


def test_check_does_not_blame_the_token_when_nobody_answers(shop, make_row):
    """check tells an endpoint that does not answer from a token that may not read."""
    shop.fill([make_row(1)])
    silent = shop.run("check", "--graph-url", "http://127.0.0.1:9")
    assert silent.out.count("unknown") == 2
    assert "may not read" not in silent.out
    assert "HTTP none" in silent.out


def test_status_counts_and_shows_reasons(shop, meta, make_row):
    """status counts events by state without the lock, and exits 1 while something waits."""
    shop.fill([make_row(1), make_row(2, age=63 * DAY)])
    shop.send()
    result = shop.run("status", "--json")
    facts = json.loads(result.out)
    assert (result.code, facts["accepted"], facts["expired"], facts["pending"]) == (0, 1, 1, 0)
    assert facts["reasons"] == [{"state": "expired", "reason": "too_old", "events": 1}]
    assert "too_old" in shop.run("status").out


def test_status_tells_of_the_last_send(shop, meta, make_row):
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


def test_a_send_with_nothing_to_do_is_refused_for_another_server_too(shop, meta, make_row):
    """Otherwise a rehearsal on the real ledger ends with "nothing to send" to Meta."""
    shop.fill([make_row(0)])
    assert shop.send().code == 0
    refused = shop.send("--graph-url", "https://graph.facebook.com")
    assert (refused.code, "an endpoint on this machine" in refused.err) == (2, True)


def test_an_accepted_model_change_is_for_one_send(shop, meta, make_row):
    """Also where that finds nothing to do: a later change stops again."""
    now = time.time()
    shop.fill([make_row(i, now=now) for i in range(200)])
    assert shop.send().code == 0
    assert shop.run("resolve", "--accept-model-change", "--reason", "to come").code == 0
    assert shop.send().code == 0
    shop.fill([make_row(i, now=now, value=2) for i in range(200)])
    assert shop.send().json["stopped"] == "model_changed"


def test_a_dry_run_keeps_to_the_limit(shop, make_row):
    """It prints what the same command would do without --dry-run."""
    shop.fill([make_row(i) for i in range(5)])
    assert shop.run("send", "--dry-run", "--limit", "2").out.startswith("would send 2 of 5 events")


def test_files_are_private(shop, make_row):
    """Ledger and state are 0600 in a 0700 folder, and no copy is left behind."""
    shop.fill([make_row(1)])
    shop.send()
    folder = shop.folder / ".offline-capi"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_init_keeps_what_is_there(shop, make_row):
    """init does not touch an existing ledger, and does not start afresh beside a published state."""
    ledger = shop.folder / ".offline-capi" / "ledger.sqlite"
    before = ledger.read_bytes()
    assert shop.run("init").code == 2
    assert ledger.read_bytes() == before
    shop.fill([make_row(1)])
    shop.send()
    ledger.unlink()
    assert shop.run("init").code == 2
    assert not ledger.exists()
    assert shop.run("init", "--ledger", "other/ledger.sqlite").code == 0
    assert (shop.folder / "other" / "delivery_state.parquet").exists()


def test_events_from_parquet_with_timestamps(shop, meta, make_row):
    """--events reads Parquet files in place of a table; expires_at may be a timestamp in UTC."""
    shop.fill([make_row(i) for i in range(10)])
    with duckdb.connect(str(shop.warehouse), read_only=True) as connection:
        connection.execute(
            "copy (select * replace (to_timestamp(expires_at) as expires_at) from capi_events) "
            f"to '{shop.folder}/events.parquet' (format parquet)"
        )
    shop.warehouse.unlink()
    assert shop.send("--events", "*.parquet").json["accepted"] == 10


def test_the_dbt_profile_names_the_database(shop, meta, make_row):
    """Without --database the dbt profile is read as dbt would, environment variables included."""
    shop.fill([make_row(1)])
    (shop.folder / "dbt_project.yml").write_text("name: shop\nprofile: my_shop\n")
    (shop.folder / "profiles.yml").write_text(
        "my_shop:\n  target: \"{{ env_var('STAGE', 'dev') }}\"\n  outputs:\n"
        "    dev: {type: duckdb, path: \"{{ env_var('SHOP_DB') }}\"}\n    prod: {type: postgres}\n"
    )
    found = shop.send(OFFLINE_CAPI_DATABASE="", SHOP_DB="warehouse.duckdb")
    assert (found.code, found.json["accepted"]) == (0, 1)
    assert "profile my_shop, target dev" in found.err
    assert "not duckdb" in shop.send(OFFLINE_CAPI_DATABASE="", STAGE="prod").err
    assert "SHOP_DB" in shop.send(OFFLINE_CAPI_DATABASE="").err


def test_the_dbt_profile_names_the_schema(shop, meta, make_row):
    """What dbt builds is read, and not a table that an earlier schema has left; --relation wins; what is elsewhere is named."""
    shop.fill([make_row(1), make_row(2)])
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute("create schema analytics; create table analytics.capi_events as from capi_events limit 1")
    (shop.folder / "dbt_project.yml").write_text("name: shop\nprofile: my_shop\n")
    profile = "my_shop:\n  outputs:\n    default: {type: duckdb, path: warehouse.duckdb, schema: analytics}\n"
    (shop.folder / "profiles.yml").write_text(profile)
    assert shop.send("--dry-run", OFFLINE_CAPI_DATABASE="").json["read"] == 1
    assert shop.send("--dry-run", "--relation", "main.capi_events", OFFLINE_CAPI_DATABASE="").json["read"] == 2
    elsewhere = shop.send("--dry-run", "--relation", "sales.capi_events")
    assert (elsewhere.code, "but analytics.capi_events and main.capi_events" in elsewhere.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "env", "says"),
    [
        ([], {"META_ACCESS_TOKEN": ""}, "META_ACCESS_TOKEN"),
        ([], {"META_ACCESS_TOKEN": "SECRET with\nnewline"}, "META_ACCESS_TOKEN"),
        ([], {"META_ACCESS_TOKEN": "your_token"}, "placeholder"),
        ([], {"OFFLINE_CAPI_TOKEN_FILE": "open.txt", "META_ACCESS_TOKEN": ""}, "chmod 600"),
        (["--token", "SECRETx"], {}, "--token"),
        (["--graph-url", "http://graph.facebook.com"], {}, "--graph-url"),
        (["--graph-url", "https://example.com"], {}, "--graph-url"),
        (["--graph-url", "https://u:p@graph.facebook.com"], {}, "--graph-url"),
        (["--graph-url", "127.0.0.1:8000"], {}, "lacks http://"),
        (["--events", "nothing-*.parquet"], {}, "there is no file nothing-*.parquet"),
        (["--api-version", "latest"], {}, "--api-version"),
        (["--workers", "17"], {}, "--workers"),
        (["--batch-size", "1001"], {}, "--batch-size"),
        (["--deadline", "-1"], {}, "--deadline"),
        (["--database", "nowhere.duckdb"], {}, "nowhere.duckdb"),
        (["--database", "."], {}, "folder"),
        (["--database", "open.txt"], {}, "open.txt"),
        (["--relation", 'main."x; drop table capi_events"'], {}, "--relation"),
        (["--relation", "main.thin"], {}, "payload"),
        (["--relation", "main.wrong"], {}, "event_key (1 rows)"),
        (["--relation", "main.twice"], {}, "repeated"),
        (["--ledger", "warehouse.duckdb"], {}, "--ledger"),
        (["--ledger", "elsewhere/ledger.sqlite"], {}, "offline-capi init"),
        (["--ledger", "open.txt"], {}, "open.txt"),
    ],
)
def test_wrong_settings_are_one_clear_line(shop, meta, make_row, arguments, env, says):
    """A wrong setting ends in one line that names it, exit code 2; nothing is posted and no secret is shown."""
    shop.fill([make_row(1)])
    (shop.folder / "open.txt").write_text("SECRETfile")
    (shop.folder / "open.txt").chmod(0o644)
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute("create table thin as select * exclude (payload) from capi_events")
        connection.execute("create table wrong as select * replace ('x' as event_key) from capi_events")
        connection.execute("create table twice as from capi_events union all from capi_events")
    result = shop.run("send", *arguments, **env)
    assert (result.code, meta.posts) == (2, [])
    assert says in result.err
    assert len(result.err.splitlines()) == 1
    assert "SECRET" not in result.err + result.out


def test_idle_send_is_quick(shop, meta, make_row):
    """A send with nothing to do takes less than a second of processor time."""
    shop.fill([make_row(i) for i in range(100)])
    shop.send()
    before = os.times()
    assert shop.cold("send", "--json").json["requests"] == 0
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert used < 1


def test_a_lost_ledger_is_made_from_the_published_state(shop, meta, make_row):
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
