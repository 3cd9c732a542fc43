"""What a network and a server may do during a request. See docs/promises.md."""

import json
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import threading
import time
import zlib
from contextlib import closing
from email.utils import formatdate
from itertools import chain, repeat
from typing import Any

import pytest

from sender.config.tokens import Token
from sender.meta.client import Graph
from tests.sender import server
from tests.sender.server import error
from tests.sender.shop import LATER, make_row


def head(length, *more, status="200 OK"):
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {length}", *more, "", ""]).encode()


def accepted(events):
    return json.dumps({"events_received": len(events), "fbtrace_id": "Araw"}).encode()


FAULTS = (
    *("cut before the body is read", "cut in the body", "cut after the body", "cut after storing"),
    *("cut in the answer", "500 instead of storing", "503 after storing", "a page after storing"),
)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_request_cut_at_any_point_is_sent_again_and_counted_once(shop, meta, fault):
    """Wherever a request is cut, its events are sent again with the same bytes, and counted once."""
    shop.fill([make_row(i) for i in range(80)])
    meta.faults = iter([fault, None, fault])
    result = shop.send()
    assert (result.code, result.json["accepted"], meta.seen_faults[fault]) == (0, 80, 2)
    assert len(meta.counted) == 80
    assert set(meta.times.values()) == {1}
    seen: dict[str, Any] = {}
    for post in meta.posts:
        for event in post["events"]:
            assert seen.setdefault(event["custom_data"]["order_id"], event) == event


@pytest.mark.parametrize(
    "fault",
    ["cut in the body", "cut after the body", "cut after storing", "cut in the answer", "503 after storing"],
)
def test_a_request_cut_at_any_point_is_not_sent_again_after_the_window(shop, meta, fault):
    """Whether or not Meta took the events of a lost request: once it would not recognise them, a person decides."""
    shop.fill([make_row(i) for i in range(20)])
    meta.faults = repeat(fault)
    assert shop.send("--max-wait", "1").json["pending"] == 20
    meta.faults = iter(())
    before = meta.requests
    assert shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET=str(8 * 86_400)).json["held"] == 20
    assert meta.requests == before


def bomb(events):
    return zlib.compress(b"\0" * 10_000_000)


RAW = {
    "HTTP/1.0 without a length": lambda server, events: server.Raw([b"HTTP/1.0 200 OK\r\n\r\n", accepted(events)]),
    "chunked": lambda server, events: server.Raw(
        [
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"%x\r\n%b\r\n0\r\n\r\n" % (len(accepted(events)), accepted(events)),
        ]
    ),
    "a thousand headers": lambda server, events: server.Raw(
        [head(len(accepted(events)), *(f"X-{i}: {i}" for i in range(1000))), accepted(events)]
    ),
    "no Date, odd headers": lambda server, events: server.Raw(
        [head(len(accepted(events)), "Date: soon", "X-App-Usage: {", "Retry-After: inf"), accepted(events)]
    ),
    "a byte order mark": lambda server, events: server.Raw(
        [head(len(accepted(events)) + 3), b"\xef\xbb\xbf" + accepted(events)]
    ),
}


@pytest.mark.parametrize("name", RAW)
def test_an_odd_but_good_answer_is_read(shop, meta, name):
    """An answer that is correct in an unusual way is an acceptance like any other."""
    shop.fill([make_row(i) for i in range(5)])

    def script(events, dataset, number):
        meta.store(events)
        return RAW[name](server, events)

    meta.script = script
    result = shop.send()
    assert (result.code, result.json["accepted"], result.json["requests"]) == (0, 5, 1)


BAD = {
    "endless": ("not_meta", lambda server, events: server.Raw(chain([head(10**12)], repeat(b" " * 65536)), 0.002)),
    "a gzip bomb": (
        "not_meta",
        lambda server, events: server.Raw([head(len(bomb(events)), "Content-Encoding: gzip"), bomb(events)]),
    ),
    "a header of a megabyte": (
        "no_answer",
        lambda server, events: server.Raw([head(2, "X-Long: " + "x" * 1_000_000), b"{}"]),
    ),
    "no HTTP at all": ("no_answer", lambda server, events: server.Raw([b"220 smtp.example.com ESMTP\r\n"])),
    "bytes that are no text": ("not_meta", lambda server, events: (200, b'{"events_received": \xff\xfe}')),
    "NaN": ("mismatch", lambda server, events: (200, b'{"events_received": NaN}')),
    "too many": ("mismatch", lambda server, events: (200, {"events_received": len(events) + 1})),
    "207": ("not_meta", lambda server, events: (207, b"<multistatus/>")),
    "226": ("not_meta", lambda server, events: (226, b"")),
    "nothing": ("no_answer", lambda server, events: server.Raw([])),
}


@pytest.mark.parametrize("name", BAD)
def test_an_answer_that_cannot_be_right_is_no_acceptance(shop, meta, name):
    """An answer that is not an acceptance leaves the outcome unknown: the events are sent again with the same bytes, and counted once."""
    shop.fill([make_row(i) for i in range(5)])
    reason, answer = BAD[name]

    def script(events, dataset, number):
        meta.store(events)
        return answer(server, events) if number == 1 else None

    meta.script = script
    result = shop.send("--deadline", "10")
    assert (result.code, result.json["accepted"], result.json["requests"]) == (0, 5, 2)
    assert meta.posts[0]["raw"] == meta.posts[1]["raw"]
    with closing(sqlite3.connect(shop.ledger)) as ledger:
        assert ledger.execute("select reason from attempts").fetchall() == [(reason,), ("accepted",)]


def test_the_deadline_covers_an_answer_that_drips(shop, meta):
    """A server that sends a byte now and then cannot keep a request beyond its total deadline."""
    shop.fill([make_row(i) for i in range(5)])

    def script(events, dataset, number):
        meta.store(events)
        if number == 1:  # every byte in time for a read time-out, all of them in 6 seconds
            text = head(len(accepted(events))) + accepted(events)
            return server.Raw([text[i : i + 1] for i in range(len(text))], 6 / len(text))
        return None

    meta.script = script
    start = time.monotonic()
    result = shop.send("--deadline", "0.6")
    assert (result.code, result.json["accepted"], result.json["requests"]) == (0, 5, 2)
    assert time.monotonic() - start < 5


def reply_of(url, deadline=5.0):
    """What the wire makes of a request to `url`: the fault, or the status."""
    graph = Graph(url, "v26.0", deadline, 1)
    try:
        graph.post(1, "1", b'{"data":[]}', Token("TESTSECRETtoken"))
        reply = graph.wait(30)[1]
    finally:
        graph.close()
    return reply.fault or reply.status


def test_waiting_for_an_answer_ends_however_short_it_is():
    """A pause of a millionth of a second ends, even right after an answer (Python's SimpleQueue.get hangs then)."""
    graph = Graph("http://127.0.0.1:9", "v26.0", 1, 1)
    seen: list[Any] = []

    def work():
        for _ in range(30_000):
            graph.wake()
            seen.extend((graph.wait(1e-7), graph.wait(1e-7)))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    graph.close()
    assert [reply is None for reply in seen] == [False, True] * 30_000


def test_a_name_that_cannot_be_resolved_is_the_network(monkeypatch):
    """Without a name server nothing was sent, so nothing may have been accepted."""

    def fail(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert reply_of("https://graph.facebook.com") == "connect"


def test_a_connection_that_hangs_is_the_network():
    """A server that does not take the connection has not seen an event."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        fillers = []
        for _ in range(8):  # until the queue is full
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
            fillers.append(filler)
        try:
            assert reply_of(f"http://127.0.0.1:{port}", deadline=1) == "connect"
        finally:
            for filler in fillers:
                filler.close()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    """A certificate authority with server certificates: good, for another name, expired; and a self-signed one."""
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl command to make certificates with")
    folder = tmp_path_factory.mktemp("tls")

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    def authority(name):
        openssl(
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"),
            *("-keyout", f"{name}.key", "-out", f"{name}.pem"),
        )

    def server(name, issuer, subject, *dates):
        (folder / f"{name}.cnf").write_text(f"subjectAltName={subject}\n")
        openssl(
            *("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}"),
            *("-keyout", f"{name}.key", "-out", f"{name}.csr"),
        )
        (folder / "index.txt").write_text("")
        (folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n"
            "rand_serial=yes\n[p]\ncommonName=supplied\n"
        )
        openssl(
            *("ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", f"{issuer}.pem", "-keyfile", f"{issuer}.key"),
            *("-in", f"{name}.csr", "-out", f"{name}.pem", "-extfile", f"{name}.cnf", *(dates or ("-days", "2"))),
        )

    authority("trusted")
    authority("stranger")
    server("good", "trusted", "IP:127.0.0.1")
    server("wrong name", "trusted", "DNS:graph.facebook.com")
    server("expired", "trusted", "IP:127.0.0.1", "-startdate", "200101000000Z", "-enddate", "200201000000Z")
    server("self-signed", "stranger", "IP:127.0.0.1")
    return folder


@pytest.fixture
def tls(certificates):
    """Starts an endpoint with one of the certificates."""
    started = []

    def start(name):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates / f"{name}.pem", certificates / f"{name}.key")
        started.append(server.Meta(context))
        return started[-1]

    yield start
    for endpoint in started:
        endpoint.close()


@pytest.mark.parametrize(
    ("name", "result"), [("good", 200), ("wrong name", "tls"), ("expired", "tls"), ("self-signed", "tls")]
)
def test_only_a_trusted_certificate_gets_the_token(certificates, tls, monkeypatch, name, result):
    """A certificate that is self-signed, expired or for another host stops the request before a byte of it."""
    monkeypatch.setattr("certifi.where", lambda: str(certificates / "trusted.pem"))
    endpoint = tls(name)
    assert reply_of(endpoint.url) == result
    assert len(endpoint.posts) == (result == 200)


def test_an_untrusted_certificate_stops_the_run(shop, tls, certificates):
    """A server whose certificate is not trusted gets nothing; no variable of the environment changes that."""
    shop.fill([make_row(i) for i in range(5)])
    endpoint = tls("self-signed")
    result = shop.send("--graph-url", endpoint.url, SSL_CERT_FILE=str(certificates / "stranger.pem"))
    assert (result.code, result.json["pending"], result.json["stopped"]) == (2, 5, "tls")
    assert "certificate" in result.err
    assert endpoint.requests == 0


def test_a_redirect_is_not_followed(shop, meta):
    """A redirect to another host stops the run, and that host hears nothing."""
    shop.fill([make_row(i) for i in range(5)])
    other = server.Meta()
    meta.script = lambda events, dataset, number: (307, b"", {"Location": f"{other.url}/v26.0/1/events"})
    result = shop.send()
    other.close()
    assert (result.code, result.json["pending"], result.json["stopped"]) == (2, 5, "redirect")
    assert other.requests == 0


def test_the_environment_configures_no_proxy_and_no_login(shop, meta):
    """Proxies, certificate files and logins of the environment are ignored."""
    shop.fill([make_row(i) for i in range(5)])
    proxy = server.Meta()
    netrc = shop.folder / ".netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    netrc.chmod(0o600)
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
    result = shop.send(
        **dict.fromkeys(names, proxy.url), HOME=str(shop.folder), NETRC=str(netrc), SSL_CERT_FILE="/nowhere"
    )
    proxy.close()
    assert (result.code, result.json["accepted"]) == (0, 5)
    assert meta.posts[0]["headers"]["Authorization"] == "Bearer TESTSECRETtoken"
    assert proxy.requests == 0


@pytest.mark.parametrize(("workers", "size"), [(1, 20), (2, 20), (8, 1)])
def test_connections_that_the_server_closes_between_requests(shop, meta, workers, size):
    """A server that drops every kept-alive connection without notice costs at most one repeat per connection, and holds up nothing."""
    shop.fill([make_row(i) for i in range(100 * min(size, 4))])
    meta.linger = False
    result = shop.send("--batch-size", str(size), "--workers", str(workers))
    assert (result.code, result.json["accepted"]) == (0, len(meta.counted))
    assert 1 <= meta.requests - len(meta.posts) <= workers
    assert set(meta.sizes()) == {size}
    assert set(meta.times.values()) == {1}


@pytest.mark.parametrize("failure", [server.CUT, (500, error(1))])
def test_an_event_that_always_fails_holds_up_no_other_and_is_held_by_nobody(shop, meta, failure):
    """Whether Meta has it is unknown, and Meta still recognises a repeat: after four tries it is left to the next run."""
    shop.fill([make_row(i, age=90_000 - i) for i in range(60)])
    meta.script = lambda events, dataset, number: (
        failure if events[0]["custom_data"]["order_id"] == "order-30" else None
    )
    result = shop.send("--batch-size", "1")
    assert (result.code, result.json["accepted"], result.json["pending"], result.json["stopped"]) == (1, 59, 1, None)
    assert result.json["requests"] == 59 + 4
    meta.script = lambda events, dataset, number: None
    again = shop.send(**LATER)
    assert (again.code, again.json["accepted"], len(meta.counted)) == (0, 1, 60)
    assert set(meta.times.values()) == {1}


def test_a_server_that_fails_for_the_last_event_is_waited_for(shop, meta):
    """A minute of failures after the first acceptance is the server's, not the event's."""
    shop.fill([make_row(i) for i in range(51)])
    meta.script = lambda events, dataset, number: server.CUT if 1 < number < 8 else None
    result = shop.send("--max-wait", "7200", OFFLINE_CAPI_TEST_SLEEP_SCALE="0.001")
    assert (result.code, result.json["accepted"], result.json["requests"]) == (0, 51, 8)


def test_a_pause_that_was_asked_for_stops_every_worker(shop, meta):
    """After `Retry-After: 1` nobody posts for a second, however many workers there are."""
    shop.fill([make_row(i) for i in range(400)])
    throttled = []

    def script(events, dataset, number):
        if number == 6:
            throttled.append(time.monotonic())
            return 429, error(4), {"Retry-After": "1"}
        time.sleep(0.02)
        return None

    meta.script = script
    result = shop.send("--batch-size", "20", "--workers", "4", OFFLINE_CAPI_TEST_SLEEP_SCALE="1")
    assert (result.code, result.json["accepted"]) == (0, 400)
    after = [post["at"] - throttled[0] for post in meta.posts if post["at"] > throttled[0]]
    assert not [gap for gap in after if 0.3 < gap < 0.95]  # what was in flight may still arrive at first
    assert [gap for gap in after if gap >= 0.95]


def test_a_kill_during_a_pause_does_not_end_the_pause(shop, meta):
    """If it is killed while it waits as Meta asked, the next run does not post before the pause is over either."""
    shop.fill([make_row(i) for i in range(20)])
    usage = {"X-Business-Use-Case-Usage": json.dumps({"1": [{"estimated_time_to_regain_access": 3}]})}
    meta.script = lambda events, dataset, number: (400, error(80004), usage)
    process = shop.start("send", "--max-wait", "3600", OFFLINE_CAPI_TEST_SLEEP_SCALE="1")
    ledger = sqlite3.connect(shop.ledger, timeout=10)
    end = time.monotonic() + 20
    while not ledger.execute("select 1 from pauses join attempts on ended_at is not null").fetchone():
        assert time.monotonic() < end, "no pause was written down"
        time.sleep(0.02)
    ledger.close()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    meta.script = lambda events, dataset, number: None
    early = shop.send()
    assert (early.json["requests"], early.json["stopped"], len(meta.posts)) == (0, "throttled", 1)
    assert shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET="200").json["accepted"] == 20


def test_ten_minutes_of_failures_are_waited_out(shop, meta):
    """A server that fails for a long time costs time and few requests, then everything is delivered."""
    shop.fill([make_row(i) for i in range(60)])
    meta.script = lambda events, dataset, number: (500, error(2)) if number <= 12 else None
    result = shop.send("--max-wait", "7200", OFFLINE_CAPI_TEST_SLEEP_SCALE="0.0001")
    assert (result.code, result.json["accepted"]) == (0, 60)
    assert result.json["requests"] <= 12 + 3
    with closing(sqlite3.connect(shop.ledger)) as ledger:
        (waited,) = ledger.execute("select max(started_at) - min(started_at) from attempts").fetchone()
    assert waited > 40, "pauses that do not grow are 24 s at most; these are 12 minutes on average"


def test_failures_without_end_end_the_run_within_its_budget(shop, meta):
    """A server that always fails is asked at most 51 times; every row is still there for the next run."""
    shop.fill([make_row(i) for i in range(60)])
    meta.script = lambda events, dataset, number: (500, error(2))
    result = shop.send("--max-wait", "1e9", OFFLINE_CAPI_TEST_SLEEP_SCALE="0.0001")
    assert (result.code, result.json["pending"], result.json["stopped"]) == (1, 60, "unavailable")
    assert 10 < result.json["requests"] <= 51


def test_a_token_that_expires_in_the_middle_of_a_run(shop, meta):
    """A token refused during a run costs at most one request per worker, and sets nothing aside."""
    shop.fill([make_row(i) for i in range(500)])
    meta.script = lambda events, dataset, number: (401, error(190, 463)) if number >= 6 else None
    result = shop.send("--batch-size", "20", "--workers", "4")
    assert (result.code, result.json["stopped"], result.json["rejected"], result.json["held"]) == (2, "token", 0, 0)
    assert len(meta.posts) <= 5 + 4
    meta.script = lambda events, dataset, number: None
    assert shop.send().json["accepted"] == result.json["pending"]
    assert set(meta.times.values()) == {1}


@pytest.mark.parametrize(
    ("code", "subcode", "reason"),
    [(200, None, "permission"), (10, None, "permission"), (100, 33, "dataset"), (803, None, "dataset")],
)
def test_permission_and_dataset_errors_cost_one_small_request(shop, meta, code, subcode, reason):
    """Without permission, or for a dataset that does not exist, a run stops after one request of at most 50 events."""
    shop.fill([make_row(i) for i in range(200)])
    meta.script = lambda events, dataset, number: (400, error(code, subcode))
    result = shop.send()
    assert (result.code, result.json["stopped"], result.json["pending"]) == (2, reason, 200)
    assert meta.sizes() == [50]


@pytest.mark.parametrize(("seconds", "stopped"), [(3 * 3600, "clock"), (-3 * 3600, "clock"), (300, None), (30, None)])
def test_a_clock_that_differs_from_the_servers(shop, meta, seconds, stopped):
    """More than 15 minutes off Meta's clock stop the run, more than 2 give a warning; what was accepted stays so."""
    shop.fill([make_row(i) for i in range(120)])

    def script(events, dataset, number):
        meta.store(events)
        return 200, {"events_received": len(events)}, {"Date": formatdate(time.time() - seconds, usegmt=True)}

    meta.script = script
    result = shop.send()
    assert result.json["stopped"] == stopped
    assert (result.code, result.json["accepted"]) == ((2, 50) if stopped else (0, 120))
    assert ("clock" in result.err) == (abs(seconds) > 120)
    assert result.err.count("clock differs") == (seconds == 300)


@pytest.mark.parametrize("answer", [None, (401, error(190)), (503, b"")])
def test_a_clock_that_was_ahead_does_not_lock_the_ledger(shop, meta, answer):
    """Once the clock is correct the next run goes on: what was accepted stays so; of what may have arrived nobody knows when."""
    shop.fill([make_row(i) for i in range(60)])

    def script(events, dataset, number):
        status, body = answer or (200, {"events_received": len(events)})
        meta.store(events)
        return status, body, {"Date": formatdate(time.time() - 3 * 86_400, usegmt=True)}

    meta.script = script
    ahead = shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET="259200")
    assert (ahead.code, ahead.json["stopped"]) == (2, "clock")
    meta.script = lambda events, dataset, number: None
    result = shop.send()
    expected = {"accepted": 60 - ahead.json["accepted"], "held": 0}
    if answer and answer[0] == 503:
        expected = {"accepted": 10, "held": 50}
    assert {name: result.json[name] for name in expected} == expected
    assert set(meta.times.values()) == {1}


def test_a_failing_server_may_ask_for_a_pause(shop, meta):
    """`Retry-After` counts with 503 as with 429, and outlives the run."""
    shop.fill([make_row(i) for i in range(20)])
    meta.script = lambda events, dataset, number: (503, b"", {"Retry-After": "600"})
    first = shop.send()
    assert (first.code, first.json["requests"], first.json["stopped"]) == (1, 1, "unavailable")
    meta.script = lambda events, dataset, number: None
    assert shop.send().json["requests"] == 0
    assert shop.send(OFFLINE_CAPI_TEST_NOW_OFFSET="700").json["accepted"] == 20


def test_messages_of_an_accepted_request_are_told(shop, meta):
    """Meta's messages about events that it took are counted and reported with the trace id, but never their text."""
    shop.fill([make_row(i) for i in range(5)])
    answer = {"events_received": 5, "messages": ["jo@example.com looks odd"], "fbtrace_id": "Atrace"}
    meta.script = lambda events, dataset, number: (200, answer)
    result = shop.send()
    assert (result.code, result.json["accepted"]) == (0, 5)
    assert "1 messages (trace Atrace)" in result.err
    assert "jo@example.com" not in result.err


def test_what_a_server_says_is_stored_and_shown_nowhere(shop, meta):
    """Error texts may repeat a payload or a token: codes are kept, never texts."""
    shop.fill([make_row(i) for i in range(20)])
    meta.script = lambda events, dataset, number: (
        400,
        error(
            100,
            2804050,
            message="CANARY jo@example.com " + json.dumps(events[0]),
            error_user_msg="CANARY",
            fbtrace_id="At\x1b[2J@.x",
        ),
    )
    outcome = shop.send()
    seen = outcome.out + outcome.err + shop.run("status").out + shop.run("status", "--json").out
    assert "CANARY" not in seen
    assert "jo@example.com" not in seen
    for path in (shop.folder / ".offline-capi").iterdir():
        assert b"CANARY" not in path.read_bytes()
        assert b"\x1b[2J" not in path.read_bytes()  # a trace id is only letters and digits, whatever comes as one
    assert "\x1b[2J" not in seen


def test_an_event_that_meta_finds_too_old_is_expired(shop, meta):
    """An event beyond Meta's own age limit ends as expired, alone, whatever age the models allow."""
    shop.fill([make_row(i) for i in range(20)])

    def script(events, dataset, number):
        old = any(event["custom_data"]["order_id"] == "order-7" for event in events)
        return (400, error(100, 2804003)) if old else None

    meta.script = script
    result = shop.send()
    assert (result.code, result.json["accepted"], result.json["expired"]) == (1, 19, 1)
    assert shop.states()["order-7"] == ("expired", "too_old")


def test_dirt_failures_and_throttling_at_once(shop, meta):
    """1,000 events, 2% of them bad, every tenth answer a failure, every fiftieth a throttle: a few runs deliver all."""
    shop.fill([make_row(i, age=90_000 - i) for i in range(1000)])
    meta.bad = lambda event: int(event["custom_data"]["order_id"][6:]) % 50 == 7

    def script(events, dataset, number):
        if number % 50 == 0:
            return 400, error(17)
        return (503, b"") if number % 10 == 0 else None

    meta.script = script
    for _ in range(3):
        last = shop.send("--workers", "1", OFFLINE_CAPI_TEST_SLEEP_SCALE="0.001").json
        if not last["pending"]:
            break
        assert last["stopped"] == "unavailable"
    states = [state for state, _ in shop.states().values()]
    assert (last["pending"], states.count("accepted"), states.count("rejected")) == (0, 980, 20)
    bodies = [post["raw"] for post in meta.posts]
    assert len(bodies) > 100
    assert all(
        bodies[n - 1] in bodies[n:] for n in range(50, len(bodies), 50)
    )  # a throttle blames no event, so nothing is split
    assert set(meta.times.values()) == {1}
