"""Any Unicode text at all: no error, the documented shape, the same again when normalised twice; no yes, number or moment out of a text that
has none; and DuckDB's own ways, pinned."""

import re
import unicodedata
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

# What a kept value looks like, and the country it is tested with.
SHAPES = {
    "em": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "fn": r"\S+",
    "ge": r"[fm]",
    "db": r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])",
    "ct": r"\S+",
    "st": r"\S+",
    "zp": r"\d{5}",
    "country": r"[a-z]{2}",
    "external_id": r"\S+",
    "madid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "lead_id": r"[1-9]\d{14,16}",
    "currency": r"[A-Z]{3}",
}
ANY = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
NEARLY = st.sampled_from(
    ["1990-12-31", "94035-1234", "California", "United States", "Ann O’Neil", "a@example.com", "usd", "Female"]
)
TEXTS = ANY | NEARLY | st.builds(lambda near, edge: edge + near + edge, NEARLY, ANY)


@pytest.mark.parametrize("field", SHAPES)
@settings(
    max_examples=max(3, settings.default.max_examples // 50),  # `make fuzz` asks for more
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(TEXTS, min_size=150, max_size=150))
def test_any_text_is_kept_in_the_documented_shape_or_dropped_with_a_reason(verdicts, field, texts):
    answers = verdicts(field, [(text, "us") for text in texts])
    kept = [answer for answer in answers if answer is not None and not answer.startswith("! ")]
    dropped = [answer for answer in answers if answer is not None and answer.startswith("! ")]

    assert all(re.fullmatch(SHAPES[field], answer) for answer in kept)
    assert all(re.fullmatch(r"! [a-z][a-z0-9_]+", answer) for answer in dropped)
    assert verdicts(field, [(answer, "us") for answer in kept]) == kept


few = settings(
    max_examples=max(3, settings.default.max_examples // 50),
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
MODELS = Path(__file__).resolve().parents[2] / "models/intermediate/reference"
YES = {
    word
    for words in re.findall(
        r"\(\s*'(?:any|marketing_consent)',\s+'yes',\s+'[^']*',\s+'((?:[^']|'')*)'",
        (MODELS / "int_capi__consent_words.sql").read_text(),
    )
    for word in words.replace("''", "'").split("; ")
}


def bare(text: str) -> str:
    """What a person reads of a word: letters, digits and signs that are no punctuation, without accents, in lower case."""
    folded = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("ø", "o")).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "So")


def digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if unicodedata.category(c) == "Nd").strip("0")


def nearly(words: list[str]):
    """Texts beside one that can be read: with anything around it, in the middle of it, or two of them."""
    word = st.sampled_from(sorted(words))
    return (
        ANY
        | word
        | st.builds(
            lambda one, edge: edge + one + edge,
            word,
            st.text(st.sampled_from(" \t\r\u00a0\u200b\"'.,;!()[]"), max_size=3),
        )
        | st.builds(
            lambda one, other, join: one + join + other,
            word,
            word,
            st.sampled_from([" ", "/", ", ", " not ", "\n", ""]),
        )
        | st.builds(lambda one, at, more: one[:at] + more + one[at:], word, st.integers(0, 6), ANY)
    )


@few
@given(texts=st.lists(nearly([*YES, "no", "1.0", "not yes", "unsubscribed"]), min_size=150, max_size=150))
def test_no_text_is_a_yes_but_a_word_for_yes(verdicts, texts):
    answers = verdicts("consent", [(text, None) for text in texts])
    read = {bare(word) for word in YES} | {"10", "100", "1000"}  # 1.0 is 1

    assert set(answers) <= {"yes", "no", None}
    assert [
        text for text, answer in zip(texts, answers, strict=True) if answer == "yes" and bare(text) not in read
    ] == []


AMOUNTS = [
    "12.50",
    "1,234.50",
    "1 234,50",
    "$8.00",
    "12,50 €",
    "(12.50)",
    "12-",
    "Rs. 500",
    "CHF 12.-",
    "٣٫٥",
    "１２",
    "د.إ 12",
]


@few
@given(texts=st.lists(nearly(AMOUNTS), min_size=150, max_size=150))
def test_no_amount_has_other_digits_than_its_text(verdicts, texts):
    answers = verdicts("amount", [(text, None) for text in texts])
    read = {text: answer for text, answer in zip(texts, answers, strict=True) if answer is not None}

    assert all(re.fullmatch(r"-?[0-9]+[.][0-9]{8}", answer) for answer in read.values())
    assert [
        text
        for text, answer in read.items()
        if "e" not in text.lower() and not digits(text).startswith(digits(answer)[:8])
    ] == []


TIMES = [
    "2026-11-24 10:15:30", "2026/11/24 3:15 PM", "24 Nov 2026 10:15", "Tue Nov 24 10:15:30 2026", "Tue, 24 Nov 2026 10:15:30 +0100",
    "20261124101530", "2026年11月24日 10時15分", "24NOV2026:10:15:30", "2026-11-24-10.15.30.000000", "24 ноября 2026 г., 10:15", "24.11.2026 10:15",
]  # fmt: skip


@few
@given(texts=st.lists(nearly(TIMES), min_size=150, max_size=150))
def test_no_moment_has_another_year_day_or_minute_than_its_text(verdicts, texts):
    answers = verdicts("clock", [(text, None) for text in texts])
    read = {text: answer for text, answer in zip(texts, answers, strict=True) if answer and ":" in answer}
    numbers = {
        text: "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)
        for text in read
    }

    assert all(
        re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}|[0-9]{4}-.*", answer)
        for answer in read.values()
    )
    assert [
        (text, answer)
        for text, answer in read.items()
        if not {answer[:4], str(int(answer[8:10])), str(int(answer[14:16]))}
        <= {*re.findall("[0-9]+", numbers[text]), *seen(numbers[text])}
    ] == []
    assert verdicts("clock", [(answer, None) for answer in read.values()]) == list(read.values())


def seen(text: str) -> list[str]:
    """The numbers of a text, also where no sign stands between them, without the zeros in front."""
    runs = re.findall("[0-9]+", text)
    parts = [run[start : start + length] for run in runs for start in range(len(run)) for length in (1, 2, 4)]
    return [part.lstrip("0") or "0" for part in parts] + parts


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("lower('İpek')", "ipek"),  # Python: i, U+0307, pek
        ("lower('ΑΝΤΏΝΙΟΣ')", "αντώνιοσ"),  # Python: final sigma
        ("lower('Straße')", "straße"),
        ("trim(chr(9) || 'x' || chr(10))", "\tx\n"),
        ("regexp_replace('a' || chr(160) || 'b', '\\s', '')", "a\u00a0b"),
        ("regexp_replace('٣', '\\d', '')", "٣"),
        ("regexp_replace('O’Neil', '[[:punct:]]', '')", "O’Neil"),
        ("regexp_replace('O’Neil', '\\p{P}', '')", "ONeil"),
        ("sha256('')", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ],
)
def test_duckdb_does_what_the_macros_count_on(expression, result):
    with duckdb.connect() as connection:
        assert connection.execute(f"select {expression}").fetchone() == (result,)
