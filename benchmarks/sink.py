"""A Conversions API endpoint that does as little as possible: it counts the events in a body and says that it took them.

    python benchmarks/sink.py <seconds per answer> <log>

Prints its port. Writes a line to the log for each request: when its body had arrived, when it was answered, its events.
Raw sockets, one thread per connection; nothing is parsed, so that a benchmark does not measure the sink.
"""

import socket
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

ANSWER = b'{"events_received":%d,"messages":[],"fbtrace_id":"A"}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


def serve(connection: socket.socket, delay: float, log: TextIO) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    stream = connection.makefile("rb")
    while True:
        length = 0
        while (line := stream.readline()) not in (b"\r\n", b""):
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
        if not length:
            return
        body = stream.read(length)
        began = time.monotonic()
        time.sleep(delay)
        events = body.count(b'"event_name"')
        answer = ANSWER % events
        connection.sendall(HEAD % len(answer) + answer)
        log.write(f"{began} {time.monotonic()} {events}\n")


def main(delay: float, log: Path) -> None:
    with log.open("w", buffering=1) as lines, socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=serve, args=(connection, delay, lines), daemon=True).start()


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]))
