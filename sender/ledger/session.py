"""Hold a ledger: the lock, a private folder for copies, and the frame of every command that changes something."""

import glob
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sender.errors import LedgerError
from sender.files import is_ordinary, others_may_write
from sender.ledger import schema, taken_in, transitions
from sender.ledger.ledger import Ledger, load, state_beside
from sender.ledger.lock import lock_note, locked
from sender.ledger.recovery import unspool


@contextmanager
def opened(path: Path) -> Iterator[tuple[Ledger, Path]]:
    """The ledger at `path`, held by this process alone, and a private folder that is deleted afterwards."""
    os.umask(0o077)
    with usable(path), held(path) as found:
        yield found


@contextmanager
def held(path: Path) -> Iterator[tuple[Ledger, Path]]:
    from sender.ledger.publication import shown_run

    if not path.exists():
        load(path)  # says what is missing
    with locked(path), private_folder(path) as folder:
        ledger = load(path)
        try:
            if ledger.spool_path.exists():
                shown_run(ledger)  # an old copy of a ledger must not touch the spool of the newer one
            unspool(ledger, time.time())
            yield ledger, folder
        finally:
            ledger.close()


@contextmanager
def read(path: Path) -> Iterator[Ledger]:
    """The ledger at `path`, for a command that only reads. A ledger of an older version is upgraded first, but only while no sender
    runs: a sender of that version would continue to write the old schema."""
    with usable(path):
        if path.exists() and schema.is_old(path):
            with locked(path):
                load(path).close()
        with closing(load(path)) as ledger:
            yield ledger


def trust(path: Path) -> None:
    """Refuse a ledger that others may write or replace, and files beside it that are not ordinary files."""
    for place in (path.parent, path):
        if place.exists() and others_may_write(place):
            raise LedgerError(
                f"everybody on this machine may write {place}, and so change the record of what was sent; run `chmod o-w {place}`, or "
                "keep the ledger in a folder of its own"
            )
    beside = (
        path,
        state_beside(path),
        path.with_name(f"{path.name}.spool"),
        lock_note(path),
        path.with_name(f"{path.name}-journal"),
    )
    for file in beside:
        if not is_ordinary(file):
            raise LedgerError(f"{file} is not an ordinary file; remove it, or name another ledger with --ledger")


@contextmanager
def usable(path: Path) -> Iterator[None]:
    """If the ledger, its folder or their disk fails or cannot be trusted, say so in one line."""
    try:
        trust(path)
        yield
    except BrokenPipeError:
        raise
    except (sqlite3.Error, OSError) as error:
        about = getattr(error, "filename", None)
        if about and not Path(str(about)).is_relative_to(path.parent):
            raise
        raise LedgerError(
            f"{path} or its folder cannot be used as the ledger ({error}); nothing is lost. Check that the disk is not full or read-only"
        ) from None


@contextmanager
def changing(path: Path, now: float, whole: bool = False) -> Iterator[tuple[Ledger, Path]]:
    """Like `opened`, for a person's change to the ledger: a run of its own, published (`whole` if events are deleted)."""
    from sender.ledger.publication import publish, shown_run

    with opened(path) as (ledger, folder):
        shown_run(ledger)  # refuses a ledger that is older than its publication
        ledger.start_run(now)
        taken_in.forget(ledger)
        transitions.recover(ledger, now)
        yield ledger, folder
        ledger.check_accounts()
        ledger.end_run(now, "null")
        publish(ledger, now, folder, whole=whole)


@contextmanager
def private_folder(ledger: Path) -> Iterator[Path]:
    """A folder for copies, deleted at the end. Folders left by killed senders of this ledger are deleted now (we hold the lock)."""
    prefix = "offline-capi-tmp-"
    for left in ledger.parent.glob(f"{prefix}????????.{glob.escape(ledger.name)}"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, suffix=f".{ledger.name}", dir=ledger.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
