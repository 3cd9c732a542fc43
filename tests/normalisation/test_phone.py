"""Phones compared with libphonenumber: every number that its metadata accepts must become its E.164 digits, however it is written."""

import string

import phonenumbers
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from scripts import generate_phone_plans

KINDS = [
    "FIXED_LINE",
    "MOBILE",
    "TOLL_FREE",
    "PREMIUM_RATE",
    "SHARED_COST",
    "VOIP",
    "PERSONAL_NUMBER",
    "PAGER",
    "UAN",
    "VOICEMAIL",
]
EXCEPTIONS = {
    ("IR", "UAN"): "96xx with its calling code has six digits; fewer than seven are no number that a person has",
    (
        "CA",
        "UAN",
    ): "310-xxxx has seven digits and is dialled inside Canada only; no caller abroad and no hash can use it",
}


def written(number: phonenumbers.PhoneNumber, region: str) -> dict[str, str]:
    """One number in the ways in which people and programs write it."""
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    code, _, rest = international.partition(" ")
    return {
        "national": national,
        "international": international,
        "e164": e164,
        "rfc3966": phonenumbers.format_number(number, PhoneNumberFormat.RFC3966),
        "00": "00" + e164[1:],
        "(0)": f"{code} (0){rest}" if rest else international,
        "no-break spaces and dashes": international.replace(" ", "\u00a0").replace("-", "\u2011"),
        "full width": e164.translate(str.maketrans("+0123456789", "＋０１２３４５６７８９")),
        "extension": national + " ext. 12",
    }


@pytest.fixture(scope="module")
def examples() -> list[tuple[str, str, str, str, str]]:
    """(region, kind, form, text, E.164 digits) of every example number of every region."""
    rows = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in KINDS:
            number = phonenumbers.example_number_for_type(region, getattr(PhoneNumberType, kind))
            if number is not None:
                digits = phonenumbers.format_number(number, PhoneNumberFormat.E164)[1:]
                rows += [(region, kind, form, text, digits) for form, text in written(number, region).items()]
    return rows


def test_every_example_number_of_every_region_becomes_its_e164_digits(verdicts, examples):
    answers = verdicts("ph", [(text, region.lower()) for region, _, _, text, _ in examples])
    wrong = {(r, k): (f, t, d, a) for (r, k, f, t, d), a in zip(examples, answers, strict=True) if a != d}

    assert len(examples) > 8_000
    assert wrong.keys() == EXCEPTIONS.keys(), wrong


def test_a_complete_number_without_its_plus_sign_is_read_as_libphonenumber_reads_it(verdicts, examples):
    bare = [
        (region, digits)
        for region, kind, form, _, digits in examples
        if form == "e164" and (region, kind) not in EXCEPTIONS
    ]
    expected: list[str | None] = []
    for region, digits in bare:
        try:
            expected.append(phonenumbers.format_number(phonenumbers.parse(digits, region), PhoneNumberFormat.E164)[1:])
        except NumberParseException:
            expected.append(None)
    answers = verdicts("ph", [(digits, region.lower()) for region, digits in bare])
    wrong = [(pair, want, got) for pair, want, got in zip(bare, expected, answers, strict=True) if want != got]

    assert not wrong


def test_carriers_and_prefixes_of_mobiles_are_read_as_libphonenumber_reads_them(verdicts):
    """What its rules rewrite: a carrier before a Brazilian number, 15 inside an Argentine one, the seven digits of an island."""
    written = [
        (f"0{carrier}{area}{number}", "br")
        for carrier in ("", "14", "15", "21", "31", "41")
        for area in ("11", "21", "85")
        for number in ("987654321", "32104567")
    ]
    written += [
        (f"0{area}15{number}", "ar") for area, number in (("11", "23456789"), ("221", "2345678"), ("2966", "234567"))
    ]
    written += [(f"+54{area}15{number}", None) for area, number in (("11", "23456789"), ("221", "2345678"))]
    written += [("2345678", region) for region in ("bm", "vg", "ky", "je")] + [("0549886377", "sm"), ("886377", "sm")]
    answers = verdicts("ph", written)
    expected = []
    for text, country in written:
        number = phonenumbers.parse(text, country.upper() if country else None)
        digits = phonenumbers.format_number(number, PhoneNumberFormat.E164)[1:]
        expected.append(digits if phonenumbers.is_possible_number(number) else "! phone_length_impossible")

    assert dict(zip(written, answers, strict=True)) == dict(zip(written, expected, strict=True))


# value, country, expected
VECTORS = [
    ("(650)555-1212", "us", "16505551212"),
    ("+1 (616) 954-78 88", None, "16169547888"),
    ("1(650)123-4567", "us", "16501234567"),
    ("+001 (616) 954-78 88", None, "16169547888"),
    ("01(650)123-4567", "us", "16501234567"),
    ("+44 20 7946 0958", None, "442079460958"),
    ("+33 1 42 86 83 26", None, "33142868326"),
    ("+81-3-5843-2301", None, "81358432301"),
    ("+61 2 9374 4000", None, "61293744000"),
    ("+49 30 12345678", None, "493012345678"),
    ("4792813113", "no", "4792813113"),
    ("12345678901", "us", "12345678901"),
    ("14251234567", "us", "14251234567"),
    ("011 44 20 7946 0958", "us", "442079460958"),
    ("0011 44 20 7946 0958", "au", "442079460958"),
    ("010 44 20 7946 0958", "jp", "442079460958"),
    ("+44 020 7946 0958", "us", "442079460958"),
    ("06 1234 5678", "it", "390612345678"),
    ("+39 06 1234 5678", "us", "390612345678"),
    ("8 (912) 345-67-89", "ru", "79123456789"),
    ("٠٧٩١٢٣٤٥٦٧٨", "gb", "447912345678"),
    ("tel:+1-650-555-1212;ext=5", None, "16505551212"),
    ("fax 020 7946 0958", "gb", "442079460958"),
    ("020 7946 0958 #44", "gb", "442079460958"),
    # nothing is guessed
    ("16169547888", None, "! phone_country_unknown"),
    ("020 7946 0958", None, "! phone_country_unknown"),
    ("1-800-FLOWERS", "us", "! phone_length_impossible"),
    ("555-1212", "us", "! phone_length_impossible"),
    ("123", "us", "! phone_length_impossible"),
    ("1" * 25, "us", "! phone_length_impossible"),
    ("0", "us", "! phone_length_impossible"),
    ("n/a", "us", None),
    ("unlisted", "us", "! phone_has_no_digits"),
    ("+999 123 456 789", "us", "! phone_calling_code_unknown"),
    ("16505551212.0", "us", "! float_text"),
    ("1.6505551212e+10", "us", "! float_text"),
    (None, "us", None),
]


def test_a_phone_as_people_write_it(verdicts):
    answers = verdicts("ph", [(value, country) for value, country, _ in VECTORS])

    assert dict(zip(VECTORS, answers, strict=True)) == {vector: vector[2] for vector in VECTORS}


REGIONS = st.sampled_from([*sorted(region.lower() for region in phonenumbers.SUPPORTED_REGIONS), None, "zz"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40) | st.text(
    "+0123456789 ()-./x#e", max_size=25
)


@settings(
    max_examples=20, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pairs=st.lists(st.tuples(TEXTS, REGIONS), min_size=200, max_size=200))
def test_any_text_gives_digits_or_a_reason_and_digits_are_stable(verdicts, pairs):
    answers = verdicts("ph", pairs)
    kept = [
        (answer, country)
        for answer, (_, country) in zip(answers, pairs, strict=True)
        if answer and not answer.startswith("! ")
    ]

    assert all(digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15 for digits, _ in kept)
    assert verdicts("ph", [(f"+{digits}", country) for digits, country in kept]) == [digits for digits, _ in kept]


def test_the_plans_are_what_the_script_makes_of_the_locked_metadata():
    assert generate_phone_plans.MODEL.read_text() == generate_phone_plans.model()
    assert set(string.ascii_lowercase) >= {
        letter for country, *_ in generate_phone_plans.plans() for letter in str(country)
    }
