"""What a person or a program reads: progress on a terminal's stderr, the outcome on stdout."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from sender.commands.send import Summary
from sender.config.settings import Settings


@contextmanager
def bar(say: Callable[[str], None]) -> Iterator[Callable[[int], Callable[[int], None]]]:
    """A progress bar, on a terminal only. Gives a function of the total that gives a function to tell of steps."""
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
        click.echo(f"would send {n:,} of {summary.read:,} events ({summary.already_known:,} are already known)")
        return
    counts = [("accepted", summary.accepted), ("rejected", summary.rejected), ("expired", summary.expired)]
    counts += [("held", summary.held), ("pending", summary.pending)]
    found = ", ".join(f"{n:,} {state}" for state, n in counts if n) or "nothing to send"
    known = f"{summary.read:,} events read, {summary.already_known:,} already known"
    click.echo(f"{known}: {found} ({summary.requests:,} requests)")
