"""What a send did, in counts that balance."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from sender.errors import LedgerError
from sender.ledger.states import FINAL, UNFINISHED, State
from sender.meta.reasons import LATER

NOT_IN_JSON = ("signal", "dry_run", "worth", "why")


@dataclass
class Summary:
    """read = already_known + accepted + rejected + expired + held + withheld + pending

    Withheld events, which the shop itself took back, are no failure.
    """

    read: int = 0
    already_known: int = 0
    accepted: int = 0
    rejected: int = 0
    expired: int = 0
    held: int = 0
    withheld: int = 0
    pending: int = 0
    requests: int = 0
    stopped: str | None = None
    signal: int = 0
    dry_run: bool = False
    worth: dict[str, Decimal] = field(default_factory=dict)  # what was accepted, by currency
    why: dict[str, list[str]] = field(default_factory=dict)  # reasons by state

    def account(self, before: Counter[State], after: Counter[State]) -> None:
        """Fill in what a run did to the ledger, and check that the accounts balance. `held` also counts earlier runs: a
        schedule stays red until somebody has decided."""
        ended = {state: after[state] - (0 if state is State.HELD else before[state]) for state in FINAL}
        for state, n in ended.items():
            setattr(self, state, n)
        self.pending = self.read - self.already_known - sum(ended.values())
        if self.pending < sum(after[state] for state in UNFINISHED):
            raise LedgerError(f"the accounts of this run do not balance: {self.json()}, ledger {dict(after)}")

    def json(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if name not in NOT_IN_JSON})

    def exit_code(self) -> int:
        if self.signal:
            return 128 + self.signal
        if self.dry_run:
            return 0
        if self.stopped and self.stopped not in LATER:
            return 2
        return 1 if self.rejected or self.expired or self.held or self.pending else 0
