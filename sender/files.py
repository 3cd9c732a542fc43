"""Make what was written, or renamed, survive a loss of power."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """`path` is a file, or a folder for the names in it."""
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
