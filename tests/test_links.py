"""What the pages of the repository point to exists."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
FILE = re.compile(r"`((?:sender|models|macros|tests|examples|benchmarks|scripts|docs)/[\w./]*)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
TARGET = re.compile(r"`make (\w+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_link_and_target_that_a_page_names_exists(page):
    text = page.read_text()
    named = [ROOT / name for name in FILE.findall(text)] + [page.parent / name for name in LINK.findall(text)]
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert [str(path) for path in named if not path.exists()] == []
    assert set(TARGET.findall(text)) <= targets


def test_every_page_of_the_docs_is_in_the_navigation_of_the_site():
    """mkdocs.yml lists them; a missing page would break `make docs`."""
    listed = set(re.findall(r": (\w+)\.md$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE))

    assert {path.stem for path in ROOT.glob("docs/*.md")} - listed == set()
