"""Whom an event names: the strong identifiers in its bytes, which can recognise a person.

An identifier is compared in one form of 64 hex digits: the event's value if that is a SHA-256, otherwise the SHA-256 of the
value, as for a madid, a lead id, and an unhashed external_id. Nothing is normalised here: the models have done that, and
recognition.py does it with their SQL.
"""

import json
import re
from collections.abc import Iterator
from hashlib import sha256

HASH = re.compile(r"[0-9a-f]{64}")
# Meta's name of each strong parameter of user_data, and the raw column that it comes from.
KINDS = {"em": "email", "ph": "phone", "external_id": "external_id", "madid": "madid", "lead_id": "lead_id"}


def named(payload: bytes) -> Iterator[tuple[str, str]]:
    """(kind, form) of each strong identifier of an event; a kind is a value of KINDS."""
    person = json.loads(payload, parse_int=str).get("user_data")
    for field, kind in KINDS.items() if isinstance(person, dict) else ():
        found = person.get(field)
        for value in found if isinstance(found, list) else [found]:
            if isinstance(value, str):
                yield kind, value if HASH.fullmatch(value) else sha256(value.encode()).hexdigest()


def identities(payload: bytes) -> set[str]:
    """Only the forms."""
    return {form for _, form in named(payload)}


def sql(payload: str) -> str:
    """SQL for the same, as a list, from an SQL expression for the payload."""
    shape = (
        '{"em": ["varchar"], "ph": ["varchar"], "external_id": ["varchar"], "madid": "varchar", "lead_id": "varchar"}'
    )
    lists = (
        f"coalesce(person.{field}, [json_extract_string({payload}, '$.user_data.{field}')])"
        for field in ("em", "ph", "external_id")
    )
    # A list of one person, so that its JSON is parsed only once: this takes less than half the time.
    return f"""list_transform(
        flatten(list_transform(
            [json_transform(json_extract({payload}, '$.user_data'), '{shape}')],
            lambda person: list_concat({", ".join(lists)}, [person.madid, person.lead_id]))
        ).filter(lambda value: value is not null),
        lambda value: case when regexp_full_match(value, '[0-9a-f]{{64}}') then value else sha256(value) end)"""
