"""The ROWS.md files say which test holds which row of the lists of faults and bad input: whole, and with tests that exist."""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

TESTS = Path(__file__).resolve().parent
ROWS = {
    "models/ROWS.md": [f"B{number}" for number in range(1, 46)],
    "sender/ROWS.md": [
        f"{kind}{number}" for kind, last in (("F", 57), ("C", 17), ("S", 12)) for number in range(1, last + 1)
    ],
}


def table(name):
    """(row, held by) of each line of a table."""
    return re.findall(r"^\| ([A-Z]\d+) \|.*\| (.*) \|$", (TESTS / name).read_text(), re.MULTILINE)


def existing():
    """The name of every test."""
    functions = {
        node.name
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    return functions | {path.stem for path in (TESTS / "dbt").glob("*.sql")}


@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_there_once(name):
    assert [row for row, _ in table(name)] == ROWS[name]


@pytest.mark.parametrize("name", ROWS)
def test_every_row_has_a_test_that_exists_or_a_sentence(name):
    known = existing()
    for row, held in table(name):
        if held.startswith("`"):
            assert set(re.findall(r"\w+", held)) <= known, row
        else:
            assert re.fullmatch(r"[A-Z].{40,}\.", held), row
