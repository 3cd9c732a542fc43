"""What the datasets of one run share, and the body of a request."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from sender.clock import Clock
from sender.config.settings import Settings
from sender.config.tokens import Token
from sender.ledger.batches import BODY_SEPARATOR
from sender.ledger.ledger import Ledger
from sender.meta.answers import Reply


class Wire(Protocol):
    def post(self, ticket: int, dataset_id: str, body: bytes, token: Token) -> None: ...
    def wait(self, seconds: float | None) -> tuple[int, Reply] | None: ...


@dataclass
class Run:
    """What the lanes of one run share."""

    settings: Settings
    ledger: Ledger
    wire: Wire
    clock: Clock
    chance: Callable[[], float] = random.random
    say: Callable[[str], None] = print
    progress: Callable[[int], None] = lambda n: None
    requests: int = 0
    allowance: float = float("inf")  # events that --limit still allows
    signal: int = 0
    warned: set[str] = field(default_factory=set)


def envelope(data: bytes, upload_tag: str | None, token: Token) -> bytes:
    """The JSON body: stored event texts joined as they are, never parsed."""
    extra = {"upload_tag": upload_tag, "appsecret_proof": token.proof()}
    tail = "".join(f",{json.dumps(name)}:{json.dumps(value)}" for name, value in extra.items() if value is not None)
    return b"".join([b'{"data":[', data.replace(BODY_SEPARATOR, b","), b"]", tail.encode(), b"}"])
