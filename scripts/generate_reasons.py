"""Writes docs/reasons.md from the reference models: every reason why an order is not sent or a value is left out.

    python scripts/generate_reasons.py

The models are plain SQL, so DuckDB can read them directly. A test compares the page with what this script writes."""

from pathlib import Path

import duckdb

REPOSITORY = Path(__file__).resolve().parent.parent
REFERENCE = REPOSITORY / "models" / "intermediate" / "reference"
PAGE = REPOSITORY / "docs" / "reasons.md"


def rows(model: str, columns: str) -> list[tuple[str, ...]]:
    """The rows of a reference model, in its order."""
    sql = (REFERENCE / f"{model}.sql").read_text()
    return duckdb.connect().execute(f"select {columns} from ({sql})").fetchall()


def table(heading: tuple[str, ...], found: list[tuple[str, ...]]) -> list[str]:
    """A Markdown table; the first column is code."""
    lines = [f"| {' | '.join(heading)} |", f"|{'---|' * len(heading)}"]
    return lines + [f"| `{first}` | {' | '.join(rest)} |" for first, *rest in found]


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            "# Reasons and what to do about them",
            "",
            "`scripts/generate_reasons.py` writes this page from `int_capi__rejection_reasons` and `int_capi__drop_reasons`.",
            "",
            "## Why an order is not sent",
            "",
            "These are `reason` and `remedy` in `capi_rejected_events`. An order may have several reasons: `reasons` lists them all, in the order of",
            "this table, and `reason` is the first.",
            "",
            *table(("reason", "what to do"), rows("int_capi__rejection_reasons", "reason, remedy")),
            "",
            "## Why a value is left out of an event that is sent",
            "",
            "This is `reason` in `capi_dropped_values`; the value itself is not stored there. Fields have Meta's names: `em` e-mail, `ph` phone, `fn` and",
            "`ln` names, `ge` gender, `db` date of birth, `ct` city, `st` state, `zp` postcode. How values are read: [normalisation.md](normalisation.md).",
            "",
            *table(("reason", "field", "what to do"), rows("int_capi__drop_reasons", "reason, fields, remedy")),
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page())
