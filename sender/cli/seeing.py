"""The commands that show what happened: explain, quality, report."""

import json
import os
from pathlib import Path
from typing import Any

import click

from sender.cli.options import Seconds, common, option, say, settings
from sender.cli.options import show as tell
from sender.clock import Clock
from sender.config.tokens import Tokens
from sender.terminal import visible

STYLES: dict[str, dict[str, Any]] = {"title": {"bold": True}, "head": {"fg": "cyan"}, "": {}}


@click.command()
@click.argument("order", required=False)
@common
@click.option("--key", metavar="HEX", help="The event with this event_key, in place of an order.")
@click.option("--customer", metavar="ID", help="All orders of this customer, in place of one order.")
@click.option("--payload", is_flag=True, help="Show the event as it is sent.")
@click.option("--show", is_flag=True, help="Show the first letters of personal values, not only that they are given.")
@option("--wait-for-warehouse", "Seconds to wait for a locked database.", type=Seconds(0), default=60.0)
def explain(order: str | None, key: str | None, customer: str | None, payload: bool, show: bool, **options: Any) -> int:
    """Show everything that is known about an order, from the till's row to Meta's answer.

    ORDER is the shop's id or Meta's, with or without #, in any case. Exit code 1 if there is no such order.
    """
    from sender.commands.explain import explain as run
    from sender.seeing.search import Wanted
    from sender.seeing.text import lines

    wanted = Wanted(order, key, customer)
    if sum(bool(value and value.strip()) for value in (order, key, customer)) != 1:
        raise click.UsageError("name one order, or give --key or --customer")
    chosen = settings(options)
    facts = run(chosen, wanted, show, Clock().now(), say)
    if chosen.json:
        tell(json.dumps(facts, default=str))
    else:
        for style, line in lines(facts, payload):
            click.secho(visible(f"  {line}" if style == "head" else line), **STYLES[style])
    return 0 if facts["cases"] else 1


@click.command()
@common
@click.option(
    "--output", default="offline-capi-report.html", show_default=True, type=click.Path(path_type=Path, dir_okay=False)
)
@option("--wait-for-warehouse", "Seconds to wait for a locked database.", type=Seconds(0), default=60.0)
def report(output: Path, **options: Any) -> None:
    """Write one HTML page: what was sold, what Meta got, where the rest is, in orders and in money."""
    from sender.commands.report import gather, write

    chosen = settings(options)
    facts = gather(chosen, Clock().now(), say)
    size = write(chosen, facts, output)
    if chosen.json:
        tell(json.dumps({"output": str(output), "bytes": size, "facts": facts}, default=str))
    else:
        tell(f"wrote {output} ({size / 1000:,.0f} kB); open it in a browser, it needs no network")


@click.command()
@common
def quality(**options: Any) -> int:
    """Ask Meta for its data quality and its upload statistics, where the token may; the report shows them."""
    from sender.commands.quality import quality as run

    chosen = settings(options, reads_events=False)
    said = run(chosen, Tokens(os.environ), Clock().now())
    if chosen.json:
        tell(json.dumps(said))
    for dataset, found in said["datasets"].items():
        for name in ("quality", "uploads"):
            text = found["problems"].get(name, f"{len(found[name]):,} told")
            tell(f"dataset {dataset}: {name}: {text}", err=chosen.json)
    problems = [problem for found in said["datasets"].values() for problem in found["problems"].values()]
    return 2 if "nobody answers" in problems else 0
