"""Whether Parquet files from another engine are complete. Spark writes _SUCCESS into a folder when all of its files are
there. The data folders of Iceberg and Delta also hold deleted or replaced rows, and only their logs say which.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from sender.errors import WarehouseError

SPARKS = re.compile(r"part-\d{5}-.*\.parquet")
PARTITION = re.compile(r"[^=]+=.*")


def refuse_unfinished(files: Iterable[str]) -> None:
    """Raises WarehouseError if the files are not a finished table, or hold more than the table's rows."""
    roots: dict[Path, bool] = {}
    for file in map(Path, files):
        root = next(folder for folder in file.absolute().parents if not PARTITION.fullmatch(folder.name))
        roots[root] = roots.get(root, False) or bool(SPARKS.fullmatch(file.name))
    for root, is_sparks in roots.items():
        if kind := managed_by(root):
            raise WarehouseError(
                f"{root} holds the files of a {kind} table, which include deleted or replaced rows: write it out with Spark "
                "(INSERT OVERWRITE DIRECTORY, docs/scaling.md) and name that folder with --events"
            )
        if is_sparks and not (root / "_SUCCESS").exists():
            raise WarehouseError(
                f"{root} has no _SUCCESS, which Spark writes last: it is still being written, or the build failed; nothing was read. "
                "Run again when a build has succeeded"
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
