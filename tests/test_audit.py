"""What `make audit` says of pip-audit's answer."""

import json

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

    assert told(json.dumps({"dependencies": [clean]}), "") == (["1 packages, 0 known weaknesses"], 0)
    assert told(json.dumps({"dependencies": [clean, weak]}), "found some") == (
        ["x 1: PYSEC-1, mended in 2", "2 packages, 1 known weaknesses"],
        1,
    )


@pytest.mark.parametrize(
    "complaints",
    ["", "Traceback:\n  x\nConnectionError: no route to host", "ERROR:pip_audit._cli:agate: Dependency not found"],
)
def test_where_nobody_could_be_asked_one_line_says_so(complaints):
    (line,), code = told("", complaints)

    assert code == 1
    assert line.startswith("known weaknesses could not be looked up (")
    assert "Traceback" not in line
