"""The options that every command has, and the settings made from them."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from sender.config.settings import Settings, Table
from sender.terminal import visible


def say(message: str) -> None:
    """A line about what is happening, on stderr."""
    click.echo(f"offline-capi: {visible(message)}", err=True)


def show(line: str, err: bool = False) -> None:
    """A line of the answer. It may contain ids, and an id may contain anything."""
    click.echo(visible(line), err=err)


class Seconds(click.FloatRange):
    """A range of seconds. NaN would pass the comparisons of any range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value} is not a number of seconds.", param, ctx)
        return seconds


def option(name: str, text: str, **more: Any) -> Callable[[Any], Any]:
    variable = "OFFLINE_CAPI_" + name.strip("-").replace("-", "_").upper()
    return click.option(name, envvar=variable, help=text, **more)


COMMON = [
    option("--database", "DuckDB file with the table of events (default: the dbt profile's).", metavar="FILE"),
    option(
        "--relation",
        "The table of events. In the dbt profile's file, the default schema is the profile's.",
        default="main.capi_events",
        show_default=True,
        metavar="SCHEMA.TABLE",
    ),
    option("--target", "Target of the dbt profile (default: the profile's own).", metavar="NAME"),
    option("--profiles-dir", "Folder with profiles.yml (default: found as dbt finds it).", metavar="FOLDER"),
    option("--events", "Parquet file, folder or glob to read instead of a table.", metavar="FILES"),
    option(
        "--ledger",
        "The ledger (default: .offline-capi/ledger.sqlite in the working folder or beside the database).",
        metavar="FILE",
    ),
    option("--graph-url", "Where to send.", default="https://graph.facebook.com", show_default=True, metavar="URL"),
    option("--api-version", "Graph API version.", default="v26.0", show_default=True, metavar="vN.0"),
    option("--json", "End with one line of JSON on stdout.", is_flag=True),
]


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in reversed(COMMON):
        command = decorate(command)
    return command


def settings(options: dict[str, Any], reads_events: bool = True, quiet: bool = False) -> Settings:
    """Checked settings. The dbt profile is read only if the table of events is needed and no option names it."""
    from sender.config import dbt_profile
    from sender.config import settings as checks

    options = dict(options)
    options["graph_url"] = checks.graph_url(options["graph_url"])
    options["api_version"] = checks.api_version(options["api_version"])
    named = {name: options.pop(name) for name in ("database", "relation", "events")}
    target, profiles_dir = options.pop("target"), options.pop("profiles_dir")
    database = checks.database_path(named["database"]) if named["database"] else None
    built = None if database or named["events"] else dbt_profile.sought(target, profiles_dir, needed=reads_events)
    if options["ledger"] is None:
        options["ledger"] = checks.usual_ledger(Path.cwd(), built.database if built else database)
    options["ledger"] = checks.ledger_path(options["ledger"], built.database if built else database)
    if built and reads_events:
        database = built.database
        if click.get_current_context().get_parameter_source("relation") == ParameterSource.DEFAULT:
            quoted = built.schema if built.schema.isidentifier() else '"' + built.schema.replace('"', '""') + '"'
            named["relation"] = f"{quoted}.capi_events"
        if not quiet:
            say(f"reading {database} ({built.found})")
    patience = options.pop("wait_for_warehouse", Table.patience)
    table = Table(database, named["relation"], named["events"], patience)
    return Settings(table=table, **options)
