"""Real parts for the sender's tests: a real DuckDB file, the real command in a process, a real socket."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sender.commands.init import init
from sender.config.settings import Settings
from tests.sender.server import Meta
from tests.sender.shop import Forker, Shop


@pytest.fixture
def meta() -> Iterator[Meta]:
    endpoint = Meta()
    yield endpoint
    endpoint.close()


@pytest.fixture(scope="session")
def forker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forker]:
    made = Forker(tmp_path_factory.mktemp("forked"))
    yield made
    made.close()


@pytest.fixture
def shop(tmp_path: Path, meta: Meta, forker: Forker) -> Shop:
    """A shop with a ledger and an empty table. (Creating the ledger in this process saves half a second per test.)"""
    made = Shop(tmp_path, meta.url, forker)
    made.fill([])
    umask = os.umask(0o077)
    init(Settings(ledger=made.ledger))
    os.umask(umask)
    return made
