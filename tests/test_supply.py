"""Where the code we run comes from: the lock, the names that we tell people to install, and what `make audit` says about them."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from scripts.weaknesses import told

pytestmark = pytest.mark.pure


def test_what_is_known_is_told_with_the_version_that_mends_it():
    clean = {"name": "click", "version": "8.1", "vulns": []}
    weak = {
        "name": "x",
        "version": "1",
        "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"], "aliases": [], "description": ""}],
    }

    assert told(json.dumps({"dependencies": [clean]}), "") == (["1 packages, 0 known vulnerabilities"], 0)
    assert told(json.dumps({"dependencies": [clean, weak]}), "found some") == (
        ["x 1: PYSEC-1, fixed in 2", "2 packages, 1 known vulnerabilities"],
        1,
    )


@pytest.mark.parametrize(
    "complaints",
    ["", "Traceback:\n  x\nConnectionError: no route to host", "ERROR:pip_audit._cli:agate: Dependency not found"],
)
def test_where_nobody_could_be_asked_one_line_says_so(complaints):
    (line,), code = told("", complaints)

    assert code == 1
    assert line.startswith("known vulnerabilities could not be looked up (")
    assert "Traceback" not in line


ROOT = Path(__file__).resolve().parent.parent
LOCKED = dict(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))


def test_the_lock_has_hashes_names_no_registry_and_nothing_that_downloads_while_it_is_installed():
    text = (ROOT / "requirements.lock").read_text()
    requirements = re.split(r"\n(?=\S)", text.strip())

    assert len(requirements) >= len(LOCKED) > 50
    assert [one for one in requirements if "--hash=sha256:" not in one] == []
    assert not re.search(r"://|--(extra-)?index|--find-links", text)
    assert LOCKED["httpx"].startswith("0.28.")
    assert LOCKED["dbt-core"].startswith("1.11.")
    assert not {"httpx2", "dbt-core-experimental-parser"} & LOCKED.keys()
    assert not (ROOT / "packages.yml").exists()


def test_no_sentence_tells_anybody_to_install_a_name_that_nobody_has_registered():
    """`offline-capi` is on no registry: the code of anyone who registers the name would be run. It is installed from a folder."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    ours = re.compile(
        r"""\b(?:install|add|uvx|pipx run|--with|requirements?:)\b[^\n]*?[\s'"(]offline[-_]capi(?=[\s'"\[)=<>~,`]|$)""",
        re.MULTILINE,
    )
    found = {
        name: ours.findall((ROOT / name).read_text(errors="ignore"))
        for name in listed
        if name.endswith((".md", ".py", ".html", ".yml", ".txt", "Makefile", "Dockerfile"))
        and name != "tests/test_supply.py"
    }
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert ours.search("run `pip install 'offline-capi[emulator]'` first")
    assert not ours.search("pip install './dbt_packages/offline_capi[emulator]'")
