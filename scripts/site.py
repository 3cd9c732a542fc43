"""A mkdocs hook: pages at the root of the repository become pages of the site, and links between pages work in both places.

On the site, a link to something that is not a page, such as a source file, becomes the name of that file.
"""

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "examples/sources/README.md": "sources.md",
}
LINK = re.compile(r"\[([^\]]*)\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)")


def relinked(text: str, page: str) -> str:
    """The text of a page with its links as on the site."""

    def link(found: re.Match[str]) -> str:
        label, target, anchor = found[1], found[2], found[3] or ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        if path in PAGES:
            return f"[{label}]({PAGES[path]}{anchor})"
        if path.startswith("docs/"):
            return f"[{label}]({path.removeprefix('docs/')}{anchor})"
        return f"{label} (`{path}`)"

    return LINK.sub(link, text)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for page, name in PAGES.items():
        files.append(File.generated(config, name, content=(ROOT / page).read_text()))
    return files


def on_page_markdown(markdown: str, page: object, config: MkDocsConfig, files: Files) -> str:
    name = page.file.src_uri  # type: ignore[attr-defined]
    there = {site: source for source, site in PAGES.items()}
    return relinked(markdown, there.get(name, f"docs/{name}"))
