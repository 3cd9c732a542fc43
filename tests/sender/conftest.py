"""Real parts for the tests of the sender: a real DuckDB file, the real command in a process, a real socket."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sender.commands.init import init
from sender.config.settings import Settings
from tests.sender import server, world
from tests.sender import shop as parts


@pytest.fixture
def meta() -> Iterator[Any]:
    endpoint = server.Meta()
    yield endpoint
    endpoint.close()


@pytest.fixture(scope="session")
def forker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    made = parts.Forker(tmp_path_factory.mktemp("forked"))
    yield made
    made.close()


@pytest.fixture
def shop(tmp_path: Path, meta: Any, forker: Any) -> Any:
    """A shop with a ledger and an empty table. (The ledger is made in this process: it saves half a second a test.)"""
    made = parts.Shop(tmp_path, meta.url, forker)
    made.fill([])
    umask = os.umask(0o077)
    init(Settings(ledger=made.ledger))
    os.umask(umask)
    return made


@pytest.fixture
def make_row() -> Any:
    return parts.row


@pytest.fixture
def error() -> Any:
    return server.error


@pytest.fixture
def cut() -> Any:
    """The answer that is none: the connection is closed."""
    return server.CUT


@pytest.fixture(scope="session", name="server")
def server_module() -> Any:
    return server


@pytest.fixture(scope="session", name="world")
def world_module() -> Any:
    return world
