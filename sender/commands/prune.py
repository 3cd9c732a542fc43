"""Delete what no longer matters: events that can no longer be sent, 8 days after they expired. See docs/decisions.md, 62 days.

events and their batches   8 days after they expired, whatever became of them
bytes of held events       30 days after they were held
attempts, runs, decisions  13 months
"""

from sender.config.settings import Settings
from sender.delivery.windows import DAY
from sender.events import member
from sender.ledger import batches, chosen, pruning
from sender.ledger.session import changing
from sender.ledger.states import FINAL

EVENTS, BYTES, HISTORY = 8 * DAY, 30 * DAY, 395 * DAY


def prune(settings: Settings, now: float) -> dict[str, int]:
    """Returns how many of each were deleted."""
    counts = {"events": 0, "bodies": 0, "attempts": 0}
    with changing(settings.ledger, now, whole=True) as (ledger, _):
        for state in FINAL:
            for batch in batches.in_state(ledger, state):
                records = batches.members(ledger, batch.batch_id)
                if all(member.times(record)[1] + EVENTS < now for record in records):
                    with ledger.transaction():
                        chosen.drop(ledger, batch)
                    counts["events"] += batch.n
        counts["bodies"] = pruning.drop_held_bytes(ledger, now - BYTES)
        counts["attempts"] = pruning.drop_history(ledger, now - HISTORY)
        pruning.shrink(ledger)
    return counts
