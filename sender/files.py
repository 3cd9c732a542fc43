"""Make written or renamed files survive a power failure; check who else may write them."""

import os
import stat
from pathlib import Path


def sync(path: Path) -> None:
    """`path` is a file, or a folder to sync the names in it."""
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def is_ordinary(path: Path) -> bool:
    """A plain file, or nothing at all; not a link, pipe, device or folder."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True


def others_may_write(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IWOTH)
