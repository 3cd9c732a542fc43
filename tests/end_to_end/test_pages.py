"""Follows getting started, going live and scheduling block by block, in one shell, like a reader.

Only what needs the network is different: nothing is installed, the package is this repository, and Meta is the emulator.
"""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INSTALLING = re.compile(r"^(python3 -m venv|\. \.venv/bin/activate|pip install).*\n", re.MULTILINE)
QUERY = '''python - <<'END_OF_QUERY'
import duckdb
with duckdb.connect("shop.duckdb", read_only=True) as warehouse:
    print(*warehouse.execute("""{}""").fetchall(), sep="\\n")
END_OF_QUERY
'''


def script(page: str) -> str:
    """What a reader of a page types, with a mark before each block."""
    lines = []
    for number, (language, text) in enumerate(BLOCK.findall((ROOT / "docs" / page).read_text()), 1):
        assert language in ("shell", "sql", "yaml", ""), f"{page}: a block of {language} is not run"
        lines.append(f"echo '### {page} {number}'\n")
        if language == "shell":
            lines.append(INSTALLING.sub("", text))
        if language == "sql":
            lines += [QUERY.format(statement) for statement in re.findall(r"[^;]+(?=;)", text)]
    return "".join(lines)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Everything that the commands of the three pages print, by page and block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    followed = script("getting_started.md").replace("8000", port).replace("emulator &", f"emulator --port {port} &")
    named = re.compile(r'- git: "<the address of this repository>"\n    revision: v[\d.]+')
    assert named.search(followed)
    followed = named.sub(f"- local: {ROOT}", followed)
    between = f"offline-capi emulator --strict --port {port} & sleep 3; export OFFLINE_CAPI_GRAPH_URL=http://127.0.0.1:{port}\n"
    between += "export OFFLINE_CAPI_PROJECT=$PWD\n"
    whole = f"set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n{followed}{between}"
    whole += script("going_live.md") + script("scheduling.md")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "META_", "OFFLINE_CAPI_"))}
    kept |= {"PATH": f"{BIN}:{kept['PATH']}", "DBT_SEND_ANONYMOUS_USAGE_STATS": "0"}
    done = subprocess.run(["bash", "-c", whole], cwd=tmp_path_factory.mktemp("reader"), env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:]
    parts = re.split(r"^### (\S+ \d+)\n", done.stdout, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def of(said: dict[str, str], page: str) -> str:
    return "".join(text for block, text in said.items() if block.startswith(page))


def test_getting_started_leads_to_an_event_and_tells_the_rest_as_it_is(said):
    text = of(said, "getting_started")

    assert re.findall(r"\| (\d+) +\| \d{4}.*\| (\S+) +\|\n", text) == [("1001", "em,ph"), ("1002", "ph")]
    assert set(re.findall(r"\| (\d+) +\| ([a-z_]+) +\|", text)) == {
        ("1003", "currency_unknown"),
        ("1004", "no_match_keys"),
    }
    assert "('1001', 'accepted', Decimal('49.900'), 'EUR')\n('1002', 'accepted', Decimal('12.000'), 'EUR')" in text


def test_going_live_sends_a_few_and_then_the_rest(said):
    assert re.findall(r"'(100\d)', None.*'(accepted)'", of(said, "going_live")) == [
        ("1001", "accepted"),
        ("1002", "accepted"),
    ]


def test_scheduling_finds_nothing_more_to_do(said):
    text = of(said, "scheduling")

    assert re.findall(r'"accepted": (\d+)', text)[0] == "0"
    assert "\ndelivered\n" in text
    assert "('accepted', 2, " in text
