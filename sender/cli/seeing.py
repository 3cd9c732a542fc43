"""The commands that show what happened: explain, quality, report."""

import json
import os
import shutil
import sys
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
@click.option("--key", metavar="HEX", help="Explain the event with this event_key instead of an order.")
@click.option("--customer", metavar="ID", help="Explain all orders of this customer instead of one order.")
@click.option("--payload", is_flag=True, help="Also show the event as it is sent.")
@click.option("--show", is_flag=True, help="Show the first letters of personal values, not only which are filled.")
@option("--wait-for-warehouse", "Seconds to wait for a locked database.", type=Seconds(0), default=60.0)
def explain(order: str | None, key: str | None, customer: str | None, payload: bool, show: bool, **options: Any) -> int:
    """Show everything known about an order, from the till's row to Meta's answer.

    ORDER is the shop's id or Meta's, with or without #, in any case. Exit code 1 if there is no such order.
    """
    from sender.commands.explain import explain as run
    from sender.seeing.search import Wanted
    from sender.seeing.text import folded, lines

    wanted = Wanted(order, key, customer)
    if sum(bool(value and value.strip()) for value in (order, key, customer)) != 1:
        raise click.UsageError("name one order, or give --key or --customer")
    chosen = settings(options)
    facts = run(chosen, wanted, show, Clock().now(), say)
    if chosen.json:
        tell(json.dumps(facts, default=str))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize
        for style, line, hang in lines(facts, payload):
            text = visible(f"  {line}" if style == "head" else line)
            click.secho(folded(text, hang, width), **STYLES[style])
    return 0 if facts["cases"] else 1


@click.command()
@common
@click.option(
    "--output", default="offline-capi-report.html", show_default=True, type=click.Path(path_type=Path, dir_okay=False)
)
@option("--wait-for-warehouse", "Seconds to wait for a locked database.", type=Seconds(0), default=60.0)
def report(output: Path, **options: Any) -> None:
    """Write one HTML page that shows what was sold, what reached Meta and where the rest is, in orders and in money."""
    from sender.commands.report import gather, write

    chosen = settings(options)
    facts = gather(chosen, Clock().now(), say)
    size = write(chosen, facts, output)
    if chosen.json:
        tell(json.dumps({"output": str(output), "bytes": size, "facts": facts}, default=str))
    else:
        tell(f"wrote {output} ({size / 1000:,.0f} kB); open it in a browser: it needs no network")


@click.command()
@common
def quality(**options: Any) -> int:
    """Ask Meta for data quality and upload statistics, if the token may read them; the report shows the answers."""
    from sender.commands.quality import quality as run

    chosen = settings(options, reads_events=False)
    said = run(chosen, Tokens(os.environ), Clock().now())
    if chosen.json:
        tell(json.dumps(said))
    for dataset, found in said["datasets"].items():
        for name in ("quality", "uploads"):
            text = found["problems"].get(name, entries(len(found[name])))
            tell(f"dataset {dataset}: {name}: {text}", err=chosen.json)
    problems = [problem for found in said["datasets"].values() for problem in found["problems"].values()]
    return 2 if "no answer" in problems else 0


def entries(n: int) -> str:
    return f"{n:,} {'entry' if n == 1 else 'entries'}"
