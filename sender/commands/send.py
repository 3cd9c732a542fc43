"""One `send`, start to end: lock, recover, read, compare, deliver each dataset, publish, account."""

import json
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from sender.clock import Clock, point
from sender.config.settings import Settings
from sender.config.tokens import Tokens
from sender.delivery.lane import Lane
from sender.delivery.run import Run
from sender.delivery.unsent import Fresh
from sender.errors import ConfigError, LedgerError
from sender.ledger import batches, taken_in, transitions
from sender.ledger.ledger import ACCEPTED_CHANGE, OPEN, Ledger
from sender.ledger.recovery import unspool
from sender.ledger.session import opened
from sender.meta.reasons import LATER, STOPS, worse

if TYPE_CHECKING:
    from sender.events.changes import Ready

COUNTED = ("accepted", "rejected", "expired", "held")


@dataclass
class Summary:
    """read = already_known + accepted + rejected + expired + held + pending"""

    read: int = 0
    already_known: int = 0
    accepted: int = 0
    rejected: int = 0
    expired: int = 0
    held: int = 0
    pending: int = 0
    requests: int = 0
    stopped: str | None = None
    signal: int = 0
    dry_run: bool = False

    def json(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if name not in ("signal", "dry_run")})

    def exit_code(self) -> int:
        if self.signal:
            return 128 + self.signal
        if self.dry_run:
            return 0
        if self.stopped and self.stopped not in LATER:
            return 2
        return 1 if self.rejected or self.expired or self.held or self.pending else 0


def send(
    settings: Settings,
    environ: Mapping[str, str],
    say: Callable[[str], None],
    progress: Callable[[int], Callable[[int], None]],
) -> Summary:
    """Deliver what is due. `progress(total)` gives a function to tell of steps."""
    tokens = Tokens(environ)
    if not tokens and not settings.dry_run:
        raise ConfigError(
            "no access token: set META_ACCESS_TOKEN or META_ACCESS_TOKEN_<dataset id>, or OFFLINE_CAPI_TOKEN_FILE to a file that "
            "only you can read"
        )
    with opened(settings.ledger) as (book, folder):
        return run(settings, tokens, book, Clock(), folder, say, progress)


def run(
    settings: Settings,
    tokens: Tokens,
    book: Ledger,
    clock: Clock,
    folder: Path,
    say: Callable[[str], None],
    progress: Callable[[int], Callable[[int], None]],
) -> Summary:
    from sender.events.changes import take
    from sender.ledger.publication import current, publish

    if not settings.dry_run:
        book.check_target(settings.graph_url)
        book.check_clock(clock.now())
    state = current(book, clock.now(), folder, settings.dry_run)
    before = book.counts()
    still_open, held = sum(before.get(name, 0) for name in OPEN), before.get("held", 0)
    reading = (settings.database, settings.relation, settings.events)
    mark = taken_in.mark(*reading)
    known = taken_in.rows(book, mark)
    if known is not None and not (still_open or held):
        if not settings.dry_run:
            use_acceptance(book)
        return Summary(dry_run=settings.dry_run, read=known, already_known=known)
    spool = None if settings.dry_run else book.spool_path
    with closing(book.db.execute("select event_key, digest from drift")) as noted:
        ready = take(*reading, state, noted, settings.wait_for_warehouse, folder, say, spool)
    summary = Summary(
        dry_run=settings.dry_run,
        read=ready.total + still_open + held - ready.seen_unfinished,
        already_known=ready.total - ready.new - ready.seen_unfinished,
        held=held,
        pending=ready.new + still_open,
    )
    if settings.dry_run:
        return summary
    accepted_change = use_acceptance(book)
    if not (summary.pending or ready.drifted):
        if book.left_pending():  # what the last run left is not there any more
            book.start_run(clock.now(), settings.graph_url)
            book.end_run(clock.now(), summary.json())
        taken_in.note(book, mark if ready.stands_alone else None, ready.total)
        return summary
    book.start_run(clock.now(), settings.graph_url)
    transitions.recover(book, clock.now())
    point()
    if ready.changed_too_much() and not accepted_change:
        summary.stopped = "model_changed"
        say(
            f"stopped before sending: {ready.conflicts} delivered orders came back under another event_key, "
            f"{ready.drifted} delivered events with other content. See what changed in the model; "
            "`offline-capi resolve --accept-model-change` lets the rest go on"
        )
    else:
        transitions.note_drift(book, ready.drift())
        if ready.drifted:
            say(f"{ready.drifted} delivered events have other content now and are not sent again: see README, drift")
        summary.signal = deliver_all(settings, tokens, book, clock, ready, summary, say, progress(summary.pending))
    unspool(book, clock.now())
    account(book, before, summary, clock)
    publish(book, clock.now(), folder)
    if not (summary.pending or summary.stopped):
        taken_in.note(book, mark if ready.stands_alone else None, ready.total)
    return summary


def use_acceptance(book: Ledger) -> bool:
    """Whether a person has accepted a changed model: for one send that has read the table, whatever it finds."""
    accepted = book.meta(ACCEPTED_CHANGE) is not None
    if accepted:
        book.set_meta(ACCEPTED_CHANGE, None)
    return accepted


def deliver_all(
    settings: Settings,
    tokens: Tokens,
    book: Ledger,
    clock: Clock,
    ready: "Ready",
    summary: Summary,
    say: Callable[[str], None],
    progress: Callable[[int], None],
) -> int:
    """Each dataset after the other; one that has to stop does not stop the next. Returns the signal, or 0."""
    from sender.meta.client import Graph

    waiting = {batch.dataset_id for batch in batches.open_batches(book)}
    with closing(Graph(settings.graph_url, settings.api_version, settings.deadline, settings.workers)) as wire:
        run = Run(settings, book, wire, clock, say=say, progress=progress)
        if settings.limit is not None:
            run.allowance = settings.limit
        with signals(run, wire.wake):
            for dataset_id in sorted(ready.datasets.keys() | waiting):
                with closing(Fresh(book, ready, dataset_id)) as fresh:
                    token = tokens.get(dataset_id)
                    stop = Lane(run, fresh, dataset_id, token).deliver() if token else "token"
                if run.signal:
                    stop = "signal"
                if stop:
                    summary.stopped = worse(summary.stopped, stop)
                    why = STOPS.get(stop, "see `offline-capi status`")
                    if not token:
                        why = f"no token for it: set META_ACCESS_TOKEN_{dataset_id}, or META_ACCESS_TOKEN"
                    say(f"dataset {dataset_id}: stopped, {why} ({stop})")
                if run.signal:
                    break
        summary.requests = run.requests
        return run.signal


def account(book: Ledger, before: Mapping[str, int], summary: Summary, clock: Clock) -> None:
    """Fill in what this run did, from the ledger, and check that the accounts balance. Held is what waits for a person, of
    earlier runs too: a schedule stays red until somebody has looked."""
    book.check_accounts()
    after = book.counts()
    for state in COUNTED:
        setattr(summary, state, after.get(state, 0) - (0 if state == "held" else before.get(state, 0)))
    done = sum(getattr(summary, state) for state in COUNTED)
    summary.pending = summary.read - summary.already_known - done
    if summary.pending < sum(after.get(state, 0) for state in OPEN):
        raise LedgerError(f"the accounts of this run do not balance: {summary.json()}, ledger {after}")
    book.end_run(clock.now(), summary.json())


@contextmanager
def signals(run: Run, wake: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and SIGINT: post nothing more, let what is on its way arrive, record it. A second one: leave at once."""

    def ask(number: int, frame: FrameType | None) -> None:
        if run.signal:
            os._exit(128 + number)  # the committed attempts say what was on its way
        run.signal = number
        wake()

    previous = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
