"""A small Conversions API endpoint on a real socket, scripted by the test.

`counted` holds each different event it took, `copies` how often each arrived and was taken; `posts` each request.
"""

import json
import socket
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Events = list[dict[str, Any]]
CUT: Any = "close the connection without an answer"
Answer = tuple[int, Any] | tuple[int, Any, dict[str, str]]


def error(code: int, subcode: int | None = None, **more: Any) -> dict[str, Any]:
    fields = {"message": "nein", "type": "OAuthException", "code": code, "fbtrace_id": "Aerror", **more}
    return {"error": {**fields, "error_subcode": subcode} if subcode else fields}


class Meta:
    """`script(events, dataset_id, number)` may give another answer; `bad(event)` makes a request fail."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.counted: dict[str, Any] = {}
        self.copies: Counter[str] = Counter()
        self.script: Callable[[Events, str, int], Answer | None] = lambda events, dataset, number: None
        self.bad: Callable[[dict[str, Any]], bool] = lambda event: False
        self.node: Answer = (200, {"is_consolidated_container": True, "id": "1234567890"})
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def sizes(self) -> list[int]:
        return [len(post["events"]) for post in self.posts]

    def store(self, events: Events) -> None:
        for event in events:
            key = json.dumps([event["event_time"], event["event_name"], event["custom_data"]["order_id"]])
            self.counted.setdefault(key, event)  # Meta keeps the first of equal events
            self.copies[key] += 1

    def answer(self, events: Events, dataset: str, number: int) -> Answer:
        scripted = self.script(events, dataset, number)
        if scripted:
            return scripted
        if any(self.bad(event) for event in events):
            return 400, error(100, 2804050)
        self.store(events)
        return 200, {"events_received": len(events), "messages": [], "fbtrace_id": f"Atrace{number}"}

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def handler(meta) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                dataset = self.path.split("/")[2]
                with meta.lock:
                    number = len(meta.posts) + 1
                    post = {"path": self.path, "events": body["data"], "body": body, "headers": dict(self.headers)}
                    meta.posts.append(post)
                answer = meta.answer(body["data"], dataset, number)
                if answer is CUT:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                status, content, *headers = answer
                self.reply(status, content, headers[0] if headers else {})

            def do_GET(self) -> None:
                status, content, *headers = meta.node
                self.reply(status, content, headers[0] if headers else {})

            def reply(self, status: int, content: Any, headers: dict[str, str]) -> None:
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
