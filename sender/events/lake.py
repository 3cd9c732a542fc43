"""Parquet files that another engine writes: whether they are a finished whole. Spark writes _SUCCESS into a folder when all of its files are
there; the data folders of Iceberg and Delta also hold rows that are deleted or replaced, and only their logs say which.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from sender.errors import WarehouseError

SPARKS = re.compile(r"part-\d{5}-.*\.parquet")
PARTITION = re.compile(r"[^=]+=.*")


def refuse_unfinished(files: Iterable[str]) -> None:
    """Raises WarehouseError for files that are no finished table, or of a table that is not what its files hold."""
    roots: dict[Path, bool] = {}
    for file in map(Path, files):
        root = next(folder for folder in file.absolute().parents if not PARTITION.fullmatch(folder.name))
        roots[root] = roots.get(root, False) or bool(SPARKS.fullmatch(file.name))
    for root, is_sparks in roots.items():
        if kind := managed_by(root):
            raise WarehouseError(
                f"{root} holds the files of a {kind} table, among them rows that are deleted or replaced: write it out with Spark "
                "(INSERT OVERWRITE DIRECTORY, docs/scaling.md) and name that folder with --events"
            )
        if is_sparks and not (root / "_SUCCESS").exists():
            raise WarehouseError(
                f"{root} has no _SUCCESS, which Spark writes last: it is still being written, or that failed; nothing was read. "
                "Run again when the build has ended well"
            )


def managed_by(root: Path) -> str | None:
    """The table format whose log says what the files of a folder mean."""
    if (root / "_delta_log").is_dir():
        return "Delta"
    if any(
        (folder / "metadata").is_dir() and any((folder / "metadata").glob("*.metadata.json*"))
        for folder in (root, root.parent)
    ):
        return "Iceberg"
    return None
