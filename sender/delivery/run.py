"""What the datasets of one run share."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from sender.clock import Clock
from sender.config.settings import Settings
from sender.config.tokens import Token
from sender.ledger.ledger import Ledger
from sender.meta.answers import Reply


class Wire(Protocol):
    def post(self, ticket: int, dataset_id: str, body: bytes, token: Token) -> None: ...
    def wait(self, seconds: float | None) -> tuple[int, Reply] | None: ...


class Progress:
    """What a run reports its progress to; this one ignores it."""

    def step(self, n: int) -> None:
        """`n` events are settled."""

    def wait(self, seconds: float, why: str) -> None:
        """Nothing is sent for this long."""


@dataclass
class Run:
    settings: Settings
    ledger: Ledger
    wire: Wire
    clock: Clock
    say: Callable[[str], None]
    progress: Progress
    allowance: float = float("inf")  # events that --limit still allows
    chance: Callable[[], float] = random.random
    requests: int = 0
    signal: int = 0
    warned: set[str] = field(default_factory=set)
