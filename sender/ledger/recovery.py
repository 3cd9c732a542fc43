"""Move what is still open from the spool into the ledger, and remove the spool: at the end of a run, or after a kill."""

from contextlib import closing
from hashlib import sha256

from sender.clock import point
from sender.events.spool import Spool
from sender.ledger.batches import BODY_SEPARATOR
from sender.ledger.ledger import Ledger


def unspool(book: Ledger, now: float) -> None:
    """Bytes that are not those of the attempt, or not there any more, cannot be sent again: their batch is held."""
    open_ones = book.db.execute(
        "select batch_id, places, body_sha256 from spooled join attempts using (batch_id) group by batch_id"
    ).fetchall()
    if open_ones:
        bodies = read(book, open_ones)
        with book.transaction() as db:
            for batch_id, _, digest in open_ones:
                if sha256(bodies.get(batch_id, b"")).digest() == digest:
                    db.execute("insert into bodies values (?, ?)", (batch_id, bodies[batch_id]))
                else:
                    db.execute(
                        "update batches set state = 'held', reason = 'bytes_lost', ended_at = ?, run_id = ? where batch_id = ?",
                        (int(now), book.run_id, batch_id),
                    )
            db.execute("delete from spooled")
        point()
    book.spool_path.unlink(missing_ok=True)


def read(book: Ledger, open_ones: list[tuple[int, bytes, bytes]]) -> dict[int, bytes]:
    if not book.spool_path.exists():
        return {}
    with closing(Spool(book.spool_path)) as spool:
        return {batch_id: BODY_SEPARATOR.join(spool.read(places)) for batch_id, places, _ in open_ones}
