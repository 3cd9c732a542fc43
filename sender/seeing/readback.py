"""What Meta says of its datasets, as it was last asked: beside the ledger, in meta_says.json.

{"at": Unix seconds, "datasets": {id: {"quality": [...], "uploads": [...], "problems": {"quality": why, ...}}}}; `quality` and `uploads` are
Meta's own objects, as they came. The counts of the uploads are in meta_says.parquet as well, which capi_daily reads. Nothing of them
decides anything.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from sender.duck import quote

MOST = 200  # entries of a list that are kept
COUNTS = ("valid_entries", "matched_entries", "duplicate_entries")


def path_beside(ledger: Path) -> Path:
    return ledger.with_name("meta_says.json")


def read(ledger: Path) -> dict[str, Any] | None:
    """None where Meta was never asked, or the file is not ours."""
    try:
        found = json.loads(path_beside(ledger).read_text(encoding="utf-8"))
        return found if isinstance(found["datasets"], dict) and isinstance(found["at"], int) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(ledger: Path, said: Mapping[str, Any]) -> None:
    """Whole or not at all, and private as the ledger is."""
    path = path_beside(ledger)
    part = path.with_name(f".{path.name}.part")
    handle = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(said, file)
    part.replace(path)
    write_counts(path.with_suffix(".parquet"), said)


def write_counts(path: Path, said: Mapping[str, Any]) -> None:
    """A row for each upload tag of each dataset; what is no whole number is NULL."""
    rows = [
        [dataset, str(upload.get("upload_tag") or ""), *(whole(upload.get(name)) for name in COUNTS), said["at"]]
        for dataset, found in said["datasets"].items()
        for upload in found["uploads"]
        if isinstance(upload, dict)
    ]
    part = path.with_name(f".{path.name}.part")
    with duckdb.connect() as connection:
        counts = ", ".join(f"{name} bigint" for name in COUNTS)
        connection.execute(f"create table told (dataset_id varchar, upload_tag varchar, {counts}, asked_at bigint)")
        if rows:
            connection.executemany("insert into told values (?, ?, ?, ?, ?, ?)", rows)
        connection.execute(f"copy told to {quote(str(part))} (format parquet)")
    part.chmod(0o600)
    part.replace(path)


def whole(value: object) -> int | None:
    """A count of Meta's, which writes some numbers as texts."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def facts(entry: object, name: str = "") -> Iterator[tuple[str, str]]:
    """The values of an object of Meta's, whatever its shape, each with its path."""
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from facts(value, f"{name}.{key}" if name else str(key))
    elif isinstance(entry, list):
        for value in entry:
            yield from facts(value, name)
    elif entry is not None:
        yield name, str(entry)
