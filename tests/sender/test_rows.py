"""ROWS.md says which test holds which row of the fault tables: it is complete, and names tests that exist."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
ROWS = [*(f"F{n}" for n in range(1, 58)), *(f"C{n}" for n in range(1, 18)), *(f"S{n}" for n in range(1, 13))]


def table():
    """(row, held by) of each line of the table."""
    lines = re.findall(r"^\| ([FCS]\d+) \|.*\| (.*) \|$", (HERE / "ROWS.md").read_text(), re.MULTILINE)
    assert len(lines) > 80
    return lines


def existing():
    """The name of every test function of the repository."""
    return {
        node.name
        for path in HERE.parent.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_row_is_there_once():
    """F1 to F57, C1 to C17 and S1 to S12, in order."""
    assert [row for row, _ in table()] == ROWS


def test_every_row_has_a_test_that_exists_or_a_sentence():
    """What holds a row is a list of names of tests, or a whole sentence that says why it is no case here."""
    known = existing()
    for row, held in table():
        names = re.fullmatch(r"`test_\w+`(, `test_\w+`)*", held)
        if names:
            assert set(re.findall(r"\w+", held)) <= known, row
        else:
            assert re.fullmatch(r"[A-Z].{40,}\.", held), row
