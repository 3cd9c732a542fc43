"""The tables that say which test holds which row of the lists of faults and bad input are whole and name real tests."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
ROWS = {
    "models/ROWS.md": [f"B{number}" for number in range(1, 46)],
}


def known_tests():
    names = {path.stem for path in (TESTS / "dbt").glob("*.sql")}
    for path in TESTS.rglob("test_*.py"):
        functions = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))
        names |= {function.name for function in functions}
    return names


@pytest.mark.parametrize("table", ROWS)
def test_every_row_names_its_tests_or_says_why_it_has_none(table):
    cells = [
        line.strip("|\n ").split("|") for line in (TESTS / table).read_text().splitlines() if line.startswith("| ")
    ]
    rows = {row[0].strip(): row[-1].strip() for row in cells if re.fullmatch(r"[A-Z]\d+", row[0].strip())}
    named = {row: re.findall(r"`((?:test|assert)_\w+)`", text) for row, text in rows.items()}

    assert list(rows) == ROWS[table]
    assert {name for names in named.values() for name in names} <= known_tests()
    assert all(names or rows[row].endswith(".") for row, names in named.items())
