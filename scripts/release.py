"""Prepare a release: version, changelog, pins, archives with their bill of materials, notes, a commit and a tag. Nothing is pushed.

`make release` takes the version from dbt_project.yml, `make release VERSION=0.2.0` another one. The wheel is tried in a fresh environment
with the tree of the source archive beside it: the example shop is built and delivered once. Until that succeeds, nothing is committed.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from scripts.matrix import ROOT, UV, Broken, run, shop

PROJECT, CHANGELOG = ROOT / "dbt_project.yml", ROOT / "CHANGELOG.md"
# macros cannot read the version, so it is repeated there
SETTINGS = ROOT / "macros" / "settings" / "capi_settings.sql"
VERSION = re.compile(r'(?m)^version: "([^"]+)"')
PIN = re.compile(r"(?:(?<=revision: )|(?<=@))v\d+\.\d+\.\d+\b")


def pages() -> list[Path]:
    """Pages that may name the tag: README, the docs and the examples."""
    found = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md"), *ROOT.glob("examples/**/*.yml")]
    return [ROOT / "README.md", *(path for path in found if not {"dbt_packages", "target"} & set(path.parts))]


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def with_release(changelog: str, version: str, day: str) -> tuple[str, str]:
    """The changelog with the unreleased part under the new version, and that part alone, for the notes."""
    head, _, rest = changelog.partition("## Unreleased\n")
    notes, *older = re.split(r"(?m)^(?=## )", rest, maxsplit=1)
    if not notes.strip():
        raise Broken("CHANGELOG.md has nothing under Unreleased")
    released = f"## {version} - {day}\n\n{notes.strip()}\n"
    return f"{head}## Unreleased\n\n{released}" + "".join(f"\n{part}" for part in older), notes.strip() + "\n"


def write(version: str, day: str) -> str:
    """Write the version everywhere; returns the notes."""
    changelog, notes = with_release(CHANGELOG.read_text(), version, day)
    CHANGELOG.write_text(changelog)
    before = VERSION.search(PROJECT.read_text())[1]  # type: ignore[index]
    PROJECT.write_text(VERSION.sub(f'version: "{version}"', PROJECT.read_text()))
    SETTINGS.write_text(SETTINGS.read_text().replace(f'return("{before}")', f'return("{version}")'))
    for path in pages():
        text = path.read_text()
        if (pinned := PIN.sub(f"v{version}", text)) != text:
            path.write_text(pinned)
    return notes


def try_wheel(version: str) -> int:
    """How many events of the example shop the wheel delivers, from a folder with nothing of this tree in it."""
    (wheel,) = ROOT.glob("dist/*.whl")
    (source,) = ROOT.glob("dist/*.tar.gz")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name).resolve()
        run([UV, "venv", "--quiet", "--python", sys.executable, place / "venv"], place)
        python = place / "venv" / "bin" / "python"
        locked: list[str | Path] = ["--constraint", ROOT / "requirements.lock", f"{wheel}[dbt,emulator]"]
        run([UV, "pip", "install", "--quiet", "--python", python, *locked], place)
        with tarfile.open(source) as archive:
            archive.extractall(place, filter="data")
        told = run([python.with_name("offline-capi"), "--version"], place).strip()
        where = run([python, "-c", "import sender; print(sender.__file__)"], place).strip()
        if not (told.endswith(version) and where.startswith(str(place / "venv"))):
            raise Broken(f"the wheel says {told!r}, and is imported from {where}")
        midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return shop(python.parent, place, midnight, place / f"offline_capi-{version}")[0]


def main(version: str) -> None:
    tag = f"v{version}"
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise Broken(f"VERSION={version} is not a version such as 0.2.0")
    if git("tag", "--list", tag):
        raise Broken(f"there is already a tag {tag}; name the next version, as in `make release VERSION=0.2.0`")
    if git("status", "--porcelain"):
        raise Broken("there are uncommitted changes; commit or stash them")
    notes = write(version, f"{datetime.now(UTC):%Y-%m-%d}")
    run(["make", "--no-print-directory", "build"], ROOT)
    print(f"the wheel delivers {try_wheel(version):,} events of the example shop, each once", flush=True)
    (ROOT / "dist" / "notes.md").write_text(notes)
    git("commit", "--all", "--message", f"Release {version}")
    git("tag", "--annotate", tag, "--file", "dist/notes.md", "--cleanup", "verbatim")
    print(
        f"committed and tagged {tag}; dist/ has its archives, bill of materials and notes. To publish: git push --follow-tags"
    )


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else VERSION.search(PROJECT.read_text())[1])  # type: ignore[index]
    except Broken as broken:
        sys.exit(f"not released: {broken}")
