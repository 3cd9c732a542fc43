"""Identifiers as a person types them, in the form in which events carry them: normalised and hashed by the models' SQL, identities.sql."""

from collections.abc import Sequence
from importlib.resources import files

import duckdb

from sender.errors import ConfigError

# What an identifier must be, by its kind.
WANTED = {
    "email": "an e-mail address",
    "phone": "an international number, as in +44 20 7946 0018",
    "external_id": "an id of one person",
    "madid": "a mobile advertising id, a UUID",
    "lead_id": "the id of a lead, 15 to 17 digits",
}


def recognise(given: Sequence[tuple[str, str]]) -> list[frozenset[str]]:
    """The forms (identities.py) in which events may carry each (kind, value), in order. If one of them identifies nobody, all are
    refused; the message names it by its position and never shows the value."""
    found = []
    for place, (forms, reason) in enumerate(answers(given)):
        if not forms:
            raise refusal(given, place, reason or "empty, or a word or value that means nobody")
        found.append(frozenset(forms))
    return found


def answers(given: Sequence[tuple[str, str]]) -> list[tuple[list[str], str | None]]:
    """The forms of each or, if there are none, the reason code, which is None for a missing value."""
    for place, (_, value) in enumerate(given):
        if not is_text(value):
            raise refusal(given, place, "not UTF-8 text")
    with duckdb.connect(config={"threads": 1, "temp_directory": ""}) as connection:  # none of it may reach a disk
        connection.execute("set enable_external_access = false; set lock_configuration = true")
        connection.execute("create temporary table given (number integer, kind varchar, value varchar)")
        rows = [[place, *pair] for place, pair in enumerate(given)]
        connection.executemany("insert into given values (?, ?, ?)", rows)
        connection.execute(files("sender.events").joinpath("identities.sql").read_text(encoding="utf-8"))
        return connection.execute("select forms, reason from recognised order by number").fetchall()


def is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def refusal(given: Sequence[tuple[str, str]], place: int, reason: str) -> ConfigError:
    kind = given[place][0]
    alike = [number for number, (other, _) in enumerate(given) if other == kind]
    which = f"{kind} {alike.index(place) + 1} of {len(alike)}" if len(alike) > 1 else f"the {kind}"
    return ConfigError(f"{which} is not {WANTED[kind]}, nor a SHA-256 of it ({reason}); nobody was forgotten")
