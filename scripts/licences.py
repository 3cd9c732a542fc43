"""List what an installation of the sender includes, by licence. Exits with 1 if a licence is missing or may require more than a notice.

Reads the metadata of the packages in this environment, for all run-time dependencies in pyproject.toml: `.venv/bin/python -m scripts.licences`.
"""

import re
import sys
from collections import defaultdict
from importlib.metadata import distribution

from packaging.requirements import Requirement

EXTRAS = ("", "dbt", "emulator")
# Licences that require no more than a notice, and MPL, which requires nothing of code outside its own files.
GOOD = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Python-2|MPL|Mozilla|0BSD|Unlicense|CC0|HPND|CNRI|Artistic)",
    re.IGNORECASE,
)
REVIEWED = {"text-unidecode": "Artistic License, which its authors offer beside the GPL"}  # dbt installs it


def brought_by(name: str, extras: tuple[str, ...], found: set[str]) -> set[str]:
    """The names of all packages that `name` needs here, including itself."""
    found.add(name)
    for line in distribution(name).requires or []:
        wanted = Requirement(line)
        applies = not wanted.marker or any(wanted.marker.evaluate({"extra": extra}) for extra in extras)
        if applies and (key := re.sub(r"[-_.]+", "-", wanted.name.lower())) not in found:
            brought_by(key, ("", *wanted.extras), found)
    return found


def licence(name: str) -> str:
    metadata = distribution(name).metadata
    classifiers = [text for text in metadata.get_all("Classifier") or [] if text.startswith("License ::")]
    written = [*(metadata.get_all("License-Expression") or []), *(text.rsplit(" :: ", 1)[-1] for text in classifiers)]
    free = str(*(metadata.get_all("License") or ["none given"])[:1])
    return str(written[0]) if written else free.strip().splitlines()[0]


def main() -> int:
    by_licence: dict[str, list[str]] = defaultdict(list)
    for name in sorted(brought_by("offline-capi", EXTRAS, set())):
        by_licence[REVIEWED.get(name) or licence(name)].append(name)
    for text, names in sorted(by_licence.items()):
        print(f"{'' if GOOD.search(text) else 'CHECK: '}{text}: {', '.join(names)}")
    return int(not all(GOOD.search(text) for text in by_licence))


if __name__ == "__main__":
    sys.exit(main())
