"""Writes macros/_hidden.yml, which keeps the package's internal macros out of dbt docs.

Macros that a shop's own models may call are described (macros/**/_*.yml); all others are hidden.
Run it after a macro was added, renamed or removed: python -m scripts.hide_macros
"""

import re
from pathlib import Path
from typing import Any

import yaml

MACROS = Path(__file__).resolve().parent.parent / "macros"
PAGE = MACROS / "_hidden.yml"


def described() -> list[dict[str, Any]]:
    """The macros described in yml, unchanged."""
    pages = [yaml.safe_load(path.read_text()) for path in sorted(MACROS.rglob("*.yml")) if path != PAGE]
    return [macro for page in pages for macro in page["macros"]]


def written() -> dict[str, list[str]]:
    """Each macro of the package with the names of its arguments."""
    found = re.findall(
        r"{%-? *macro (\w+)\((.*?)\) *-?%}", "\n".join(map(Path.read_text, sorted(MACROS.rglob("*.sql"))))
    )
    return {name: re.findall(r"(\w+)(?:=[^,]*(?:\[[^\]]*\])?)?(?:, |$)", arguments) for name, arguments in found}


def page() -> str:
    hidden = sorted(written().keys() - {macro["name"] for macro in described()})
    lines = [f"  - {{name: {name}, docs: {{show: false}}}}" for name in hidden]
    return "\n".join(
        [
            "# Written by scripts/hide_macros.py. What a shop may call is in _normalise.yml and _raw.yml.",
            "macros:",
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page())
