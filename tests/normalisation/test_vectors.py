"""Every test vector of Meta's documentation and Meta's own tests, as collected in vectors.json with its origin: D2 is the customer
information parameters page, C1 to C7 are Meta's code. The hashes are not ours."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))

# The country in which a vector was meant; the others need none.
COUNTRIES = {
    "ph": {2: "us", 17: "us", 18: "us", 23: "us", 25: "us", 31: "no"},
    "zp": {14: "gb", 15: "fr", 58: "gb", 59: "ca"},
}

# Vectors of Meta's code that contradict Meta's documentation, and what the documentation gives.
AGAINST_THE_DOCUMENTATION = {
    47: ("sanjosé", "the parameter builder deletes accented letters; the page keeps them in UTF-8"),
    48: ("sãopaulo", "as above"),
}
# Values that nobody can read for certain, so that they are dropped; Meta's builder reads month first.
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
    """What the macros say of one (field, value, country) of this file; all are asked for at once, because a question takes long."""
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
    """Users and Meta's vectors ask the macros; events are made by the models. Both must be the same for every value of this file."""
    asked = [value for value in dict.fromkeys(every_value()) if value[0] != "currency"]
    said = [verdict(*value) for value in asked]
    carried = sent(asked)
    expected = [
        answer
        if answer is None or answer.startswith("! ") or field in ("madid", "lead_id")
        else hashlib.sha256(answer.encode()).hexdigest()
        for (field, _, _), answer in zip(asked, said, strict=True)
    ]
    # Without an external id of its own a customer has the number that the shop gave them.
    expected = [
        hashlib.sha256(f"c{number}".encode()).hexdigest() if field == "external_id" and answer is None else answer
        for number, ((field, _, _), answer) in enumerate(zip(asked, expected, strict=True))
    ]

    assert dict(zip(asked, carried, strict=True)) == dict(zip(asked, expected, strict=True))


FIELDS = ["em", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id", "madid", "lead_id"]
MISSING_WORDS = [
    "",
    " ",
    "\u00a0",
    "\u200b",
    "-",
    "--",
    "n/a",
    "N/A",
    "null",
    "NULL",
    "None",
    "nil",
    "unknown",
    "undefined",
    "#N/A",
]

# field, value, country, verdict
CASES = [
    ("em", " MAILTO:Ann@Example.COM\t", None, "ann@example.com"),
    ("em", "user.name+tag@domain.co.uk", None, "user.name+tag@domain.co.uk"),
    ("em", "a@b", None, "! email_not_an_address"),
    ("em", "a b@example.com", None, "! email_not_an_address"),
    ("em", "a@example.com,b@example.com", None, "! email_not_an_address"),
    ("em", "test@test.com", None, None),
    ("em", "N/A", None, None),
    ("em", "\u200bann@example.com\ufeff", None, "ann@example.com"),
    ("fn", "Vale\u0301ry", None, "valéry"),
    ("fn", "O\u2019Neil", None, "oneil"),
    ("fn", "Jean\u2010Luc", None, "jeanluc"),
    ("fn", "İpek", None, "ipek"),
    ("fn", "ΑΝΤΏΝΙΟΣ", None, "αντώνιοσ"),
    ("ln", "Weiß", None, "weiß"),
    ("fn", "Ａｎｎａ", None, "anna"),
    ("fn", "\u202eAnna\u202c", None, "anna"),
    ("fn", "Anna 😀", None, "anna"),
    ("fn", "!!!", None, "! name_has_no_letters"),
    ("ln", "Na", None, "na"),
    ("ln", "null", None, None),
    ("ge", "weiblich", None, "f"),
    ("ge", "Monsieur", None, "m"),
    ("ge", "x", None, "! gender_unknown"),
    ("db", "1990-12-31 00:00:00", None, "19901231"),
    ("db", "31.12.1990", None, "19901231"),
    ("db", "05/05/1990", None, "19900505"),
    ("db", "19970230", None, "! date_impossible"),
    ("db", "30/02/1990", None, "! date_impossible"),
    ("db", "12/31/90", None, "! date_not_readable"),
    ("db", "December 31, 1990", None, "! date_not_readable"),
    ("db", "1899-12-31", None, "! date_out_of_range"),
    ("db", "1900-01-01", None, "19000101"),
    ("db", "2026-11-24", None, "20261124"),
    ("db", "2026-11-25", None, "! date_out_of_range"),
    ("db", "00000000", None, "! date_impossible"),
    ("ct", "12345", None, "! city_has_no_letters"),
    ("ct", "東京", None, "東京"),
    ("ct", "Los Angeles 90210", None, "losangeles"),
    ("st", "District of Columbia", "us", "dc"),
    ("st", "Washington D.C.", "us", "dc"),
    ("st", "Puerto Rico", "us", "pr"),
    ("st", "Québec", "ca", "qc"),
    ("st", "Bayern", "de", "bayern"),
    ("st", "New South Wales", "au", "newsouthwales"),
    ("st", "WA", "au", "wa"),
    ("st", "Atlantis", "us", "! state_unknown"),
    ("zp", "94025.0", "us", "! float_text"),
    ("zp", "2139", "us", "! postcode_not_five_digits"),
    ("zp", "02139", "us", "02139"),
    ("zp", "940251234", "us", "94025"),
    ("zp", "00-950", "pl", "00950"),
    ("zp", "100-0001", "jp", "1000001"),
    ("zp", "01310-100", "br", "01310100"),
    ("country", "USA", None, "us"),
    ("country", "U.S.A.", None, "us"),
    ("country", "UK", None, "gb"),
    ("country", "Great Britain", None, "gb"),
    ("country", "CHN", None, "cn"),
    ("country", "Nederland", None, "nl"),
    ("country", "Republic of Korea", None, "kr"),
    ("country", "대한민국", None, "kr"),
    ("country", "España", None, "es"),
    ("country", "NA", None, "na"),
    ("country", "XX", None, "! country_unknown"),
    ("external_id", "a1 B2\u00a0C3", None, "a1b2c3"),
    ("external_id", "12345.0", None, "! float_text"),
    ("external_id", "nan", None, None),
    ("madid", "38400000-8CF0-11BD-B23E-10B96E40000D", None, "38400000-8cf0-11bd-b23e-10b96e40000d"),
    ("madid", "00000000-0000-0000-0000-000000000000", None, "! madid_is_zeros"),
    ("madid", "abc", None, "! madid_not_a_uuid"),
    ("lead_id", "l:123456789012345", None, "123456789012345"),
    ("lead_id", "12345", None, "! lead_id_not_15_to_17_digits"),
    ("currency", " eur ", None, "EUR"),
    ("currency", "US$", None, "! currency_unknown"),
    ("currency", "XXX", None, "! currency_unknown"),
]


@pytest.mark.parametrize(("field", "value", "place", "expected"), CASES)
def test_a_value_as_tills_write_it(verdict, field, value, place, expected):
    assert verdict(field, value, place) == expected


@pytest.mark.parametrize("word", MISSING_WORDS)
@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_value_word_is_missing(verdict, field, word):
    assert verdict(field, word, "us") is None
