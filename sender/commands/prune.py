"""Forget what can no longer matter: events that may not be sent any more, and 8 days on top. See delivery.md 4.10.

events and their batches   8 days after they expired, whatever became of them
bytes of held events       30 days after they were held
attempts, runs, decisions  13 months
"""

from sender.config.settings import Settings
from sender.delivery.windows import DAY
from sender.ledger import batches, transitions
from sender.ledger.session import changing

EVENTS, BYTES, HISTORY = 8 * DAY, 30 * DAY, 395 * DAY


def prune(settings: Settings, now: float) -> dict[str, int]:
    """Returns how many of each were forgotten."""
    counts = {"events": 0, "bodies": 0, "attempts": 0}
    with changing(settings.ledger, now, whole=True) as (book, _):
        for state in ("accepted", "rejected", "expired", "held"):
            for batch in batches.in_state(book, state):
                if all(batches.times(member)[1] + EVENTS < now for member in batches.members(book, batch.batch_id)):
                    with book.transaction():
                        transitions.drop(book, batch)
                    counts["events"] += batch.n
        with book.transaction() as db:
            held = "select batch_id from batches where state = 'held' and ended_at < ?"
            erase = f"delete from bodies where batch_id in ({held})"  # noqa: S608 - a constant
            counts["bodies"] = db.execute(erase, (now - BYTES,)).rowcount
            counts["attempts"] = db.execute("delete from attempts where started_at < ?", (now - HISTORY,)).rowcount
            db.execute("delete from runs where started_at < ? and run_id < ?", (now - HISTORY, book.run_id))
            db.execute("delete from decisions where decided_at < ?", (now - HISTORY,))
            db.execute("delete from batches where state = 'split' and run_id < ?", (book.run_id,))
        book.db.execute("vacuum")
    return counts
