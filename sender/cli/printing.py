"""What a person or a program reads: progress on a terminal's stderr, the outcome on stdout."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from sender.commands.status import Status
from sender.commands.summary import Summary
from sender.config.settings import Settings


@contextmanager
def bar(say: Callable[[str], None]) -> Iterator[Callable[[int], Callable[[int], None]]]:
    """A progress bar, on a terminal only: call what it gives with the total, and what that gives with each step."""
    if not sys.stderr.isatty():
        yield lambda total: lambda n: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("sending"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def start(total: int) -> Callable[[int], None]:
            task = progress.add_task("sending", total=total)
            return lambda n: progress.advance(task, n)

        yield start


def outcome(summary: Summary, settings: Settings) -> None:
    if settings.json:
        click.echo(summary.json())
        return
    if summary.dry_run:
        n = summary.pending if settings.limit is None else min(summary.pending, settings.limit)
        withheld = f", {summary.withheld:,} would be withheld" if summary.withheld else ""
        click.echo(
            f"would send {n:,} of {summary.read:,} events ({summary.already_known:,} are already known{withheld})"
        )
        return
    counts = [("accepted", summary.accepted), ("rejected", summary.rejected), ("expired", summary.expired)]
    counts += [("held", summary.held), ("withheld", summary.withheld), ("pending", summary.pending)]
    found = ", ".join(f"{n:,} {state}" for state, n in counts if n) or "nothing to send"
    known = f"{summary.read:,} events read, {summary.already_known:,} already known"
    click.echo(f"{known}: {found} ({summary.requests:,} requests)")


def status(found: Status, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found.facts()))
        return
    last_send(found.last_run, found.left_pending)
    for state, count in found.counts.items():
        click.echo(f"{state:9} {count:>12,}")
        for line in found.reasons:
            if line["state"] == state:
                click.echo(f"  {line['reason']:22} {line['events']:>12,}")
    if found.expire_soon:
        click.echo(f"{found.expire_soon:,} of those pending expire within 3 days: run `offline-capi send`")
    if found.counts["held"]:
        click.echo("held events wait for a person: see `offline-capi resolve --help`")
    for dataset, until in found.paused.items():
        click.echo(f"dataset {dataset}: Meta asked to wait until {utc(until)}")
    click.echo("new events in the table are not counted here: `offline-capi send --dry-run` says what is due")


def last_send(last: dict[str, Any] | None, left: int) -> None:
    if last is None:
        click.echo("nothing was sent yet")
    elif last["ended_at"] is None:
        click.echo(
            f"the send of {utc(last['started_at'])} has not ended: it is running, or was killed. After a kill run "
            "`offline-capi send`: what may have arrived is repeated with the same bytes"
        )
    else:
        stopped = last["summary"]["stopped"] if last["summary"] else None
        why = f", stopped by {stopped}" if stopped else ""
        rest = f" with {left:,} events still to be sent{why}: run `offline-capi send` again" if left else why
        click.echo(f"the last send ended {utc(last['ended_at'])}{rest}")


def utc(seconds: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))
