"""A small Conversions API endpoint on a real socket, scripted by the test.

`counted` has each different event it accepted, `copies` how often each was accepted, `times` how often Meta
would have counted it (a repeat counts again after 7 days of `now`); `posts` has each request whose body was read.
"""

import json
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Events = list[dict[str, Any]]
CUT: Any = "close the connection without an answer"
Answer = tuple[int, Any] | tuple[int, Any, dict[str, str]]
WEEK = 7 * 86_400


@dataclass(frozen=True)
class Raw:
    """An answer in pieces: each piece after a pause, then the connection is closed."""

    pieces: Iterable[bytes]
    pause: float = 0.0


def error(code: int, subcode: int | None = None, **more: Any) -> dict[str, Any]:
    fields = {"message": "nein", "type": "OAuthException", "code": code, "fbtrace_id": "Aerror", **more}
    return {"error": {**fields, "error_subcode": subcode} if subcode else fields}


def taken(n: int) -> bytes:
    return json.dumps({"events_received": n, "messages": [], "fbtrace_id": "Ataken"}).encode()


def head(length: int, *more: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {length}", *more, "", ""]).encode()


def key(event: dict[str, Any]) -> str:
    """What Meta uses to tell the events of a dataset apart."""
    return json.dumps([event["event_time"], event["event_name"], event["custom_data"]["order_id"]])


# What may go wrong during a request; each is consumed by one request, see Meta.faults.
EARLY = ("cut before the body is read", "cut in the body")
LATE: dict[str, Callable[["Meta", Events], Any]] = {
    "cut after the body": lambda meta, events: CUT,
    "cut after storing": lambda meta, events: (meta.take(events), CUT)[1],
    "cut in the answer": lambda meta, events: (
        meta.take(events),
        Raw([head(len(taken(len(events)))), taken(len(events))[:20]]),
    )[1],
    "500 instead of storing": lambda meta, events: (500, error(2)),
    "503 after storing": lambda meta, events: (meta.take(events), (503, b"<html>oops</html>"))[1],
    "throttled": lambda meta, events: (400, error(80004)),
    "a page instead": lambda meta, events: (200, b"<html>login</html>"),
    "a page after storing": lambda meta, events: (meta.take(events), (200, b"<html>login</html>"))[1],
    "one too few": lambda meta, events: (200, {"events_received": len(events) - 1}),
    "one too few after storing": lambda meta, events: (
        meta.take(events),
        (200, {"events_received": len(events) - 1}),
    )[1],
    "unknown code": lambda meta, events: (400, error(987654)),
    "token refused": lambda meta, events: (401, error(190)),
    "too large": lambda meta, events: (413, b"") if len(events) > 1 else None,
    "wrong event blamed": lambda meta, events: (
        (400, error(100, 2804050, error_data={"event_index": 0})) if any(map(meta.bad, events)) else None
    ),
}


class Threads(ThreadingHTTPServer):
    """Knows whether a connection is still being handled."""

    busy = 0

    def process_request(self, request: Any, client_address: Any) -> None:
        with lock:
            self.busy += 1
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with lock:
                self.busy -= 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is killed or gives up is not worth a message."""


lock = threading.Lock()


class Meta:
    """`script(events, dataset_id, number)` may return another answer; `bad(event)` makes a request fail.

    `faults` are used one per request: names from EARLY or LATE, or None for no fault.
    `witness(body)` is called when a whole body has arrived, before anything else is done with it.
    """

    def __init__(self, context: Any = None) -> None:
        self.posts: list[dict[str, Any]] = []
        self.counted: dict[str, Any] = {}
        self.copies: Counter[str] = Counter()
        self.times: Counter[str] = Counter()
        self.last: dict[str, float] = {}
        self.faults: Iterator[str | None] = iter(())
        self.seen_faults: Counter[str] = Counter()
        self.requests = 0  # also those whose body was not read
        self.reads: list[str] = []  # the addresses of GET requests, below the host
        self.now: Callable[[], float] = time.time
        self.witness: Callable[[bytes], None] = lambda body: None
        self.linger = True  # False: close each connection after its first answer, unannounced
        self.script: Callable[[Events, str, int], Answer | None] = lambda events, dataset, number: None
        self.bad: Callable[[dict[str, Any]], bool] = lambda event: False
        self.node: Answer = (200, {"is_consolidated_container": True, "id": "1234567890"})
        self.lock = threading.Lock()
        self.server = Threads(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        self.scheme = "http"
        if context:
            self.scheme = "https"
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server.server_port}"

    def sizes(self) -> list[int]:
        return [len(post["events"]) for post in self.posts]

    def store(self, events: Events) -> None:
        with self.lock:
            for event in events:
                name, now = key(event), self.now()
                self.counted.setdefault(name, event)  # Meta keeps the first of equal events
                self.copies[name] += 1
                if name not in self.last or now - self.last[name] >= WEEK:
                    self.times[name] += 1
                    self.last[name] = now

    def take(self, events: Events) -> bool:
        """All or nothing: one bad event keeps the others out."""
        good = not any(self.bad(event) for event in events)
        if good:
            self.store(events)
        return good

    def answer(self, events: Events, dataset: str, number: int, fault: str | None = None) -> Any:
        scripted = LATE[fault](self, events) if fault else self.script(events, dataset, number)
        if scripted:
            return scripted
        if not self.take(events):
            return 400, error(100, 2804050)
        return 200, {"events_received": len(events), "messages": [], "fbtrace_id": f"Atrace{number}"}

    def quiet(self) -> None:
        """Wait until nothing is left of a dead client: its connections are handled in order, before ours."""
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)) as last:
            last.request("GET", "/", headers={"Connection": "close"})
            last.getresponse().read()
        end = time.monotonic() + 20
        while self.server.busy and time.monotonic() < end:
            time.sleep(0.001)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def handler(meta) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet
            has_answered = False  # on this connection

            def do_POST(self) -> None:
                with meta.lock:
                    fault = next(meta.faults, None)
                    meta.requests += 1
                    if fault:
                        meta.seen_faults[fault] += 1
                length = int(self.headers["Content-Length"])
                if self.has_answered and not meta.linger:
                    return self.cut()
                if fault in EARLY:
                    self.rfile.read(length // 2 if fault == "cut in the body" else 0)
                    return self.cut()
                raw = self.rfile.read(length)
                if len(raw) < length:
                    return self.cut()
                body = json.loads(raw)
                dataset = self.path.split("/")[2]
                with meta.lock:
                    meta.witness(raw)
                    number = len(meta.posts) + 1
                    post = {
                        "path": self.path,
                        "events": body["data"],
                        "body": body,
                        "raw": raw,
                        "headers": dict(self.headers),
                    }
                    meta.posts.append({**post, "at": time.monotonic()})
                answer = meta.answer(body["data"], dataset, number, fault)
                if answer is CUT:
                    return self.cut()
                if isinstance(answer, Raw):
                    return self.dribble(answer)
                status, content, *headers = answer
                self.reply(status, content, headers[0] if headers else {})
                self.has_answered = True

            def do_GET(self) -> None:
                meta.reads.append(self.path)
                status, content, *headers = meta.node
                self.reply(status, content, headers[0] if headers else {})

            def cut(self) -> None:
                """Reset, not closed normally: what the client still writes or reads fails at once."""
                self.close_connection = True
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                for end in (self.rfile, self.wfile, self.connection):
                    end.close()

            def dribble(self, answer: Raw) -> None:
                self.close_connection = True
                for piece in answer.pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()
                    time.sleep(answer.pause)

            def reply(self, status: int, content: Any, headers: dict[str, str]) -> None:
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response_only(status)
                for name, value in {"Date": self.date_time_string(), **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
                self.wfile.flush()

            def log_message(self, *_: object) -> None:
                pass

        return Handler
