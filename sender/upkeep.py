"""Holding a ledger: the lock, a private folder for copies, and the frame of every command that changes something."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sender import ledger, records, unchanged
from sender.ledger import Ledger
from sender.lock import locked
from sender.unspool import unspool


@contextmanager
def opened(path: Path) -> Iterator[tuple[Ledger, Path]]:
    """The ledger at `path`, held by this process alone, and a private folder that is gone afterwards."""
    os.umask(0o077)
    if not path.exists():
        ledger.load(path)  # says what is missing
    with locked(path), private_folder(path.parent) as folder:
        book = ledger.load(path)
        try:
            unspool(book, time.time())
            yield book, folder
        finally:
            book.close()


@contextmanager
def changing(path: Path, now: float, whole: bool = False) -> Iterator[tuple[Ledger, Path]]:
    """As `opened`, for a person's change to the ledger: a run of its own, published (`whole` if events go)."""
    from sender.publish import publish, shown_run

    with opened(path) as (book, folder):
        shown_run(book)  # refuses a ledger that is older than its publication
        book.start_run(now)
        unchanged.forget(book)
        records.recover(book, now)
        yield book, folder
        book.check_accounts()
        book.end_run(now, "null")
        publish(book, now, folder, whole=whole)


@contextmanager
def private_folder(parent: Path) -> Iterator[Path]:
    """A folder for copies, gone at the end; those of senders that were killed go now (we hold the lock)."""
    for left in parent.glob("offline-capi-tmp-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="offline-capi-tmp-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
