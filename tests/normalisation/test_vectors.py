"""Every test vector of Meta's documentation and Meta's own tests, as collected in vectors.json with its origin: D2 is the customer
information parameters page, C1 to C7 are Meta's code. The hashes are not ours."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.normalisation.values import CASES, FIELDS, MISSING_WORDS

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))

# The country that a vector assumes; the others need none.
COUNTRIES = {
    "ph": {2: "us", 17: "us", 18: "us", 23: "us", 25: "us", 31: "no"},
    "zp": {14: "gb", 15: "fr", 58: "gb", 59: "ca"},
}

# Vectors from Meta's code that contradict Meta's documentation, and what the documentation says.
AGAINST_THE_DOCUMENTATION = {
    47: ("sanjosé", "the parameter builder deletes accented letters; the page keeps them in UTF-8"),
    48: ("sãopaulo", "as above"),
}
# Values that nobody can read with certainty, so they are dropped; Meta's builder reads the month first.
AMBIGUOUS = {64: "! date_ambiguous"}
# Partial keys of the retired offline API: not on D2, not identity, never sent.
LEGACY = {"f5first", "f5last", "fi", "dobd", "dobm", "doby"}


def country(vector: dict[str, Any]) -> str | None:
    return COUNTRIES.get(vector["key"], {}).get(vector["number"], "us" if vector["key"] == "zp" else None)


def every_value() -> list[tuple[str, str, str | None]]:
    """Each (field, value, country) of this file."""
    asked = [(v["key"], v["input"], country(v)) for v in VECTORS if v["key"] not in LEGACY]
    asked += [(field, value, place) for field, value, place, _ in CASES]
    return asked + [(field, word, "us") for field in FIELDS for word in MISSING_WORDS]


@pytest.fixture(scope="module")
def verdict(verdicts):
    """What the macros say about one (field, value, country) of this file; all are queried at once, because a query takes long."""
    asked = every_value()
    answers: dict[tuple[str, str, str | None], str | None] = {}
    for field in dict.fromkeys(field for field, _, _ in asked):
        pairs = [(value, place) for its_field, value, place in asked if its_field == field]
        answers |= {(field, *pair): answer for pair, answer in zip(pairs, verdicts(field, pairs), strict=True)}
    return lambda field, value, place: answers[field, value, place]


@pytest.mark.parametrize(
    "vector", [v for v in VECTORS if v["key"] not in LEGACY], ids=lambda v: f"{v['number']} {v['key']}"
)
def test_a_documented_value_gives_the_documented_hash(verdict, vector):
    found = verdict(vector["key"], vector["input"], country(vector))

    if vector["number"] in AGAINST_THE_DOCUMENTATION:
        assert found == AGAINST_THE_DOCUMENTATION[vector["number"]][0]
    elif vector["number"] in AMBIGUOUS:
        assert found == AMBIGUOUS[vector["number"]]
    else:
        assert found == vector["normalised"]
        assert hashlib.sha256(found.encode()).hexdigest() == vector["sha256"]


def test_all_seventy_five_vectors_are_here():
    assert [vector["number"] for vector in VECTORS] == list(range(1, 76))


def test_what_the_macros_say_is_what_an_event_carries(verdict, sent):
    """Users and Meta's vectors call the macros; the models make the events. Both must agree on every value of this file."""
    asked = [value for value in dict.fromkeys(every_value()) if value[0] != "currency"]
    said = [verdict(*value) for value in asked]
    carried = sent(asked)
    expected = [
        answer
        if answer is None or answer.startswith("! ") or field in ("madid", "lead_id")
        else hashlib.sha256(answer.encode()).hexdigest()
        for (field, _, _), answer in zip(asked, said, strict=True)
    ]
    # Without an external id of their own, customers have the shop's id.
    expected = [
        hashlib.sha256(f"c{number}".encode()).hexdigest() if field == "external_id" and answer is None else answer
        for number, ((field, _, _), answer) in enumerate(zip(asked, expected, strict=True))
    ]

    assert dict(zip(asked, carried, strict=True)) == dict(zip(asked, expected, strict=True))


@pytest.mark.parametrize(("field", "value", "place", "expected"), CASES)
def test_a_value_as_tills_write_it(verdict, field, value, place, expected):
    assert verdict(field, value, place) == expected


@pytest.mark.parametrize("word", MISSING_WORDS)
@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_value_word_is_missing(verdict, field, word):
    assert verdict(field, word, "us") is None
