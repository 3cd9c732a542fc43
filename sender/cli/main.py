"""The command: parse, call, print, exit. What a command needs is imported when it runs, so that `--help` is quick.

Exit codes: 0 everything due is delivered; 1 some events were rejected, expired, held or are still pending; 2 could
not run or had to stop; 3 another sender is running; 130/143 on signals.
"""

import os
import sqlite3
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from sender.cli.options import Seconds, common, option, say, settings
from sender.errors import SenderError

NEEDS_MORE = "the emulator needs more packages: pip install 'offline-capi[emulator]'"
NOT_HERE = {
    "emulator": "sender.emulator.command",
    **dict.fromkeys(("check", "resolve", "prune", "forget"), "sender.cli.upkeep"),
}


class Commands(click.Group):
    """Commands of other modules are imported only when they are asked for, or for the list of commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *NOT_HERE})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in NOT_HERE:
            return super().get_command(ctx, name)
        try:
            command: click.Command = getattr(import_module(NOT_HERE[name]), name)
        except ModuleNotFoundError as error:
            return missing(name, f"{NEEDS_MORE} ({error.name} is missing)")
        return command


def missing(name: str, message: str) -> click.Command:
    """A command in the place of one that cannot be imported: listed, and says why when it is called."""

    def refuse(**_: Any) -> None:
        raise SenderError(message)

    lenient = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(name, callback=refuse, help=message, context_settings=lenient)


@click.group(cls=Commands, epilog=__doc__.split("\n\n", 1)[1], context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="offline-capi")
def cli() -> None:
    """Deliver hashed offline events to Meta's Conversions API, each of them once."""


@cli.command()
@common
@click.option("--adopt", is_flag=True, help="The ledger was lost: make it from delivery_state.parquet.")
def init(adopt: bool, **options: Any) -> None:
    """Create the ledger that remembers what was sent. Once per installation; keep it and back it up."""
    from sender.commands.init import init as run

    chosen = settings(options, reads_events=False)
    run(chosen, adopt)
    say(f"created {chosen.ledger}; keep it: without it, delivered events would be sent again")


@cli.command()
@common
@option("--dry-run", "Print what would be sent. Needs no token, posts nothing.", is_flag=True)
@option("--limit", "Send at most N events.", type=click.IntRange(0), metavar="N")
@option("--batch-size", "Events in a request.", type=click.IntRange(1, 1000), default=1000, show_default=True)
@option("--workers", "Requests at once, at most.", type=click.IntRange(1, 16), default=2, show_default=True)
@option("--deadline", "Seconds for a whole request.", type=Seconds(0.1, 600), default=60.0, show_default=True)
@option(
    "--max-wait",
    "Seconds of pauses without success, then the next run goes on.",
    type=Seconds(0),
    default=120.0,
)
@option("--wait-for-warehouse", "Seconds to wait for a locked database.", type=Seconds(0), default=60.0)
def send(**options: Any) -> int:
    """Deliver what is due."""
    from sender.cli import printing
    from sender.commands.send import send as run

    chosen = settings(options)
    with printing.bar(say) as progress:
        summary = run(chosen, os.environ, say, progress)
    printing.outcome(summary, chosen)
    return summary.exit_code()


@cli.command()
@common
def status(**options: Any) -> int:
    """Count events by state; say what expires soon and what needs a person."""
    from sender.commands.status import status as run

    return run(settings(options, reads_events=False))


def main(arguments: Sequence[str] | None = None) -> None:
    try:
        code = cli.main(arguments, prog_name="offline-capi", standalone_mode=False)
    except SenderError as error:
        say(str(error))
        code = error.exit_code
    except click.ClickException as error:
        say(error.format_message())
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except RuntimeError as error:
        if str(error) != "Query interrupted":  # what DuckDB makes of a KeyboardInterrupt
            raise
        code = 130
    except (sqlite3.Error, OSError) as error:
        say(f"the ledger or its folder cannot be used ({error}); is the disk full, or read-only? Nothing is lost")
        code = 2
    sys.exit(code if isinstance(code, int) else 0)
