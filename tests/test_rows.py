"""docs/promises.md names the tests of each row in the lists of faults and bad input: completely, and with tests that exist."""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

TESTS = Path(__file__).resolve().parent
PROMISES = TESTS.parent / "docs" / "promises.md"
LISTS = {"F": 57, "C": 17, "S": 12, "B": 45, "P": 30}  # the letter of a list, and how many rows it has


def table() -> list[tuple[str, str]]:
    """(row, tested by) of each line of a table."""
    return re.findall(r"^\| ([A-Z]\d+) \|.*\| (.*) \|$", PROMISES.read_text(), re.MULTILINE)


def existing():
    """The name of every test."""
    functions = {
        node.name
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    return functions | {path.stem for path in (TESTS / "dbt").glob("*.sql")}


def test_every_row_is_there_once():
    assert [row for row, _ in table()] == [f"{kind}{n}" for kind, last in LISTS.items() for n in range(1, last + 1)]


def test_every_row_has_a_test_that_exists_or_a_sentence():
    known = existing()
    for row, held in table():
        if held.startswith("`"):
            assert set(re.findall(r"\w+", held)) <= known, row
        else:
            assert re.fullmatch(r"[A-Z].{40,}\.", held), row
