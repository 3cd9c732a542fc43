"""Runs an emulator on a socket until it is stopped."""

import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.requests import Request

from .app import application
from .edge import Emulator


def serve(emulator: Emulator, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Listens on host and port (0: any free one), calls `ready` with the address, and returns after SIGINT or SIGTERM.

    Raises OSError when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # If the protocol is named, asyncio turns Nagle's algorithm off; otherwise each answer waits 40 ms for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(128)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    config = uvicorn.Config(
        application(emulator, host), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)

    def abort(request: Request) -> None:
        # ASGI has no way to cut a connection; uvicorn's own list of connections has.
        for connection in list(server.server_state.connections):
            if (
                getattr(connection, "client", None) == (request.client.host, request.client.port)
                if request.client
                else False
            ):
                connection.transport.abort()

    emulator.abort = abort
    address = f"[{host}]" if family == socket.AF_INET6 else host
    ready(f"http://{address}:{listener.getsockname()[1]}")
    # uvicorn ends cleanly on SIGTERM and then raises it again; but being stopped is no failure.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
