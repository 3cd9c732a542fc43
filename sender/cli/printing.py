"""What a person or a program reads: progress on a terminal's stderr, the outcome on stdout."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil

from sender import money
from sender.cli.options import show
from sender.commands.findings import Finding
from sender.commands.status import Status
from sender.commands.summary import Summary
from sender.config.settings import Settings
from sender.delivery.run import Progress
from sender.meta.reasons import LATER, STOPS
from sender.seeing.advice import STALE
from sender.seeing.glance import Glance
from sender.seeing.outlook import HELD
from sender.seeing.words import ago, counted, duration


@contextmanager
def bar(say: Callable[[str], None]) -> Iterator[Callable[[int], Progress]]:
    """A progress bar, on a terminal only. Call the function it yields with the total."""
    if not sys.stderr.isatty():
        yield lambda total: Progress()
        return
    from rich import progress
    from rich.console import Console

    columns = (
        *(progress.TextColumn("{task.description}"), progress.BarColumn()),
        *(progress.MofNCompleteColumn(), progress.TimeRemainingColumn()),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as shown:

        class Bar(Progress):
            def __init__(self, total: int) -> None:
                self.task = shown.add_task("sending", total=total)

            def step(self, n: int) -> None:
                shown.update(self.task, advance=n, description="sending")

            def wait(self, seconds: float, why: str) -> None:
                pause = f"waiting {duration(ceil(seconds))} {why}" if seconds >= 1 else "trying again"
                shown.update(self.task, description=pause)

        yield Bar


def outcome(summary: Summary, settings: Settings) -> None:
    if settings.json:
        show(summary.json())
        return
    known = f"{summary.read:,} events read, {summary.already_known:,} already known"
    if summary.dry_run:
        n = summary.pending if settings.limit is None else min(summary.pending, settings.limit)
        withheld = f", {summary.withheld:,} would be withheld" if summary.withheld else ""
        show(f"would send {n:,} of {summary.read:,} events ({summary.already_known:,} are already known{withheld})")
        return
    show(f"{known}: {sentence(summary)} ({counted(summary.requests, 'request')})")


def findings(found: list[Finding], to_stderr: bool = False) -> None:
    for finding in found:
        show(f"{finding.result:8} {finding.what}: {finding.why}", err=to_stderr)


def sentence(summary: Summary) -> str:
    """The outcome in words: 3,850 sales worth 412,338.20 EUR delivered; 12 rejected (bad_lead_id)."""
    parts = []
    if summary.accepted:
        amounts = money.amounts(summary.worth)
        parts.append(f"{counted(summary.accepted, 'sale')}{f' worth {amounts}' if amounts else ''} delivered")
    for state in ("rejected", "expired", "held", "withheld"):
        if n := getattr(summary, state):
            why = ", ".join(summary.why.get(state, ()))
            parts.append(f"{n:,} {state}{f' ({why})' if why else ''}")
    if summary.pending:
        parts.append(f"{summary.pending:,} left for the next send")
    return "; ".join(parts) or "nothing to send"


def status(found: Status, as_json: bool) -> None:
    if as_json:
        show(json.dumps(found.facts(), default=str))
        return
    last_send(found)
    if found.table:
        table(found.table, found.at)
    for state, count in found.counts.items():
        show(f"{state:9} {count:>12,}  {money.amounts(found.worth.get(state, {}))}".rstrip())
        for line in found.reasons:
            if line["state"] == state:
                codes = ", ".join(found.codes.get(line["reason"], ()))
                show(f"  {line['reason']:22} {line['events']:>12,}{f'  code {codes}' if codes else ''}")
    for text in advice(found):
        show(text)


def table(found: Glance, now: float) -> None:
    if found.problem:
        show(f"the table cannot be read right now: {found.problem}")
        return
    newest = f", the newest from {utc(found.newest_sale_at)}" if found.newest_sale_at else ""
    built = f"; dbt built it {ago(now - found.built_at)}" if found.built_at else ""
    show(f"the table has {counted(found.events, 'event')}{newest}{built}")


def advice(found: Status) -> Iterator[str]:
    """What a person should know or do, the most urgent first."""
    if found.expire_soon:
        yield f"{found.expire_soon:,} of those pending expire within 3 days: run `offline-capi send`"
    for line in found.reasons:
        if line["state"] == "held":
            cause = HELD.get(line["reason"], "their outcome is unknown")
            yield (
                f"{counted(line['events'], 'held event')} must wait for a decision, because {cause}: look in Events Manager, then run `offline-capi "
                f"resolve --because {line['reason']} --reason ...` with --assume-accepted, --resend or --give-up"
            )
    for dataset, until in found.paused.items():
        yield f"dataset {dataset}: Meta asked to wait until {utc(until)}"
    if found.table and found.table.built_at and found.at - found.table.built_at > STALE:
        yield f"dbt last built the table {ago(found.at - found.table.built_at)}: newer sales are not in it"
    if found.table and found.table.withdrawn:
        worth = money.amounts(found.table.withdrawn_worth or {})
        yield (
            f"{counted(found.table.withdrawn, 'delivered sale')}{f' worth {worth}' if worth else ''} later taken back by the shop: Meta still "
            "counts them"
        )
    yield "new events in the table are not counted here: `offline-capi send --dry-run` shows what is due"


def last_send(found: Status) -> None:
    last, left = found.last_run, found.left_pending
    if last is None:
        show("nothing has been sent yet")
    elif last["ended_at"] is None:
        show(
            f"the send that started {utc(last['started_at'])} has not ended: it is running, or was killed. If it was killed, run "
            "`offline-capi send`: what may have arrived is repeated with the same bytes"
        )
    else:
        stopped = (last["summary"] or {}).get("stopped")
        codes = ", ".join(found.codes.get(str(stopped), ()))
        why = f", stopped by {stopped}{f' (code {codes})' if codes else ''}" if stopped else ""
        do = "run `offline-capi send` again"
        if stopped and stopped not in LATER:
            do = f"{STOPS.get(stopped, 'see its messages')}. Then {do}"
        rest = f" with {left:,} events still to be sent{why}: {do}" if left else why
        show(f"the last send ended {utc(last['ended_at'])}{rest}")


def utc(seconds: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))
