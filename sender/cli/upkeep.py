"""The commands for upkeep: check, resolve, prune."""

import json
import os
from typing import Any

import click

from sender.cli.options import Seconds, common, option, say, settings, show
from sender.clock import Clock
from sender.config.tokens import Tokens


@click.command()
@common
@option("--wait-for-warehouse", "Seconds to wait for a locked database.", type=Seconds(0), default=60.0)
def check(**options: Any) -> int:
    """Check with Meta and the table whether a send would work. Sends nothing that counts."""
    from sender.cli import printing
    from sender.commands.check import check as run
    from sender.commands.findings import BAD

    chosen = settings(options)
    findings = run(chosen, Tokens(os.environ), Clock().now())
    printing.findings(findings, to_stderr=chosen.json)
    if chosen.json:
        show(json.dumps([vars(finding) for finding in findings]))
    return 2 if any(finding.result == BAD or not finding.answered for finding in findings) else 0


@click.command()
@common
@click.option(
    "--assume-accepted", "decision", flag_value="assume_accepted", help="They arrived; never send them again."
)
@click.option("--resend", "decision", flag_value="resend", help="Send them again, as they are in the table now.")
@click.option("--give-up", "decision", flag_value="give_up", help="Never send them; they count as rejected.")
@click.option("--accept-model-change", "decision", flag_value="model", help="Let the next send accept a changed model.")
@click.option("--reason", required=True, metavar="TEXT", help="Why you decide so; it is recorded.")
@click.option("--state", type=click.Choice(["held", "rejected", "expired"]), default="held", show_default=True)
@click.option("--because", metavar="CODE", help="Events with this reason, as `status` shows it.")
@click.option("--key", "keys", multiple=True, metavar="HEX", help="The event with this event_key; may be repeated.")
@click.option("--order", "orders", multiple=True, metavar="ID", help="Events with this order_id; may be repeated.")
@click.option("--all", "all_of_them", is_flag=True, help="All events in that state.")
def resolve(decision: str | None, reason: str, **options: Any) -> None:
    """Decide about events that wait for a person, and record why."""
    from sender.commands.resolve import Decision, Selection, accept_model_change
    from sender.commands.resolve import resolve as run

    names = ("state", "because", "keys", "orders", "all_of_them")
    selection = Selection(**{name: options.pop(name) for name in names})
    chosen = settings(options, reads_events=False)
    if decision is None:
        raise click.UsageError("give one of --assume-accepted, --resend, --give-up, --accept-model-change")
    if not reason.strip():
        raise click.UsageError("--reason is empty; say why you decide so: it is recorded")
    if decision == "model":
        accept_model_change(chosen, reason, Clock().now())
        say("the next send continues: changed orders are held or noted, the rest is sent")
        return
    n = run(chosen, Decision(decision), selection, reason, Clock().now())
    if not n:
        say(
            f"no {selection.state} event matches that selection; nothing was changed. `offline-capi status` shows states and reasons"
        )
    show(json.dumps({"events": n}) if chosen.json else f"{n:,} events: {decision.replace('_', ' ')}")


@click.command()
@common
def prune(**options: Any) -> None:
    """Delete events that can no longer be sent, and old history, from the ledger."""
    from sender.commands.prune import prune as run

    chosen = settings(options, reads_events=False)
    counts = run(chosen, Clock().now())
    show(json.dumps(counts) if chosen.json else ", ".join(f"{n:,} {name}" for name, n in counts.items()) + " deleted")
