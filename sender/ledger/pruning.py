# ruff: noqa: S608 - only constants are put into SQL here
"""Delete from the ledger what nobody needs any more. `before` is in Unix seconds."""

from sender.ledger.ledger import Ledger
from sender.ledger.states import State


def drop_held_bytes(ledger: Ledger, before: float) -> int:
    """Delete the bytes of events held since before then. Returns the number of batches."""
    held = f"select batch_id from batches where state = '{State.HELD}' and ended_at < ?"
    return ledger.db.execute(f"delete from bodies where batch_id in ({held})", (before,)).rowcount


def drop_history(ledger: Ledger, before: float) -> int:
    """Delete attempts, runs and decisions from before then, and the remains of split batches. Returns the number of attempts."""
    with ledger.transaction() as db:
        attempts = db.execute("delete from attempts where started_at < ?", (before,)).rowcount
        db.execute("delete from runs where started_at < ? and run_id < ?", (before, ledger.run_id))
        db.execute("delete from decisions where decided_at < ?", (before,))
        db.execute("delete from batches where state = ? and run_id < ?", (State.SPLIT, ledger.run_id))
    return attempts


def shrink(ledger: Ledger) -> None:
    """Return free space to the disk."""
    ledger.db.execute("vacuum")
