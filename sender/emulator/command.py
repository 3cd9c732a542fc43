"""The command `offline-capi emulator`."""

import json
import os
import sqlite3
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from sender.terminal import visible

from .edge import Emulator, Settings
from .faults import problem
from .preflight import verdicts
from .rules import OPTIONAL, RULES, counting
from .serve import serve
from .store import Store


def moment(context: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    if value is None:
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"'{value}' is not ISO 8601; write it like 2026-11-24T06:00:00Z") from None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()


def plan(context: click.Context, parameter: click.Parameter, value: Path | None) -> list[dict[str, Any]]:
    if value is None:
        return []
    try:
        found = json.loads(value.read_text("utf-8"))
    except OSError as error:
        raise click.BadParameter(f"cannot read {value}: {error.strerror}") from None
    except ValueError as error:
        raise click.BadParameter(f"{value} is not valid JSON: {error}") from None
    wrong = problem(found)
    if wrong is not None:
        raise click.BadParameter(f"{value}: {wrong}")
    faults: list[dict[str, Any]] = found
    return faults


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--dataset", multiple=True, help="A dataset id that exists (default: any digits); may be repeated.")
@click.option("--strict", is_flag=True, help="Also apply the assumed rules, which are neither documented nor seen.")
@click.option(
    "--enforce",
    type=click.Choice(OPTIONAL),
    multiple=True,
    metavar="RULE",
    help=f"Also apply this rule: {', '.join(OPTIONAL)}; may be repeated.",
)
@click.option(
    "--faults",
    type=click.Path(path_type=Path),
    callback=plan,
    metavar="FILE",
    help="JSON plan of errors, delays and cut connections; docs/emulator.md describes it.",
)
@click.option(
    "--store", default="", help="File for what was counted (default: a temporary file), or `none` to keep nothing."
)
@click.option(
    "--now", callback=moment, help="The endpoint's clock when it starts, in ISO 8601 (default: the real time)."
)
@click.option(
    "--consolidated",
    type=click.Choice(["true", "false", "missing", "unknown"]),
    default="true",
    show_default=True,
    help="What reading the dataset returns; `unknown` is a token that may only send.",
)
@click.option("--french", is_flag=True, help="Write error titles in French, as Meta does for a French token.")
@click.option(
    "--check",
    metavar="FILE",
    help="Instead of starting, check the events in a Parquet file or glob, or in a DuckDB file.",
)
@click.option(
    "--relation",
    default="main.capi_events",
    show_default=True,
    metavar="SCHEMA.TABLE",
    help="The table of events in a DuckDB file, with --check.",
)
def emulator(
    host: str,
    port: int,
    dataset: tuple[str, ...],
    strict: bool,
    enforce: tuple[str, ...],
    faults: list[dict[str, Any]],
    store: str,
    now: float | None,
    consolidated: Any,
    french: bool,
    check: str | None,
    relation: str,
) -> None:
    """Run a local Conversions API endpoint for offline events.

    It takes any token, or only the one in META_ACCESS_TOKEN, and requires appsecret_proof if META_APP_SECRET is set. Open / in a
    browser to see what arrived; programs can read /_emulator/summary, events, rejections and rules.
    """
    rules = counting(strict, enforce)
    if check is not None:
        raise SystemExit(preflight(check, relation, now if now is not None else time.time(), rules))
    settings = Settings(
        token=os.environ.get("META_ACCESS_TOKEN") or None,
        app_secret=os.environ.get("META_APP_SECRET") or None,
        datasets=frozenset(dataset),
        rules=rules,
        french=french,
        consolidated=consolidated,
        faults=faults,
    )
    endpoint = Emulator(settings, opened(store))
    if now is not None:
        endpoint.offset = now - time.time()
    try:
        serve(endpoint, host, port, lambda address: click.echo(f"listening on {address}"))
    except OSError as error:
        click.echo(
            f"offline-capi: the emulator cannot listen on {host}:{port} ({error.strerror}); choose another --port",
            err=True,
        )
        raise SystemExit(2) from None


def opened(path: str) -> Store:
    try:
        return Store(None if path == "none" else path)
    except sqlite3.Error as error:
        raise click.BadParameter(
            f"{path} cannot be used ({error}); name a file in a folder that exists", param_hint="--store"
        ) from None


def preflight(path: str, relation: str, now: float, rules: frozenset[str]) -> int:
    """Prints a line for each event that would be refused, and counts by rule; returns the exit code."""
    found: Counter[str | None] = Counter()
    for event_key, name in verdicts(path, relation, now, rules):
        found[name] += 1
        if name is not None:
            click.echo(visible(f"{event_key} {name}"))
    click.echo(
        f"{found.total():,} events: {found.pop(None, 0):,} would be accepted, {found.total():,} refused", err=True
    )
    for name, count in found.most_common():
        title = RULES[str(name)].title if name in RULES else "The payload is not valid JSON"
        click.echo(f"  {count:,} {name}: {title}", err=True)
    return 1 if found else 0
