"""The command `offline-capi emulator`."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import click
import duckdb

from .app import Emulator, Settings
from .preflight import refused
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


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--dataset", multiple=True, help="A dataset id that exists; without it any digits do. May be repeated.")
@click.option("--strict", is_flag=True, help="Let the rules count that are assumed and neither documented nor seen.")
@click.option(
    "--store", default="", help="File for what was counted, or `none` to keep nothing; default is a temporary one."
)
@click.option(
    "--now", callback=moment, help="The moment at which the endpoint starts, ISO 8601; default is the real one."
)
@click.option(
    "--consolidated",
    type=click.Choice(["true", "false", "unknown"]),
    default="true",
    show_default=True,
    help="What a read of the dataset says; `unknown` is a token that may only send.",
)
@click.option("--french", is_flag=True, help="Write the titles of errors in French, as Meta does for a French token.")
@click.option(
    "--check", type=click.Path(path_type=Path), help="Judge the events of a Parquet file instead, and listen nowhere."
)
def emulator(
    host: str,
    port: int,
    dataset: tuple[str, ...],
    strict: bool,
    store: str,
    now: float | None,
    consolidated: str,
    french: bool,
    check: Path | None,
) -> None:
    """A local Conversions API endpoint for offline events.

    Takes any token, or the one in META_ACCESS_TOKEN; asks for appsecret_proof when META_APP_SECRET is set. GET / shows a person
    what arrived; /_emulator/summary, /_emulator/events and /_emulator/rejections tell a program.
    """
    if check is not None:
        raise SystemExit(judge_file(check, now if now is not None else time.time(), strict))
    settings = Settings(
        token=os.environ.get("META_ACCESS_TOKEN") or None,
        app_secret=os.environ.get("META_APP_SECRET") or None,
        datasets=frozenset(dataset),
        strict=strict,
        keeps=store != "none",
        french=french,
        consolidated={"true": True, "false": False, "unknown": None}[consolidated],
    )
    endpoint = Emulator(settings, Store("" if store == "none" else store))
    if now is not None:
        endpoint.offset = now - time.time()
    try:
        serve(endpoint, host, port, lambda address: click.echo(f"listening on {address}"))
    except OSError as error:
        click.echo(
            f"offline-capi emulator cannot listen on {host}:{port}: {error.strerror}; choose another --port", err=True
        )
        raise SystemExit(2) from None


def judge_file(path: Path, now: float, strict: bool) -> int:
    """Prints a line for every event that would be refused; returns the exit code."""
    count = 0
    try:
        for event_key, rule in refused(str(path), now, strict):
            click.echo(f"{event_key} {rule}")
            count += 1
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        click.echo(f"cannot read {path}: {first}; it must be Parquet with columns event_key and payload", err=True)
        return 2
    click.echo(f"{count} refused", err=True)
    return 1 if count else 0
