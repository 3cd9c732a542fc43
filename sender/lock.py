"""One sender at a time: flock on a file beside the ledger.

flock and not lockf: a POSIX record lock is dropped as soon as this process opens and closes the file elsewhere. The
kernel frees it when the process dies, however it dies. The file is never deleted; should somebody do so while it is
held, the inode check makes the next sender lock the new file only if nobody holds it, and `confirm` lets the holder
notice.
"""

import fcntl
import json
import os
import socket
import time
from pathlib import Path

from sender.errors import BusyError


class Lock:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.handle = -1

    def __enter__(self) -> "Lock":
        while True:
            self.handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.read(self.handle, 1000).decode("utf-8", "replace").strip()
                os.close(self.handle)
                raise BusyError(
                    f"another sender is running ({describe(holder)}); try again when it has ended"
                ) from None
            if self.confirm():
                break
            os.close(self.handle)
        now = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
        note = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "started": now})
        os.ftruncate(self.handle, 0)
        os.pwrite(self.handle, note.encode(), 0)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.handle)

    def confirm(self) -> bool:
        """Is the file that is locked still the one at the path?"""
        try:
            there = self.path.stat()
        except FileNotFoundError:
            return False
        here = os.fstat(self.handle)
        return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)


def describe(note: str) -> str:
    try:
        holder = json.loads(note)
        return f"PID {holder['pid']} on {holder['host']}, since {holder['started']}"
    except (ValueError, TypeError, KeyError):
        return "its lock file says no more"
