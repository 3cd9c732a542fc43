"""Make what was written, or renamed, survive a loss of power; and look at who else may write it."""

import os
import stat
from pathlib import Path


def sync(path: Path) -> None:
    """`path` is a file, or a folder for the names in it."""
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def is_ordinary(path: Path) -> bool:
    """A plain file, or nothing at all; no link, pipe, device or folder."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True


def others_may_write(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IWOTH)
