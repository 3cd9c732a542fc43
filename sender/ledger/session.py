"""Holding a ledger: the lock, a private folder for copies, and the frame of every command that changes something."""

import glob
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sender.ledger import ledger, schema, taken_in, transitions
from sender.ledger.ledger import Ledger
from sender.ledger.lock import locked
from sender.ledger.recovery import unspool


@contextmanager
def opened(path: Path) -> Iterator[tuple[Ledger, Path]]:
    """The ledger at `path`, held by this process alone, and a private folder that is gone afterwards."""
    from sender.ledger.publication import shown_run

    os.umask(0o077)
    if not path.exists():
        ledger.load(path)  # says what is missing
    with locked(path), private_folder(path) as folder:
        book = ledger.load(path)
        try:
            if book.spool_path.exists():
                shown_run(book)  # an old copy of a ledger must not touch the spool of the newer one
            unspool(book, time.time())
            yield book, folder
        finally:
            book.close()


def read(path: Path) -> Ledger:
    """The ledger at `path`, for a command that only looks. One of an older version is brought up first, while no sender runs: one
    of that version would go on writing what it knows."""
    if path.exists() and schema.is_old(path):
        with locked(path):
            ledger.load(path).close()
    return ledger.load(path)


@contextmanager
def changing(path: Path, now: float, whole: bool = False) -> Iterator[tuple[Ledger, Path]]:
    """As `opened`, for a person's change to the ledger: a run of its own, published (`whole` if events go)."""
    from sender.ledger.publication import publish, shown_run

    with opened(path) as (book, folder):
        shown_run(book)  # refuses a ledger that is older than its publication
        book.start_run(now)
        taken_in.forget(book)
        transitions.recover(book, now)
        yield book, folder
        book.check_accounts()
        book.end_run(now, "null")
        publish(book, now, folder, whole=whole)


@contextmanager
def private_folder(ledger: Path) -> Iterator[Path]:
    """A folder for copies, gone at the end; those of senders of this ledger that were killed go now (we hold the lock)."""
    prefix = "offline-capi-tmp-"
    for left in ledger.parent.glob(f"{prefix}????????.{glob.escape(ledger.name)}"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, suffix=f".{ledger.name}", dir=ledger.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
