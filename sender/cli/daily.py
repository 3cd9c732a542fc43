"""The daily commands: init (once), send, status."""

import os
from typing import Any

import click

from sender.cli.options import Seconds, common, option, say, settings
from sender.clock import Clock
from sender.errors import ConfigError


@click.command()
@common
@click.option("--adopt", is_flag=True, help="Rebuild a lost ledger from delivery_state.parquet.")
@click.option("--if-missing", is_flag=True, help="Succeed if the ledger already exists, for use in a scheduler.")
def init(adopt: bool, if_missing: bool, **options: Any) -> None:
    """Create the ledger, which remembers what was sent. Do this once per installation; keep the ledger and back it up."""
    from sender.commands.init import init as run
    from sender.commands.init import is_there

    chosen = settings(options, reads_events=False)
    if if_missing and is_there(chosen):
        say(f"{chosen.ledger} already exists")
        return
    knows_the_forgotten = run(chosen, adopt)
    say(f"created {chosen.ledger}; keep it: without it, delivered events would be sent again")
    if not knows_the_forgotten:
        say(
            "the published state was written by an older version and does not say who asked to be forgotten: run `forget` for them again"
        )


@click.command()
@common
@option("--dry-run", "Print what would be sent. Needs no token, posts nothing.", is_flag=True)
@option("--limit", "Send at most this many events.", type=click.IntRange(0), metavar="N")
@option("--batch-size", "Events per request.", type=click.IntRange(1, 1000), default=1000, show_default=True)
@option(
    "--workers", "Send at most this many requests at a time.", type=click.IntRange(1, 16), default=2, show_default=True
)
@option(
    "--deadline", "Time limit for one request, in seconds.", type=Seconds(0.1, 600), default=60.0, show_default=True
)
@option(
    "--max-wait",
    "Seconds to wait without success before leaving the rest to the next run.",
    type=Seconds(0),
    default=120.0,
)
@option("--wait-for-warehouse", "Seconds to wait for a locked database.", type=Seconds(0), default=60.0)
def send(**options: Any) -> int:
    """Deliver what is due."""
    from sender.cli import printing
    from sender.commands.findings import look
    from sender.commands.send import send as run

    chosen = settings(options)
    with printing.bar(say) as progress:
        summary = run(chosen, os.environ, say, progress)
    printing.outcome(summary, chosen)
    if chosen.dry_run and not chosen.json:
        printing.findings(look(chosen))
    return summary.exit_code()


@click.command()
@common
def status(**options: Any) -> int:
    """Show on one screen what was delivered and what it is worth, how fresh the data is, and what needs attention."""
    from sender.cli import printing
    from sender.commands.status import status as run

    try:
        chosen = settings(options, quiet=True)
    except ConfigError:  # no table is named: only the ledger answers
        chosen = settings(options, reads_events=False)
    found = run(chosen, Clock().now())
    printing.status(found, chosen.json)
    return 1 if found.needs_more() else 0
