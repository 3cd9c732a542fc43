"""Create the ledger, and an empty published state so that dbt finds the file from day one."""

import os
import time
from contextlib import closing, nullcontext
from pathlib import Path

from sender.config.settings import Settings
from sender.errors import LedgerError
from sender.ledger.ledger import create, load, state_beside
from sender.ledger.lock import locked


def init(settings: Settings, adopt: bool = False) -> bool:
    """With `adopt`, rebuild the ledger from the published state. Returns whether it knows everybody who asked to be forgotten."""
    from sender.ledger.session import private_folder, usable

    os.umask(0o077)
    path = settings.ledger
    spool = path.with_name(f"{path.name}.spool")
    if spool.exists() and not path.exists():
        raise LedgerError(
            f"{spool} was left by a send whose ledger is gone, and nothing else records what it delivered. Restore "
            f"{path.name}; if that is impossible, look in Events Manager and remove the spool"
        )
    with usable(path):
        if not adopt:
            make_new(path)
            return True
        from sender.commands.adopt import adopt as make

        with locked(path) if path.exists() else nullcontext(), private_folder(path) as folder:
            return make(path, folder, time.time())


def is_there(settings: Settings) -> bool:
    """Whether there is a ledger. One that cannot be used is an error, not a missing ledger."""
    if not settings.ledger.exists():
        return False
    load(settings.ledger).close()
    return True


def make_new(path: Path) -> None:
    from sender.ledger.publication import publish, published
    from sender.ledger.session import private_folder

    state = state_beside(path)
    if not path.exists() and (found := published(state)) and found.run > 0:
        raise LedgerError(
            f"{state} shows run {found.run} of a ledger that is no longer at {path}; "
            "a new one would send all of that again. Restore a backup, or rebuild the ledger from that file: `init --adopt`"
        )
    create(path)
    with closing(load(path)) as ledger, private_folder(path) as folder:
        publish(ledger, time.time(), folder, whole=True)
