"""Create the ledger, and an empty published state so that dbt finds the file from the first day."""

import os
import time
from contextlib import nullcontext

from sender.config.settings import Settings
from sender.errors import LedgerError
from sender.ledger import ledger
from sender.ledger.lock import locked


def init(settings: Settings, adopt: bool = False) -> None:
    """With `adopt`, the ledger is made from the published state instead."""
    from sender.ledger.publication import publish, published
    from sender.ledger.session import private_folder

    os.umask(0o077)
    spool = settings.ledger.with_name(f"{settings.ledger.name}.spool")
    if spool.exists() and not settings.ledger.exists():
        raise LedgerError(
            f"{spool} is what a send left whose ledger is gone, and nothing else tells what it delivered. Restore "
            f"{settings.ledger.name}; if that is impossible, look in Events Manager, and remove the spool"
        )
    if adopt:
        from sender.commands.adopt import adopt as make

        held = locked(settings.ledger) if settings.ledger.exists() else nullcontext()
        with held, private_folder(settings.ledger) as folder:
            make(settings.ledger, folder, time.time())
        return
    state = settings.ledger.parent / "delivery_state.parquet"
    if not settings.ledger.exists() and (found := published(state)) and found[1] > 0:
        raise LedgerError(
            f"{state} shows run {found[1]} of a ledger that is no longer at {settings.ledger}; "
            "a new one would send all of that again. Restore a backup, or make one from that file: `init --adopt`"
        )
    ledger.create(settings.ledger)
    book = ledger.load(settings.ledger)
    try:
        with private_folder(settings.ledger) as folder:
            publish(book, time.time(), folder, whole=True)
    finally:
        book.close()
