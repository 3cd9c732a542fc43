"""The wire: POST bytes and read the answer within one total deadline. The only module that knows httpx.

    POST {graph_url}/{api_version}/{dataset_id}/events      Authorization: Bearer <token>
    {"data":[<events>], "upload_tag": ..., "appsecret_proof": ...}

The token goes in the header: this was seen live on v26.0, httpx's repr masks it, and the body then holds nothing but
events, so what was sent can be compared byte for byte. The token is never in a URL, which httpx and proxies log. No
redirect is followed, nothing is retried here, and no proxy, certificate or .netrc is taken from the environment. The
answer is cut at 256 KB.

Some servers and proxies drop a kept-alive connection when it is used again. So after the first request that was lost on one,
no connection carries a second request: a repeat cannot be lost for the same reason.

An event loop in one thread carries all requests: only there does the deadline cover everything, including a server
that drips headers.
"""

import asyncio
import logging
import os
import queue
import select
import ssl
import threading
import time
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import httpx

from sender.config.settings import dataset_id as checked_id
from sender.config.tokens import Token
from sender.meta.answers import Reply

REPLY_LIMIT = 256 * 1024
# What may be read about a dataset: the path below the version.
READS = {"node": "{}", "uploads": "{}/offline_event_uploads", "quality": "dataset_quality"}


class Graph:
    def __init__(self, url: str, version: str, deadline: float, workers: int) -> None:
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.base = f"{url}/{version}"
        # One byte in the pipe per reply: SimpleQueue.get with a timeout may wait forever (CPython 3.11), and
        # Queue.put may not be called from a signal handler.
        self.done: queue.SimpleQueue[tuple[int, Reply]] = queue.SimpleQueue()
        self.bell, self.rope = os.pipe()
        os.environ.pop("SSLKEYLOGFILE", None)  # with the session keys, a recorded connection can be read, token and all
        self.trusted = httpx.create_ssl_context(trust_env=False)
        self.deadline, self.workers = deadline, workers
        self.clients = [self.client(keep=workers)]  # the last one is in use
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="wire", daemon=True)
        self.thread.start()

    def post(self, ticket: int, dataset_id: str, body: bytes, token: Token) -> None:
        """Start a POST; its reply comes out of `wait` under the same ticket (a number above 0)."""
        request = self.clients[-1].build_request(
            "POST",
            f"{self.base}/{checked_id(dataset_id)}/events",
            content=body,
            headers={**self.headers(token), "Content-Type": "application/json"},
        )

        async def carry() -> None:
            self.ring(ticket, await self.carry(request))

        self.spawn(carry())

    def get(self, dataset_id: str, params: dict[str, str], token: Token, what: str = "node") -> Reply:
        """One small GET from READS, waited for. Its URL holds no secret but the proof, which is useless without the token."""
        dataset_id = checked_id(dataset_id)
        if what == "quality":
            params = {**params, "dataset_id": dataset_id}
        if proof := token.proof():
            params = {**params, "appsecret_proof": proof}
        address = f"{self.base}/{READS[what].format(dataset_id)}"
        request = self.clients[-1].build_request("GET", address, params=params, headers=self.headers(token))
        return asyncio.run_coroutine_threadsafe(self.carry(request), self.loop).result()

    def wait(self, seconds: float | None) -> tuple[int, Reply] | None:
        """The next reply, or None after `seconds`. Ticket 0 means that `wake` was called."""
        if not select.select([self.bell], [], [], seconds)[0]:
            return None
        os.read(self.bell, 1)
        return self.done.get()

    def wake(self) -> None:
        """Make `wait` return; may be called from a signal handler."""
        self.ring(0, Reply())

    def ring(self, ticket: int, reply: Reply) -> None:
        self.done.put((ticket, reply))
        os.write(self.rope, b".")

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self.finish(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
        os.close(self.rope)
        os.close(self.bell)

    async def finish(self) -> None:
        """Drop what is still in flight: the committed attempts say what that was."""
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for client in self.clients:
            await client.aclose()

    def client(self, keep: int) -> httpx.AsyncClient:
        """It keeps `keep` idle connections."""
        limits = httpx.Limits(max_connections=self.workers, max_keepalive_connections=keep, keepalive_expiry=10)
        connect = min(5.0, self.deadline / 2)  # before the deadline: nothing was sent
        timeout = httpx.Timeout(self.deadline, connect=connect)
        return httpx.AsyncClient(
            verify=self.trusted, timeout=timeout, limits=limits, trust_env=False, follow_redirects=False
        )

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self.loop)

    def headers(self, token: Token) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {token.reveal()}",
            "Accept-Encoding": "identity",  # a small answer needs no compression, and so cannot be a zip bomb
            "User-Agent": "offline-capi",
        }

    async def carry(self, request: httpx.Request) -> Reply:
        start = time.monotonic()
        connected = False

        async def watch(event: str, _: object) -> None:
            nonlocal connected
            connected = connected or event == "connection.connect_tcp.started"

        request.extensions["trace"] = watch
        try:
            async with asyncio.timeout(self.deadline):
                reply = await self.exchange(request)
        except TimeoutError:
            reply = Reply(fault="deadline")
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            reply = Reply(fault="tls" if caused_by_tls(error) else "connect")
        except Exception:  # whatever else went wrong, the server may have taken the events
            reply = Reply(fault="lost")
        if reply.fault in ("lost", "deadline") and not connected and len(self.clients) == 1:
            self.clients.append(self.client(keep=0))
        return replace(reply, seconds=time.monotonic() - start)

    async def exchange(self, request: httpx.Request) -> Reply:
        response = await self.clients[-1].send(request, stream=True)
        try:
            body = bytearray()
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > REPLY_LIMIT:
                    return Reply(response.status_code, fault="too_long")
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, headers, bytes(body))
        finally:
            await response.aclose()


def caused_by_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
