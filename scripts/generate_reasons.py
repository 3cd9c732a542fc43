"""Writes docs/reasons.md: every reason for which an order is not sent or a value is left out, from the reference models that hold them.

    python scripts/generate_reasons.py

The models are plain SQL, so DuckDB reads them as they stand. A test holds the page against this script."""

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
            "# Reasons, and what to do",
            "",
            "Written by `scripts/generate_reasons.py` from `int_capi__rejection_reasons` and `int_capi__drop_reasons`.",
            "",
            "## Why an order is not sent",
            "",
            "`reason` and `remedy` in `capi_rejected_events`. An order may have several: `reasons` has them all, in the order of this",
            "table, and `reason` is the first.",
            "",
            *table(("reason", "what to do"), rows("int_capi__rejection_reasons", "reason, remedy")),
            "",
            "## Why a value is left out of an event that is sent",
            "",
            "`reason` in `capi_dropped_values`, never with the value. Fields go by Meta's names: `em` e-mail, `ph` phone, `fn` and `ln` names,",
            "`ge` gender, `db` date of birth, `ct` city, `st` state, `zp` postcode. What is read, and how: [normalisation.md](normalisation.md).",
            "",
            *table(("reason", "field", "what to do"), rows("int_capi__drop_reasons", "reason, fields, remedy")),
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page())
