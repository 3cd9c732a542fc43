"""What the machine, its disk, its clock, other processes and an operator may do. See docs/promises.md."""

import hashlib
import hmac
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time
from contextlib import nullcontext

import duckdb
import pytest

from sender.config import settings
from sender.errors import ConfigError, LedgerError
from sender.ledger import lock
from tests.sender.shop import make_row, wait_for

DAY = 86_400


def attempts_without_end(shop):
    ledger = sqlite3.connect(shop.ledger)
    found = ledger.execute("select count(*) from attempts where ended_at is null").fetchone()[0]
    ledger.close()
    return found


def test_killed_while_it_ends_on_sigterm(shop, meta):
    """SIGKILL while SIGTERM waits for an answer: the outcome is unknown, the events are resent and counted once."""
    shop.fill([make_row(i) for i in range(20)])

    def script(events, dataset, number):
        meta.store(events)
        if number == 1:
            time.sleep(3)

    meta.script = script
    process = shop.start("send")
    wait_for(lambda: meta.counted)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    assert process.poll() is None
    process.kill()
    process.communicate()
    assert attempts_without_end(shop) == 1
    result = shop.send()
    assert (result.code, result.json["accepted"], result.json["requests"]) == (0, 20, 1)
    assert set(meta.times.values()) == {1}


@pytest.mark.parametrize(("days", "state"), [(6.4, "accepted"), (8, "held")])
def test_a_kill_is_an_unknown_outcome_for_as_long_as_any(shop, meta, days, state):
    """Killed after Meta took the events: resent while Meta would recognise them, then held for a person."""
    shop.fill([make_row(i) for i in range(20)])

    def script(events, dataset, number):
        meta.store(events)
        time.sleep(3 if number == 1 else 0)

    meta.script = script
    process = shop.start("send")
    wait_for(lambda: meta.counted)
    process.kill()
    process.communicate()
    meta.now = lambda: time.time() + days * DAY
    assert shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=str(days * DAY)).json[state] == 20
    assert set(meta.times.values()) == {1}


def test_the_warehouse_is_free_while_events_are_on_their_way(shop, meta):
    """A sender that hangs, or is frozen, during a request does not keep dbt from writing."""
    shop.fill([make_row(i) for i in range(20)])
    meta.script = lambda events, dataset, number: time.sleep(0.5)
    process = shop.start("send")
    wait_for(lambda: meta.posts)
    process.send_signal(signal.SIGSTOP)
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute("create table built as select 1")
    process.send_signal(signal.SIGCONT)
    process.communicate(timeout=10)
    assert process.returncode == 0


def test_a_warehouse_that_is_being_built_is_waited_for(shop, meta):
    """A sender that starts while dbt writes says what it waits for, and continues when dbt is done."""
    shop.fill([make_row(i) for i in range(20)])
    hold = f"import duckdb, sys; c = duckdb.connect({str(shop.warehouse)!r}); print(flush=True); sys.stdin.read()"
    holder = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    holder.stdout.readline()
    process = shop.start("send")
    assert f"waiting for PID {holder.pid}" in process.stderr.readline()
    holder.communicate()
    process.communicate(timeout=30)
    assert (process.returncode, len(meta.counted)) == (0, 20)


def test_a_warehouse_that_duckdb_cannot_open_is_named(shop, meta):
    """A damaged file, one from a later DuckDB, or one that is not DuckDB's is refused in one line that says which it is; nothing is posted."""
    shop.fill([make_row(1)])
    content = bytearray(shop.warehouse.read_bytes())
    assert content[8:12] == b"DUCK"
    content[12:20] = (10_000).to_bytes(8, "little")  # the storage version, under a checksum
    later = checksum(content[8:4096]) + content[8:]
    for damage, says in (
        (content, "cannot be opened"),
        (later, "was written by a newer DuckDB than this sender's"),
        (b"order_id,total\n" * 1000, "is not a DuckDB file that this version can read"),
    ):
        shop.warehouse.write_bytes(damage)
        result = shop.send()
        assert (result.code, len(result.err.splitlines()), meta.posts) == (2, 1, [])
        assert f"{shop.warehouse} {says}" in result.err


def checksum(block: bytes | bytearray) -> bytes:
    """As DuckDB calculates it for the first block of a file."""
    found = 5381
    for (word,) in struct.iter_unpack("<Q", block):
        found ^= word * 0xBF58476D1CE4E5B9 % 2**64
    return found.to_bytes(8, "little")


def test_a_missing_or_half_built_table_is_refused(shop, meta):
    """Without the table, or with another one instead, nothing is sent and the ledger stays as it is."""
    before = shop.ledger.read_bytes()
    for sql, says in (
        ("drop table capi_events", "capi_events"),
        (
            "create table capi_events as select 'x' as event_key",
            "capi_events lacks the columns dataset_id, event_name, event_time",
        ),
    ):
        with duckdb.connect(str(shop.warehouse)) as connection:
            connection.execute(sql)
        result = shop.send()
        assert (result.code, len(result.err.splitlines()), meta.posts) == (2, 1, [])
        assert says in result.err
    assert shop.ledger.read_bytes() == before


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 600 KB, if this machine lets us make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can make a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def check_a_full_disk(shop, meta, result):
    assert result.code == 2, result
    assert len(result.err.splitlines()) == 1
    assert "disk" in result.err
    ledger = sqlite3.connect(shop.ledger)
    attempts = ledger.execute("select count(*) from attempts").fetchone()[0]
    ledger.close()
    assert attempts >= len(meta.posts)


def test_a_full_disk_stops_before_the_request(shop, meta):
    """If the ledger cannot grow, the run ends with exit 2 and one line; no request is without its attempt."""
    shop.fill([make_row(i) for i in range(300)])
    stopped_at = set()
    for room in range(4096, 200_000, 12_288):
        result = shop.send(file_size=shop.ledger.stat().st_size + room)
        if result.code != 2:
            break
        check_a_full_disk(shop, meta, result)
        stopped_at.add(len(meta.posts))
    assert {0, 1} <= stopped_at
    last = shop.send()
    assert (last.code, len(meta.counted), set(meta.times.values())) == (0, 300, {1})


def test_a_disk_that_is_really_full(shop, meta, small_disk):
    """On a full disk the run ends with exit 2; with space again, everything is delivered and counted once."""
    shop.fill([make_row(i) for i in range(400)])
    home = small_disk / "ledger"
    shutil.copytree(shop.ledger.parent, home)
    shop.env["OFFLINE_CAPI_LEDGER"] = str(home / "ledger.sqlite")
    filler = small_disk / "filler"
    codes = []
    for kilobytes in (500, 400, 300, 200, 100):
        filler.unlink(missing_ok=True)
        filler.touch()
        room = shutil.disk_usage(small_disk).free
        filler.write_bytes(b"\0" * max(0, min(kilobytes * 1024, room - 8192)))
        result = shop.send()
        codes.append(result.code)
        assert result.code in (0, 2), result
        assert "Traceback" not in result.err
        if result.code == 2:
            assert len(result.err.splitlines()) == 1
    filler.unlink()
    shop.env["OFFLINE_CAPI_LEDGER"] = str(shutil.copytree(home, shop.folder / "roomy") / "ledger.sqlite")
    result = shop.send()
    assert 2 in codes
    assert (result.code, len(meta.counted), set(meta.times.values())) == (0, 400, {1})


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000, None])
def test_a_file_that_is_not_a_ledger_is_refused(shop, meta, content):
    """A ledger that is missing, empty or something else is refused, with what to do; nothing is posted."""
    shop.fill([make_row(1)])
    if content is None:
        shop.ledger.unlink()
    else:
        shop.ledger.write_bytes(content)
    result = shop.send()
    assert (result.code, len(result.err.splitlines()), meta.posts) == (2, 1, [])
    assert "restore" in result.err


def test_a_ledger_that_may_not_be_written(shop, meta):
    """A read-only ledger gives one clear line and exit 2; nothing is posted."""
    shop.fill([make_row(1)])
    shop.ledger.chmod(0o400)
    command = [sys.executable, "-m", "sender", "send"]
    if os.geteuid() == 0:  # root may write everything, unless it gives that up
        if not shutil.which("setpriv"):
            pytest.skip("root may write everything")
        command = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *command]
    done = subprocess.run(command, cwd=shop.folder, env=shop.environ(), capture_output=True, text=True)
    assert (done.returncode, len(done.stderr.splitlines()), meta.posts) == (2, 1, [])
    assert "ledger" in done.stderr


def test_a_clock_that_was_set_back(shop, meta):
    """If the clock were behind the last attempt, every window would be wrong: the run stops and says both times."""
    first = make_row(1)
    shop.fill([first])
    shop.send()
    shop.fill([first, make_row(2)])
    result = shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=str(-DAY))
    assert (result.code, len(result.err.splitlines()), len(meta.posts)) == (2, 1, 1)
    assert "clock" in result.err


def test_what_expired_by_a_wrong_clock_can_be_sent_after_all(shop, meta):
    """A clock that is months ahead makes every event too old; a person takes that back once it is correct."""
    shop.fill([make_row(i) for i in range(5)])
    assert shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=str(70 * DAY)).json["expired"] == 5
    assert "--resend --state expired" in shop.run("explain", "order-3").out
    because = ("--resend", "--state", "expired", "--reason", "the clock was wrong")
    assert shop.run("resolve", *because, "--order", "order-3").code == 0
    assert (shop.send().json["accepted"], len(meta.counted)) == (1, 1)
    assert shop.run("resolve", *because, "--all").code == 0
    assert (shop.send().json["accepted"], len(meta.counted)) == (4, 5)
    assert set(meta.times.values()) == {1}


def test_the_published_state_is_whole_at_every_moment(shop, meta):
    """While events are in flight, the last published state can be read, and a kill in between leaves it complete."""
    rows = [make_row(i) for i in range(120)]
    shop.fill(rows[:60])
    shop.send()
    first = shop.state.open("rb")
    before = first.read()
    shop.fill(rows)
    meta.script = lambda events, dataset, number: time.sleep(0.5)
    process = shop.start("send")
    wait_for(lambda: len(meta.posts) >= 3)
    assert set(shop.states().values()) == {("accepted", None)}
    assert len(shop.states()) == 60
    process.kill()
    process.communicate()
    assert len(shop.states()) == 60
    meta.script = lambda events, dataset, number: None
    assert shop.send().json["pending"] == 0
    assert len(shop.states()) == 120
    first.seek(0)
    assert first.read() == before  # a reader of the previous state can continue
    first.close()
    assert set(meta.times.values()) == {1}


def test_a_kill_while_the_state_is_published(shop, meta):
    """Killed before or after the new state file is moved into place, the old or the new one is there and complete."""
    rows = [make_row(i) for i in range(20)]
    shop.fill(rows[:5])
    shop.send()
    kills = 0
    for n in range(1, 12):
        shop.fill(rows[: 5 + n])
        code = shop.send(OFFLINE_CAPI_TEST_CRASH_AT=str(n)).code
        kills += code == -signal.SIGKILL
        assert 5 <= len(shop.states()) <= 5 + n
        assert shop.send().json["pending"] == 0
        assert len(shop.states()) == 5 + n
    assert kills >= 7
    assert set(meta.times.values()) == {1}


def test_no_log_at_any_level_holds_a_secret(shop, meta):
    """With every logger at DEBUG, and in the traceback of a bug, there is no token, proof or hashed customer value."""
    person = "ab" * 32
    shop.fill([make_row(1, person=person)])
    code = (
        "import logging, sys; logging.basicConfig(level=1); import sender.delivery.lane, sender.cli.main\n"
        "if len(sys.argv) > 1: sender.delivery.lane.envelope = lambda *parts: 1 / 0\n"
        "sender.cli.main.main(['send', '--json'])"
    )
    meta.script = lambda events, dataset, number: (503, b"") if number == 1 else None
    secret = "TESTSECRETapp"
    proof = hmac.new(secret.encode(), b"TESTSECRETtoken", hashlib.sha256).hexdigest()
    for more in (["bug"], []):
        command = [sys.executable, "-X", "dev", "-W", "ignore", "-c", code, *more]
        done = subprocess.run(
            command, cwd=shop.folder, env=shop.environ(META_APP_SECRET=secret), capture_output=True, text=True
        )
        assert ("ZeroDivisionError" in done.stderr) == bool(more)
        for word in ("TESTSECRET", proof, person):
            assert word not in done.stdout + done.stderr
    assert len(meta.counted) == 1


def test_the_app_secret_proves_each_request(shop, meta):
    """With META_APP_SECRET each request has appsecret_proof, the HMAC of the token; without it none has. No address has the token."""
    first = make_row(1)
    shop.fill([first])
    shop.send(META_APP_SECRET="hush")
    shop.run("check", META_APP_SECRET="hush")
    proof = hmac.new(b"hush", b"TESTSECRETtoken", hashlib.sha256).hexdigest()
    assert meta.reads
    assert all(f"appsecret_proof={proof}" in address for address in meta.reads)
    assert "TESTSECRET" not in str([*meta.reads, *(post["path"] for post in meta.posts)])
    shop.fill([first, make_row(2)])
    shop.send()
    shop.run("check")
    assert [post["body"].get("appsecret_proof") for post in meta.posts] == [proof, proof, None, None]
    assert "appsecret_proof" not in meta.reads[-1]


@pytest.mark.parametrize("dataset", ["", "12/34", "../me", "abc", "1?fields=id", None])
def test_what_is_not_a_dataset_id_is_refused(shop, meta, dataset):
    """A dataset id goes into an address: what is not digits never gets there."""
    shop.fill([make_row(1) | {"dataset_id": dataset}, make_row(2)])
    result = shop.send()
    assert (result.code, len(result.err.splitlines()), meta.requests) == (2, 1, 0)
    assert "dataset_id (1 rows)" in result.err


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://graph.facebook.com", "http://graph.facebook.com", "https://example.com", "https://10.0.0.1"),
        *("https://169.254.169.254", "https://graph.facebook.com.example.com", "https://notfacebook.com"),
        *("https://a:b@graph.facebook.com", "https://graph.facebook.com:8443", "https://graph.facebook.com/v26.0"),
        *("https://graph.facebook.com?x=1", "https://gräph.facebook.com", "graph.facebook.com", "https://", "", "x"),
        *("https://localhost.example.com", "http://localhost.example.com", "http://127.0.0.1.example.com"),
        *("https://graph.facebook.com:99999", "https://[::1", "http://0.0.0.0", "https://graph.facebook.com@127.0.0.1"),
    ],
)
def test_the_token_goes_to_meta_or_stays_here(address):
    """Any address but Meta's own or this machine's is refused."""
    with pytest.raises(ConfigError):
        settings.graph_url(address)


@pytest.mark.parametrize(
    "address",
    ["https://graph.facebook.com", "https://graph.facebook.com:443", "http://127.0.0.1:8", "http://localhost:8"],
)
def test_metas_address_and_this_machines_are_taken(address):
    """What may be named is taken as it is."""
    assert settings.graph_url(address) == address


@pytest.mark.parametrize("version", ["latest", "v0", "v0.0", "22.0", "v22", "v22.1", "v22.0/me", "", "V22.0"])
def test_an_api_version_looks_like_one(version):
    """The version goes into the address: only vN.0 is one."""
    with pytest.raises(ConfigError):
        settings.api_version(version)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        *(("--batch-size", "0"), ("--batch-size", "1001"), ("--batch-size", "many"), ("--workers", "0")),
        *(("--workers", "100"), ("--deadline", "-1"), ("--deadline", "nan"), ("--limit", "-1"), ("--nonsense", "1")),
    ],
)
def test_numbers_out_of_range_and_unknown_options(shop, meta, option, value):
    """A number out of range, and an unknown option, end in one line that names it."""
    shop.fill([make_row(1)])
    result = shop.run("send", option, value)
    assert (result.code, len(result.err.splitlines()), meta.requests) == (2, 1, 0)
    assert option in result.err


@pytest.mark.parametrize(
    ("profile", "says"),
    [
        ("my_shop:\n\ttarget: dev\n", "line 2"),
        ("my_shop: [a, b]\n", "my_shop"),
        ("- my_shop\n", "mapping"),
        ("my_shop:\n  target: dev\n  outputs: {dev: {type: duckdb, path: '{{ env_var(\"NOWHERE\") }}'}}\n", "NOWHERE"),
    ],
)
def test_a_profile_that_is_wrong_is_named(shop, meta, profile, says):
    """A dbt profile that cannot be used ends in one line that names the file, and the line or the variable."""
    (shop.folder / "dbt_project.yml").write_text("name: shop\nprofile: my_shop\n")
    (shop.folder / "profiles.yml").write_text(profile)
    result = shop.send(OFFLINE_CAPI_DATABASE="")
    assert (result.code, len(result.err.splitlines()), meta.requests) == (2, 1, 0)
    assert "profiles.yml" in result.err
    assert says in result.err


def test_a_ledger_has_a_place_of_its_own(shop, meta, monkeypatch):
    """The warehouse, dbt's target folder and a folder are no places for a ledger; a relative path is made absolute."""
    (shop.folder / "dbt_project.yml").write_text("name: shop\n")
    monkeypatch.chdir(shop.folder)
    for wrong in (shop.warehouse, shop.folder / "target" / "ledger.sqlite", shop.folder):
        with pytest.raises(ConfigError, match="--ledger"):
            settings.ledger_path(str(wrong), shop.warehouse)
    assert settings.ledger_path("here.sqlite", shop.warehouse) == shop.folder / "here.sqlite"


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_ledger_on_a_network_file_system_is_refused(tmp_path, monkeypatch, kind):
    """Where locks do not work between machines, a ledger is refused; the innermost mount decides."""
    local = f"/dev/vda / ext4 rw 0 0\nserver:/x {tmp_path}/our\\040share {kind} rw 0 0\n"
    for text, refused in ((local, True), (f"{local}tmpfs {tmp_path}/our\\040share/here tmpfs rw 0 0\n", False)):
        (tmp_path / "mounts").write_text(text)
        monkeypatch.setattr(lock, "MOUNTS", tmp_path / "mounts")
        ledger = tmp_path / "our share" / "here" / "ledger.sqlite"
        ledger.parent.mkdir(parents=True, exist_ok=True)
        ledger.touch()
        with pytest.raises(LedgerError, match=rf"\({kind}\)") if refused else nullcontext(), lock.locked(ledger):
            pass
