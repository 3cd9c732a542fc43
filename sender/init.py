"""Create the ledger, and an empty published state so that dbt finds the file from the first day."""

import os
import time

from sender import ledger
from sender.errors import LedgerError
from sender.settings import Settings


def init(settings: Settings) -> None:
    from sender.publish import publish, published
    from sender.upkeep import private_folder

    os.umask(0o077)
    state = settings.ledger.parent / "delivery_state.parquet"
    if not settings.ledger.exists() and (found := published(state)) and found[1] > 0:
        raise LedgerError(
            f"{state} shows run {found[1]} of a ledger that is no longer at {settings.ledger}; restore it: "
            "a new one would send all of that again. If it was never delivered to Meta, move the file away first"
        )
    ledger.create(settings.ledger)
    book = ledger.load(settings.ledger)
    try:
        with private_folder(settings.ledger.parent) as folder:
            publish(book, time.time(), folder)
    finally:
        book.close()
