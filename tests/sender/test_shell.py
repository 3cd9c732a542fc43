"""The command in a shell: Tab completes it, and NO_COLOR removes its colours."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sender.shop import make_row

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(("typed", "completed"), [("offline-capi se", "send"), ("offline-capi send --lim", "--limit")])
def test_tab_completes_commands_and_options_in_bash(typed, completed):
    asks = f"""
        eval "$(_OFFLINE_CAPI_COMPLETE=bash_source offline-capi)"
        COMP_WORDS=({typed}) COMP_CWORD={typed.count(" ")}
        _offline_capi_completion offline-capi
        echo "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", asks], env={"PATH": f"{BIN}:{os.environ['PATH']}"}, capture_output=True, text=True)  # fmt: skip

    assert (done.stdout, done.stderr) == (f"{completed}\n", "")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_there_is_a_completion_for_other_shells(shell):
    environment = {"_OFFLINE_CAPI_COMPLETE": f"{shell}_source", "PATH": os.environ["PATH"]}
    done = subprocess.run([BIN / "offline-capi"], env=environment, capture_output=True, text=True)

    assert done.returncode == 0
    assert f"{shell}_complete" in done.stdout


def on_a_terminal(shop, *arguments, **variables):
    """Everything that the command writes to a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "sender", *arguments], cwd=shop.folder, env=shop.environ(**variables), stdout=theirs, stderr=theirs
    )  # fmt: skip
    os.close(theirs)
    parts = []
    try:
        while part := os.read(ours, 65536):
            parts.append(part)
    except OSError:  # how Linux reports that the other end is closed
        pass
    process.wait()
    os.close(ours)
    return b"".join(parts).decode()


def test_no_color_takes_the_colours_away(shop):
    shop.fill([make_row(1)])
    shop.send()

    assert "\x1b[36m" in on_a_terminal(shop, "explain", "order-1")
    assert "\x1b" not in on_a_terminal(shop, "explain", "order-1", NO_COLOR="1")


@pytest.mark.parametrize(
    ("streams", "code", "lines"), [("2>&-", 0, 0), (">&-", 0, 0), ("<&- >&- 2>&-", 0, 0), ("> /dev/full", 2, 1)]
)
def test_a_scheduler_may_close_the_streams_of_a_send(shop, meta, streams, code, lines):
    """All is sent. Only what should be written and cannot be is an error, of one line."""
    shop.fill([make_row(i) for i in range(5)])
    command = f'"{sys.executable}" -m sender send --json {streams}'
    done = subprocess.run(["bash", "-c", command], cwd=shop.folder, env=shop.environ(), capture_output=True, text=True)

    assert (done.returncode, len(done.stderr.splitlines())) == (code, lines), done.stderr
    assert len(meta.counted) == 5
    assert shop.send().json["already_known"] == 5


def test_a_python_without_docstrings_sends_too(shop, meta):
    """PYTHONOPTIMIZE=2, as some container images set it."""
    shop.fill([make_row(1)])

    assert shop.cold("send", PYTHONOPTIMIZE="2").code == 0
    assert len(meta.counted) == 1
