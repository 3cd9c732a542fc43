"""macros/engine is all that a port to another engine must write: all engines have the same macros, and nothing else depends on an engine."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

REPOSITORY = Path(__file__).resolve().parents[2]
ENGINE = REPOSITORY / "macros" / "engine"
ENGINES = {engine: ENGINE / f"{engine}.sql" for engine in ("duckdb", "spark")}
TEXTS = {
    path: path.read_text() for folder in ("macros", "models") for path in sorted((REPOSITORY / folder).rglob("*.sql"))
}
DISPATCHED = {
    name: path
    for path, text in TEXTS.items()
    for name in re.findall(r'adapter\.dispatch\("(\w+)", "offline_capi"\)', text)
}

# Functions that have the same name and meaning in DuckDB and Spark, as used here; for trim only the long form.
ALIKE = set(
    """
    abs ascii bool_and bool_or cast chr coalesce concat_ws contains count decimal floor greatest least length lpad max md5 min nullif replace
    right round row_number split_part substr sum translate try_cast
    """.split()  # noqa: SIM905
)
DBT = {
    "config",
    "dict",
    "env_var",
    "is_incremental",
    "load_relation",
    "namespace",
    "range",
    "local_md5",
    "ref",
    "return",
    "run_query",
    "source",
    "var",
}
# Differences that are not functions, and what to write instead.
SYNTAX = {
    r"\bas varchar\b|\bas text\)|\bas string\b": "dbt.type_string()",
    r"\bas timestamp\b|\bat time zone\b|\binterval\b|\bcurrent_(date|timestamp)\b": "macros/engine/time.sql",
    r"(?<!\?)::": "cast(.. as ..)",
    r"\* (exclude|replace|except)\b|\bby name\b|\bqualify\b|\busing sample\b|\bgroup by all\b": "plain SQL",
    r"\b(ilike|rlike|regexp|similar to)\b|->|\blambda\b|\bfilter \(where\b": "a macro of macros/engine",
    r"\bsum\(.*hash": "capi_sum_of_hashes",
    r"over \((?!.*nulls last).*\) as copy": "nulls last: engines sort NULLs to different ends",
}


def code(text: str) -> str:
    """A file without comments, methods of Jinja objects, dbt's filters and the names of CTEs with their columns."""
    text = re.sub(r"\{#.*?#\}|--[^\n]*", "", text, flags=re.DOTALL)
    text = re.sub(r"(\.|\| )\w+\(|\bwith\s+\w+\(|\btrim\((leading|trailing) ", " (", text)
    return re.sub(r"over \([^()]*\)", lambda window: " ".join(window[0].split()), text)


# Remedies are sentences, which may name a function.
OUTSIDE = {
    path: code(text)
    for path, text in TEXTS.items()
    if ENGINE not in path.parents and not path.stem.endswith("_reasons")
}


def test_every_function_outside_the_engine_folder_means_the_same_on_all_engines():
    called = {
        (path.name, name)
        for path, text in OUTSIDE.items()
        for name in re.findall(r"(?<![\w.%])([a-z]\w+)\(", text)
        if not name.startswith("capi_") and name not in ALIKE | DBT
    }

    assert called == set(), "dispatch it in macros/engine, or add it to ALIKE where all engines agree"


@pytest.mark.parametrize("pattern", SYNTAX)
def test_no_syntax_of_one_engine_stands_outside_the_engine_folder(pattern):
    found = [
        f"{path.name}: {line.strip()}"
        for path, text in OUTSIDE.items()
        for line in text.splitlines()
        if re.search(pattern, line)
    ]

    assert found == [], f"write {SYNTAX[pattern]}"


def test_only_the_engine_folder_dispatches():
    assert {path.parent for path in DISPATCHED.values()} == {ENGINE}


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_writes_exactly_the_macros_that_are_dispatched(engine):
    written = re.findall(rf"macro {engine}__(\w+)\(", ENGINES[engine].read_text())
    elsewhere = [path for path, text in TEXTS.items() if path != ENGINES[engine] and f"macro {engine}__" in text]

    assert sorted(written) == sorted(DISPATCHED)
    assert elsewhere == []


def test_a_verdict_that_drops_a_value_is_written_and_read_in_one_place():
    found = [path.name for path, text in OUTSIDE.items() if "'! " in text]

    assert found == ["capi_verdict.sql"]
