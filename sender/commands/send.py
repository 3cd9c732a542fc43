"""One `send` from start to end: lock, recover, read, compare, deliver each dataset, publish, account."""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from sender.clock import Clock, point
from sender.commands.summary import Summary
from sender.config.settings import Settings
from sender.config.tokens import Token, Tokens
from sender.delivery.lane import Lane
from sender.delivery.run import Progress, Run
from sender.delivery.unsent import Unsent
from sender.errors import ConfigError
from sender.ledger import batches, chosen, notes, taken_in, transitions
from sender.ledger.ledger import Ledger
from sender.ledger.recovery import unspool
from sender.ledger.session import opened
from sender.ledger.states import UNFINISHED, State
from sender.meta.reasons import STOPS, Reason, worse
from sender.seeing.words import counted

if TYPE_CHECKING:
    from sender.events.ready import Ready


def send(
    settings: Settings,
    environ: Mapping[str, str],
    say: Callable[[str], None],
    progress: Callable[[int], Progress],
) -> Summary:
    """Deliver what is due. `progress(total)` makes the Progress to report to."""
    tokens = Tokens(environ)
    if not tokens and not settings.dry_run:
        raise ConfigError(
            "no access token: set META_ACCESS_TOKEN or META_ACCESS_TOKEN_<dataset id>, or OFFLINE_CAPI_TOKEN_FILE to a file that "
            "only you can read"
        )
    with opened(settings.ledger) as (ledger, folder):
        return Sending(settings, tokens, ledger, folder, say, progress).run()


@dataclass
class Sending:
    """What the steps of a send share. `folder` is private scratch space."""

    settings: Settings
    tokens: Tokens
    ledger: Ledger
    folder: Path
    say: Callable[[str], None]
    progress: Callable[[int], Progress]

    def run(self) -> Summary:
        self.clock = Clock()
        dry = self.settings.dry_run
        if not dry:
            self.ledger.check_target(self.settings.graph_url)
            self.ledger.check_clock(self.clock.now())
        self.before = self.ledger.counts()
        mark = taken_in.mark(self.settings.table)
        ready = self.read(mark)
        summary = self.what_is_there(ready)
        if dry:
            return summary
        accepted_change = notes.use_acceptance(self.ledger)
        seen = ready.unsettled
        if summary.pending or ready.drifted or seen.withdrawn or seen.unsure or self.ledger.left_pending():
            self.deliver(ready, summary, accepted_change)
        if not (summary.pending or summary.stopped):
            taken_in.note(self.ledger, mark if ready.stands_alone else None, ready.total)
        return summary

    def read(self, mark: str | None) -> "Ready":
        """What may be due. If the table has not changed since the ledger took all of it in, it is not read again."""
        from sender.events.changes import Known, take
        from sender.events.ready import Ready
        from sender.ledger.publication import current

        dry = self.settings.dry_run
        state = current(self.ledger, self.clock.now(), self.folder, dry)
        total = taken_in.rows(self.ledger, mark)
        if total is not None and not self.waiting() and not self.before[State.HELD]:
            return Ready(self.folder, stands_alone=True, total=total)
        with notes.noted_drift(self.ledger) as drift:
            spool = None if dry else self.ledger.spool_path
            known = Known(state, drift, batches.refused(self.ledger), self.clock.now())
            most = self.settings.limit
            return take(self.settings.table, known, folder=self.folder, spool=spool, most=most, say=self.say)

    def waiting(self) -> int:
        return sum(self.before[state] for state in UNFINISHED)

    def what_is_there(self, ready: "Ready") -> Summary:
        """What the run starts from. Withdrawn events count although they are not in the table."""
        waiting, held, seen = self.waiting(), self.before[State.HELD], ready.unsettled
        return Summary(
            dry_run=self.settings.dry_run,
            read=ready.total + waiting + held - seen.unfinished,
            already_known=ready.total - ready.new - seen.unfinished - len(seen.unsure),
            held=held + len(seen.unsure),
            withheld=len(seen.withdrawn),
            pending=ready.new + waiting - len(seen.withdrawn),
        )

    def deliver(self, ready: "Ready", summary: Summary, accepted_change: bool) -> None:
        """A run of the ledger. Fills in what became of the events."""
        from sender.ledger.publication import publish
        from sender.seeing.glance import gained, worth

        before = worth(self.ledger.state_path)[State.ACCEPTED]
        self.ledger.start_run(self.clock.now(), self.settings.graph_url)
        transitions.recover(self.ledger, self.clock.now())
        point()
        if ready.changed_too_much() and not accepted_change:
            summary.stopped = Reason.MODEL_CHANGED
            self.say(
                f"stopped before sending: {ready.what_changed()}. See what changed in the model; "
                "`offline-capi resolve --accept-model-change` lets the next send continue"
            )
        else:
            self.follow_the_model(ready)
            self.deliver_all(ready, summary)
        unspool(self.ledger, self.clock.now())
        self.ledger.check_accounts()
        summary.account(self.before, self.ledger.counts())
        self.ledger.end_run(self.clock.now(), summary.json())
        publish(self.ledger, self.clock.now(), self.folder)
        summary.worth = gained(before, worth(self.ledger.state_path)[State.ACCEPTED])
        summary.why = batches.reasons_of_run(self.ledger)

    def follow_the_model(self, ready: "Ready") -> None:
        """Before anything is sent: note what drifted, withhold what was withdrawn, take back in what has returned."""
        now, seen = self.clock.now(), ready.unsettled
        notes.note_drift(self.ledger, ready.drift())
        if ready.drifted:
            self.say(
                f"{ready.drifted} delivered events now have different content and are not sent again: see drift in docs/delivery.md"
            )
        chosen.take_back(self.ledger, seen.returned | seen.unsure, now)
        self.before = self.ledger.counts()  # what is back counts again
        point()
        chosen.withhold(self.ledger, seen.withdrawn, now)
        if seen.withdrawn:
            self.say(
                f"{len(seen.withdrawn)} events are no longer in the table and are withheld: see withheld in docs/delivery.md"
            )
        point()

    def deliver_all(self, ready: "Ready", summary: Summary) -> None:
        """One dataset after the other; one that has to stop does not stop the next, unless they share a refused token."""
        from sender.meta.client import Graph

        settings, progress = self.settings, self.progress(summary.pending)
        waiting = {batch.dataset_id for batch in batches.unfinished(self.ledger)}
        refused: set[Token] = set()
        untried = 0
        with closing(Graph(settings.graph_url, settings.api_version, settings.deadline, settings.workers)) as wire:
            run = Run(settings, self.ledger, wire, self.clock, self.say, progress)
            if settings.limit is not None:
                run.allowance = settings.limit
            with signals(run, wire.wake):
                for dataset_id in sorted(ready.datasets.keys() | waiting):
                    token = self.tokens.get(dataset_id)
                    if token in refused:
                        untried += 1
                        continue
                    stop = self.deliver_one(run, ready, dataset_id, token)
                    if stop:
                        summary.stopped = worse(summary.stopped, stop)
                    if stop == Reason.TOKEN and token:
                        refused.add(token)
                    if run.signal:
                        break
            summary.requests, summary.signal = run.requests, run.signal
        if untried:
            self.say(f"{counted(untried, 'more dataset')} with the same token: not tried ({Reason.TOKEN})")

    def deliver_one(self, run: Run, ready: "Ready", dataset_id: str, token: Token | None) -> str | None:
        """Says and returns why it had to stop, if it had to."""
        why = f"no token for it: set META_ACCESS_TOKEN_{dataset_id}, or META_ACCESS_TOKEN"
        stop: str | None = Reason.TOKEN
        if token:
            with closing(Unsent(self.ledger, ready, dataset_id)) as unsent:
                stop = Lane(run, unsent, dataset_id, token).deliver()
            if run.signal:
                stop = Reason.SIGNAL
            why = STOPS.get(stop or "", "see `offline-capi status`")
        if stop:
            self.say(f"dataset {dataset_id}: stopped, {why} ({stop})")
        return stop


@contextmanager
def signals(run: Run, wake: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and SIGINT: post nothing more, wait for the answers that are due, record them. A second signal: exit at once."""

    def ask(number: int, frame: FrameType | None) -> None:
        if run.signal:
            os._exit(128 + number)  # the committed attempts say what was in flight
        run.signal = number
        wake()

    previous = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
