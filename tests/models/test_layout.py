"""How macros are formatted. sqlfmt formats the models but cannot do macros: it accepts none with `delete` or `update`
beside Jinja, and writes each word of a list on its own line."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

MACROS = sorted((Path(__file__).resolve().parents[2] / "macros").rglob("*.sql"))
KEYWORD = re.compile(
    r"\b(SELECT|FROM|WHERE|CASE|WHEN|THEN|ELSE|AND|OR|NOT|NULL|CAST|JOIN|UNION|DELETE|UPDATE|INSERT|GROUP BY|ORDER BY)\b"
)
FAULTS = {
    "a tab": re.compile(r"\t"),
    "blanks at the end of a line": re.compile(r" +$", re.MULTILINE),
    "two empty lines": re.compile(r"\n\n\n"),
    "no blank, or two, inside of the braces": re.compile(
        r"\{\{-?(?=[^\s-])|\{\{-? {2,}\S|\{%-?(?=[^\s-])|(?<=[^\s-])%\}"
    ),
    "an indentation that is no multiple of four": re.compile(r"^(?: {4})* {1,3}(?=\S)", re.MULTILINE),
    "a keyword in capitals": KEYWORD,
}


def blotted(text):
    """The text with comments and quoted parts made unreadable."""
    quoted = r"\{#.*?#\}|'[^'\n]*'|\"[^\"\n]*\""
    return re.sub(quoted, lambda found: re.sub(r"[^\n]", "x", found[0]), text, flags=re.DOTALL)


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.name)
def test_a_macro_is_laid_out_as_the_others_are(path):
    text = path.read_text()
    bare = blotted(text)
    found = [
        f"line {bare[: match.start()].count(chr(10)) + 1}: {fault}"
        for fault, pattern in FAULTS.items()
        for match in pattern.finditer(bare)
    ]

    assert not found
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_no_test_in_yml_takes_arguments_which_each_version_of_dbt_wants_in_another_way():
    models = Path(__file__).resolve().parents[2] / "models"

    assert [
        path.name for path in models.rglob("*.yml") if re.search(r"accepted_values|relationships", path.read_text())
    ] == []
