"""Countries, states and currencies compared with pycountry's ISO data, and the generated models with the locked data."""

import babel
import pycountry

from scripts import generate_places

MONTHS = (
    "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "pl", "tr", "ru", "uk", "bg", "cs", "sk", "sl", "ro", "hu", "fi", "et", "lt",
    "lv", "el", "id",
)  # fmt: skip


def test_every_country_is_known_by_its_codes_and_its_iso_name(verdicts):
    asked = [
        (name, country.alpha_2.lower())
        for country in pycountry.countries
        for name in (
            country.alpha_2,
            country.alpha_3,
            country.alpha_2.lower(),
            f" {country.name} ",
            country.name.upper(),
        )
        # A name that ISO uses for one country and people for two.
        if name.strip().capitalize() != "Congo"
    ]
    answers = verdicts("country", [(name, None) for name, _ in asked])

    assert [pair for pair, answer in zip(asked, answers, strict=True) if answer != pair[1]] == []


def test_every_us_state_and_canadian_province_is_known_by_its_code_and_its_name(verdicts):
    asked = [
        (name, country.lower(), subdivision.code[3:].lower())
        for country in ("US", "CA")
        for subdivision in pycountry.subdivisions.get(country_code=country)
        for name in (subdivision.code[3:], subdivision.name.split(",")[0].upper())
    ]
    answers = verdicts("st", [(name, country) for name, country, _ in asked])
    without_country = verdicts("st", [(name, None) for name, _, _ in asked])

    assert answers == without_country == [code for _, _, code in asked]


def test_every_currency_of_a_country_is_known(verdicts):
    codes = [currency.alpha_3 for currency in pycountry.currencies if not currency.alpha_3.startswith("X")]

    assert verdicts("currency", [(code.lower(), None) for code in codes]) == codes


def test_the_models_are_what_the_script_makes_of_the_locked_data():
    for file, text in generate_places.models().items():
        assert (generate_places.MODELS / file).read_text() == text


def test_every_country_is_known_in_the_languages_of_its_neighbours(verdicts):
    """CLDR's names in scripts other than Latin, each read without knowing its language."""
    asked = [
        (name, code.lower())
        for language in ("ru", "ar", "ja", "ko", "zh", "zh_Hant")
        for code in ("DE", "FR", "US", "GB", "CN", "JP", "KR", "RU", "EG", "BR", "TR", "XK")
        for name in [babel.Locale.parse(language).territories[code]]
    ]
    answers = verdicts("country", [(name, None) for name, _ in asked])

    assert answers == [code for _, code in asked]


def test_the_months_of_many_languages_are_read(verdicts):
    """Every name and abbreviation that CLDR has of a month, in a date."""
    asked = {
        f"23 {name} 1990": f"1990{number:02}23"
        for language in MONTHS
        for names in babel.Locale.parse(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in names[width].items()
        if len(name.strip(".")) > 2
    }
    answers = verdicts("db", [(text, None) for text in asked])

    assert len(asked) > 450
    assert dict(zip(asked, answers, strict=True)) == asked


# Everything in CLDR that has one of our names for another month.
OTHERWISE = {
    **{("hr", name): month for name, month in {"lip": 7, "srp": 8, "lis": 11, "listopad": 11, "listopada": 11}.items()},
    **{("bas", "may"): 5, ("dav", "kas"): 11, ("dua", "may"): 5, ("lu", "lut"): 2, ("mfe", "out"): 10},
    **{("st", "jan"): 1, ("teo", "mar"): 3, ("trv", "mai"): 5},
}  # fmt: skip


def test_a_month_is_the_same_in_every_language_that_has_its_name(verdicts):
    """Whatever language of CLDR a text is in, a name that is read is the month it says there; but see docs/raw_tables.md on Croatian."""
    asked = [
        (language, name.lower().strip("."), number)
        for language in babel.localedata.locale_identifiers()
        if "_" not in language
        for names in babel.Locale.parse(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in names[width].items()
        if name.strip(".").isalpha()
    ]
    answers = verdicts("db", [(f"23 {name} 1990", None) for _, name, _ in asked])
    read = [
        (each, int(answer[4:6])) for each, answer in zip(asked, answers, strict=True) if answer and answer.isdecimal()
    ]

    assert len(read) > 900
    assert {(language, name): month for (language, name, number), month in read if month != number} == OTHERWISE
