"""Has the model changed under delivered orders? Looked at before anything is posted, so that a changed rule cannot count twice.

drift     a known key with other bytes: written down once, never sent again (Meta keeps the first copy)
conflict  a new key for an order, event name and item that was attempted under another key: held
"""

from dataclasses import dataclass

from sender.batching import chunks
from sender.ledger import FINAL, Ledger
from sender.ready import Ready


@dataclass
class Changes:
    known_final: int = 0  # rows among the candidates that had a final state before this run
    seen_open: int = 0  # rows among the candidates that are open in the ledger
    drift: int = 0
    conflicts: int = 0

    def too_many(self, total: int) -> bool:
        """More than 100, or more than 1 % of the table; a single row never stops a run, it is held or noted."""
        changed = self.drift + self.conflicts
        return changed > 100 or changed > max(1, 0.01 * total)


def compare(ledger: Ledger, ready: Ready) -> Changes:
    changes = Changes()
    db = ledger.db
    if not db.execute("select 1 from events limit 1").fetchone():
        return changes
    db.execute("create temp table seen (event_key blob primary key, source blob, digest blob) without rowid")
    finals = ", ".join(f"'{state}'" for state in FINAL)
    for rows in chunks(ready.stream(), 20_000):
        db.execute("begin")
        db.execute("delete from seen")
        db.executemany("insert into seen values (?, ?, ?)", [(row.event_key, row.source, row.digest) for row in rows])
        final, still_open, drift = db.execute(
            f"select count(*) filter (where state in ({finals})), count(*) filter (where state not in ({finals})), "
            "count(*) filter (where s.digest != e.digest and not exists "
            "(select 1 from drift as d where d.event_key = s.event_key and d.digest = s.digest)) "
            "from seen as s join events as e using (event_key) join batches using (batch_id)"
        ).fetchone()
        (conflicts,) = db.execute(
            "select count(distinct s.event_key) from seen as s join events as e on e.source = s.source "
            "join batches as b using (batch_id) where b.first_attempt_at is not null "
            "and not exists (select 1 from events as k where k.event_key = s.event_key)"
        ).fetchone()
        db.execute("commit")
        changes.known_final += final
        changes.seen_open += still_open
        changes.drift += drift
        changes.conflicts += conflicts
    return changes


def note_drift(ledger: Ledger, ready: Ready) -> None:
    for rows in chunks(ready.stream(), 20_000):
        with ledger.transaction() as db:
            db.executemany(
                "insert or ignore into drift select event_key, ?1, ?3 from events where event_key = ?2 and digest != ?1",
                [(row.digest, row.event_key, ledger.run_id) for row in rows],
            )
