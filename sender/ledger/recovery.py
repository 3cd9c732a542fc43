"""Move what is still open from the spool into the ledger, and remove the spool: at the end of a run, or after a kill."""

from contextlib import closing
from hashlib import sha256

from sender.clock import point
from sender.events.spool import Spool
from sender.ledger import batches, transitions
from sender.ledger.batches import BODY_SEPARATOR
from sender.ledger.ledger import Ledger


def unspool(ledger: Ledger, now: float) -> None:
    """A batch whose bytes are missing, or differ from those of the attempt, cannot be sent again: it is held."""
    if left := batches.spooled(ledger):
        bodies = read(ledger, {batch_id: places for batch_id, places, _ in left})
        whole = {
            batch_id: body
            for batch_id, _, digest in left
            if (body := bodies.get(batch_id)) is not None and sha256(body).digest() == digest
        }
        transitions.bring_home(ledger, whole, [batch_id for batch_id, *_ in left if batch_id not in whole], now)
        point()
    ledger.spool_path.unlink(missing_ok=True)


def read(ledger: Ledger, places: dict[int, bytes]) -> dict[int, bytes]:
    if not ledger.spool_path.exists():
        return {}
    with closing(Spool(ledger.spool_path)) as spool:
        return {batch_id: BODY_SEPARATOR.join(spool.read(where)) for batch_id, where in places.items()}
