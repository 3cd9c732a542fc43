"""The command: parse, call, print, exit. What a command needs is imported when it runs, so that `--help` is quick.

Exit codes: 0 everything due is delivered; 1 some events were rejected, expired, held or are still pending; 2 could
not run or had to stop; 3 another sender is running; 130/143 on signals.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from sender.errors import SenderError
from sender.hooks import Clock
from sender.settings import Settings
from sender.tokens import Tokens

NOT_HERE = {
    "emulator": ("sender.emulator.command", "the emulator needs more packages: pip install 'offline-capi[emulator]'")
}


class Commands(click.Group):
    """Commands of other packages are imported only when they are asked for, or for their own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *NOT_HERE})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in NOT_HERE:
            return super().get_command(ctx, name)
        module, hint = NOT_HERE[name]
        try:
            command: click.Command = getattr(import_module(module), name)
        except ImportError as error:
            return missing(name, f"{hint} ({error.name} is missing)")
        return command


def missing(name: str, message: str) -> click.Command:
    """A command in the place of one that cannot be imported: listed, and says why when it is called."""

    def refuse(**_: Any) -> None:
        raise SenderError(message)

    return click.Command(name, callback=refuse, help=message, context_settings={"ignore_unknown_options": True})


def say(message: str) -> None:
    click.echo(f"offline-capi: {message}", err=True)


def option(name: str, text: str, **more: Any) -> Callable[[Any], Any]:
    variable = "OFFLINE_CAPI_" + name.strip("-").replace("-", "_").upper()
    return click.option(name, envvar=variable, help=text, **more)


COMMON = [
    option("--database", "DuckDB file with the table of events; without it, the dbt profile's.", metavar="FILE"),
    option("--relation", "The table of events.", default="main.capi_events", show_default=True, metavar="SCHEMA.TABLE"),
    option("--events", "Parquet file or glob to read in place of a table.", metavar="FILES"),
    option("--ledger", "The ledger.", default=".offline-capi/ledger.sqlite", show_default=True, metavar="FILE"),
    option("--graph-url", "Where to send.", default="https://graph.facebook.com", show_default=True, metavar="URL"),
    option("--api-version", "Graph API version.", default="v26.0", show_default=True, metavar="vN.0"),
    option("--json", "End with one line of JSON on stdout.", is_flag=True),
]


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in reversed(COMMON):
        command = decorate(command)
    return command


def settings(options: dict[str, Any], reads_events: bool = True) -> Settings:
    """Checked settings. The dbt profile is read only if the table of events is needed and nothing else names it."""
    from sender import dbt_profile
    from sender import settings as checks

    options = dict(options)
    options["graph_url"] = checks.graph_url(options["graph_url"])
    options["api_version"] = checks.api_version(options["api_version"])
    database = Path(options["database"]).absolute() if options["database"] else None
    options["ledger"] = checks.ledger_path(options["ledger"], database)
    if reads_events and not database and not options["events"]:
        database, found = dbt_profile.current()
        say(f"reading {database} ({found})")
        checks.ledger_path(str(options["ledger"]), database)
    options["database"] = database
    return Settings(**options)


@click.group(cls=Commands, epilog=__doc__.split("\n\n", 1)[1], context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="offline-capi")
def cli() -> None:
    """Deliver hashed offline events to Meta's Conversions API, each of them once."""


@cli.command()
@common
def init(**options: Any) -> None:
    """Create the ledger that remembers what was sent. Once per installation; keep it and back it up."""
    from sender.init import init as run

    chosen = settings(options, reads_events=False)
    run(chosen)
    say(f"created {chosen.ledger}; keep it: without it, delivered events would be sent again")


@cli.command()
@common
@option("--dry-run", "Print what would be sent. Needs no token, posts nothing.", is_flag=True)
@option("--limit", "Send at most N events.", type=click.IntRange(0), metavar="N")
@option("--batch-size", "Events in a request.", type=click.IntRange(1, 1000), default=1000, show_default=True)
@option("--workers", "Requests at once, at most.", type=click.IntRange(1, 16), default=2, show_default=True)
@option("--deadline", "Seconds for a whole request.", type=click.FloatRange(0.1, 600), default=60.0, show_default=True)
@option(
    "--max-wait",
    "Seconds of pauses without success, then the next run goes on.",
    type=click.FloatRange(0),
    default=120.0,
)
@option("--wait-for-warehouse", "Seconds to wait for a locked database.", type=click.FloatRange(0), default=60.0)
def send(**options: Any) -> int:
    """Deliver what is due."""
    from sender import talk
    from sender.send import send as run

    chosen = settings(options)
    with talk.bar(say) as progress:
        summary = run(chosen, os.environ, say, progress)
    talk.outcome(summary, chosen)
    return summary.exit_code()


@cli.command()
@common
def status(**options: Any) -> int:
    """Count events by state; say what expires soon and what needs a person."""
    from sender.status import status as run

    return run(settings(options, reads_events=False))


@cli.command()
@common
@option("--wait-for-warehouse", "Seconds to wait for a locked database.", type=click.FloatRange(0), default=60.0)
def check(**options: Any) -> int:
    """Ask Meta and the table whether a send would work. Sends nothing that counts."""
    from sender.check import BAD
    from sender.check import check as run

    chosen = settings(options)
    findings = run(chosen, Tokens(os.environ), Clock().now())
    for finding in findings:
        click.echo(f"{finding.result:8} {finding.what}: {finding.why}", err=chosen.json)
    if chosen.json:
        click.echo(json.dumps([vars(finding) for finding in findings]))
    return 2 if any(finding.result == BAD for finding in findings) else 0


@cli.command()
@common
@click.option(
    "--assume-accepted", "decision", flag_value="assume_accepted", help="They arrived; never send them again."
)
@click.option("--resend", "decision", flag_value="resend", help="Send them again, as the table has them now.")
@click.option("--give-up", "decision", flag_value="give_up", help="Never send them; they count as rejected.")
@click.option("--accept-model-change", "decision", flag_value="model", help="Let the next send pass a changed model.")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is written down.")
@click.option("--state", type=click.Choice(["held", "rejected"]), default="held", show_default=True)
@click.option("--because", metavar="CODE", help="Events with this reason, as `status` shows it.")
@click.option("--key", "keys", multiple=True, metavar="HEX", help="This event_key; may be repeated.")
@click.option("--order", "orders", multiple=True, metavar="ID", help="This order_id; may be repeated.")
@click.option("--all", "all_of_them", is_flag=True, help="All events in that state.")
def resolve(decision: str | None, reason: str, **options: Any) -> None:
    """Decide about events that wait for a person, and write down why."""
    from sender import resolve as module

    names = ("state", "because", "keys", "orders", "all_of_them")
    selection = module.Selection(**{name: options.pop(name) for name in names})
    chosen = settings(options, reads_events=False)
    if decision is None:
        raise click.UsageError("give one of --assume-accepted, --resend, --give-up, --accept-model-change")
    if not reason.strip():
        raise click.UsageError("--reason is empty; say why, it is written down")
    if decision == "model":
        module.accept_model_change(chosen, reason, Clock().now())
        say("the next send goes on: changed orders are held or noted, the rest is sent")
        return
    n = module.resolve(chosen, decision, selection, reason, Clock().now())
    click.echo(json.dumps({"events": n}) if chosen.json else f"{n:,} events: {decision.replace('_', ' ')}")


@cli.command()
@common
def prune(**options: Any) -> None:
    """Forget what can no longer be sent, and old history."""
    from sender.prune import prune as run

    chosen = settings(options, reads_events=False)
    counts = run(chosen, Clock().now())
    click.echo(
        json.dumps(counts) if chosen.json else ", ".join(f"{n:,} {name}" for name, n in counts.items()) + " forgotten"
    )


@cli.command()
@common
@click.option("--email", multiple=True, metavar="ADDRESS")
@click.option("--phone", multiple=True, metavar="NUMBER", help="With its country code.")
@click.option("--external-id", multiple=True, metavar="ID")
def forget(email: Sequence[str], phone: Sequence[str], external_id: Sequence[str], **options: Any) -> None:
    """Cancel, erase and suppress a person. Values are hashed here and never stored; a SHA-256 may be given instead."""
    from sender.forget import forget as run
    from sender.forget import hashed

    given = {"email": email, "phone": phone, "external_id": external_id}
    hashes = {hashed(kind, value) for kind, values in given.items() for value in values}
    if not hashes:
        raise click.UsageError("give --email, --phone or --external-id")
    chosen = settings(options)
    cancelled, sent = run(chosen, hashes, Clock().now())
    if chosen.json:
        click.echo(json.dumps({"cancelled": cancelled, "sent": sent}))
        return
    click.echo(f"{cancelled:,} waiting events cancelled and erased; nothing more will be sent about this person")
    for dataset_id, order_id, event_time in sent:
        click.echo(f"may have reached Meta: dataset {dataset_id}, order {order_id}, event_time {event_time}")


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
    except (sqlite3.Error, OSError) as error:
        say(
            f"the ledger or its folder cannot be used ({error}); is the disk full, or read-only? Nothing is lost: run it again"
        )
        code = 2
    sys.exit(code if isinstance(code, int) else 0)
