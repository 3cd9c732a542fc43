"""Whatever has happened to the ledger and the files beside it, a command works, or says in one line which file is damaged."""

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sender.server import Meta, error
from tests.sender.shop import LATER, Forker, Shop, make_row

FILES = (
    "ledger.sqlite",
    "delivery_state.parquet",
    "ledger.sqlite.spool",
    "sender.lock",
    "meta_says.json",
    "ledger.sqlite-journal",
)
COMMANDS = (["send", "--json"], ["send", "--dry-run"], ["status"], ["status", "--json"], ["report"], ["explain", "order-1"], ["prune"], ["check"],
            ["forget", "--external-id", "x-1"], ["resolve", "--all", "--resend", "--reason", "a test"], ["quality"], ["init", "--adopt"])  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A shop whose ledger has delivered, held, refused and waiting events, and a copy of its files."""
    folder = tmp_path_factory.mktemp("files")
    meta, forker = Meta(), Forker(folder)
    shop = Shop(folder / "shop", meta.url, forker)
    shop.folder.mkdir()
    shop.fill([make_row(number, value=number % 7) for number in range(60)])
    assert shop.run("init").code == 0
    meta.bad = lambda event: event["custom_data"]["value"] == 0
    shop.send()
    shop.run("quality")
    shop.fill([make_row(number, value=1 + number % 7) for number in range(90)])
    meta.script = lambda events, dataset, number: (200, {"events_received": 0})
    shop.send("--max-wait", "1000", "--limit", "20", **LATER)
    meta.script = lambda events, dataset, number: (500, error(2))
    shop.send("--max-wait", "0", OFFLINE_CAPI_TEST_NOW_OFFSET="7200")
    meta.script = lambda events, dataset, number: None
    shutil.copytree(shop.ledger.parent, folder / "kept")
    yield shop, folder / "kept"
    forker.close()
    meta.close()


def run(place, command):
    """Run on what is in the folder now; afterwards the folder is restored."""
    shop, kept = place
    result = shop.run(*command, OFFLINE_CAPI_TEST_NOW_OFFSET="10800")
    shutil.rmtree(shop.ledger.parent)
    shutil.copytree(kept, shop.ledger.parent)
    assert result.code in (0, 1, 2, 3), (result.code, result.err)
    assert "Traceback" not in result.err, result.err


def damaged(data: bytes, at: float, how: str, junk: bytes) -> bytes:
    """A file with one of the faults that disks, editors and copying cause."""
    here = int(at * len(data))
    return {
        "cut": data[:here],
        "overwritten": data[:here] + junk + data[here + len(junk) :],
        "zeroed": data[:here] + bytes(min(4096, len(data) - here)) + data[here + 4096 :],
        "inserted": data[:here] + junk + data[here:],
        "replaced": junk,
        "appended": data + junk,
    }[how]


@settings(max_examples=max(10, settings.default.max_examples // 10))
@given(
    st.sampled_from(FILES),
    st.floats(0, 1),
    st.sampled_from(["cut", "overwritten", "zeroed", "inserted", "replaced", "appended"]),
    st.binary(min_size=1, max_size=40),
    st.sampled_from(COMMANDS),
)
def test_a_damaged_file_is_named_or_does_no_harm(place, name, at, how, junk, command):
    file = place[0].ledger.with_name(name)
    file.write_bytes(damaged(file.read_bytes() if file.exists() else b"", at, how, junk))
    file.chmod(0o600)
    run(place, command)
