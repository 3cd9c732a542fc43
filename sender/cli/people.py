"""The command for people who ask to be forgotten."""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

import click

from sender.cli.options import common, say, settings, show
from sender.clock import Clock
from sender.commands.forget import Forgotten
from sender.errors import ConfigError

# The name of an identifier by its kind, in singular and plural.
NAMES = {
    "email": ("e-mail address", "e-mail addresses"),
    "phone": ("phone number", "phone numbers"),
    "external_id": ("external id", "external ids"),
    "madid": ("advertising id", "advertising ids"),
    "lead_id": ("lead id", "lead ids"),
}


@click.command()
@common
@click.option("--email", multiple=True, metavar="ADDRESS")
@click.option("--phone", multiple=True, metavar="NUMBER", help="With the country code.")
@click.option("--external-id", multiple=True, metavar="ID")
@click.option("--madid", multiple=True, metavar="UUID", help="Mobile advertising id.")
@click.option("--lead-id", multiple=True, metavar="ID")
@click.option(
    "--from", "file", type=click.File("rb"), metavar="FILE", help="File with lines kind,value; - for standard input."
)
@click.option("--only-this", is_flag=True, help="Do not also forget the other identifiers in the same events.")
def forget(file: BinaryIO | None, only_this: bool, **options: Any) -> int:
    """Forget a person: cancel waiting events, erase what is stored, and send nothing about them again. Values are normalised as the models do it, and never stored. A SHA-256 may be given instead of a value.
    Use --from to keep values out of process lists and shell history. It reads one line per identifier, such as
    `email,jane@example.com`; kinds are email, phone, external_id, madid and lead_id."""
    from sender.commands.forget import forget as run

    given = [(kind, value) for kind in NAMES for value in options.pop(kind)]
    given += lines(file) if file else []
    if not given:
        raise click.UsageError(
            "give --email, --phone, --external-id, --madid, --lead-id, or --from FILE with lines in it"
        )
    chosen = settings(options)
    done = run(chosen, given, Clock().now(), only_this)
    if chosen.json:
        show(json.dumps(facts(done)))
    else:
        tell(done)
    if done.problem:
        say(
            f"{sentence(done)}; the table could not be read, so it is not known which of its events name this person: {done.problem}"
        )
    return 2 if done.problem else 0


def lines(file: BinaryIO) -> list[tuple[str, str]]:
    """(kind, value) of each line that is not empty: everything after the first comma is the value."""
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("--from: the file is not UTF-8 text, save it as UTF-8; nobody was forgotten") from None
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        kind, comma, value = line.partition(",")
        kind = kind.strip().lower().replace("-", "_")
        if comma and kind in NAMES:
            found.append((kind, value))
        elif line.strip():
            raise ConfigError(
                f"--from: line {number} is not kind,value; kinds are {', '.join(NAMES)}; nobody was forgotten"
            )
    return found


def facts(done: Forgotten) -> dict[str, Any]:
    names = ("cancelled", "sent", "table", "ledger", "given", "linked", "shared")
    return {name: getattr(done, name) for name in names}


def tell(done: Forgotten) -> None:
    if not done.problem:
        show(sentence(done))
    for dataset_id, order_id, event_time in done.sent:
        show(f"may have reached Meta: dataset {dataset_id}, order {order_id}, event_time {event_time}")


def sentence(done: Forgotten) -> str:
    """What was done, and no more than that."""
    one = sum(done.given.values()) == 1
    if not (done.table or done.ledger or done.problem):
        if one:
            return "no known event has this identifier; it is kept out from now on"
        return "no known event has these identifiers; they are kept out from now on"
    table = f"{events(done.table)} in the table and " if done.table is not None else ""
    linked = f", and found with it in the same events: {counted(done.linked)}" if done.linked else ""
    shared = f"; shared by many people, so not kept out unless named: {counted(done.shared)}" if done.shared else ""
    return (
        f"{table}{events(done.ledger)} in the ledger named this person; {events(done.cancelled, 'waiting ')} cancelled and erased; kept out "
        f"from now on: {counted(done.given)}{linked}{shared}"
    )


def events(n: int, which: str = "") -> str:
    return f"{n:,} {which}event{'' if n == 1 else 's'}"


def counted(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{n:,} {names[n != 1]}" for kind, names in NAMES.items() if (n := kinds.get(kind, 0)))
