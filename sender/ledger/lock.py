"""One sender at a time: flock on the ledger itself, which nobody deletes by mistake, unlike a lock file.

flock and not lockf: SQLite uses POSIX record locks on the same file. They are independent of flock, but would be dropped if
this process closed the file while SQLite has it open. So the lock is taken before SQLite opens the ledger and released
after. The kernel frees it when the process dies, however it dies. A file beside the ledger notes who holds the lock, only for
the message. A ledger on a network file system is refused: neither lock is reliable between its machines.
"""

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sender.errors import BusyError, LedgerError

NETWORK = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"}
MOUNTS = Path("/proc/self/mounts")  # Linux only; elsewhere no ledger is refused for its file system


@contextmanager
def locked(ledger: Path) -> Iterator[None]:
    kind = filesystem(ledger.resolve(), MOUNTS.read_text() if MOUNTS.exists() else "")
    if kind in NETWORK:
        raise LedgerError(
            f"{ledger} is on a network file system ({kind}), where two senders could run at once; name a local file "
            "with --ledger"
        )
    note = lock_note(ledger)
    handle = os.open(ledger, os.O_RDWR | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = describe(note)
            raise BusyError(f"another sender is running ({holder}); try again when it has ended") from None
        now = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
        note.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "started": now}))
        yield
    finally:
        os.close(handle)


def lock_note(ledger: Path) -> Path:
    return ledger.with_name("sender.lock")


def filesystem(path: Path, mounts: str) -> str:
    """The type of the file system that `path` is on, from the text of /proc/self/mounts; the last mount counts."""
    found, depth = "", -1
    for line in mounts.splitlines():
        _, at, kind, *_ = line.split(" ")
        mounted = Path(at.replace("\\040", " "))
        if path.is_relative_to(mounted) and len(mounted.parts) >= depth:
            found, depth = kind, len(mounted.parts)
    return found


def describe(note: Path) -> str:
    try:
        holder = json.loads(note.read_text())
        return f"PID {holder['pid']} on {holder['host']}, since {holder['started']}"
    except (OSError, ValueError, TypeError, KeyError):
        return "its PID is not known"
