"""Write the models of countries, subdivisions and currencies from ISO and CLDR data.

Run it after raising `pycountry` or `babel` in the lock: `.venv/bin/python scripts/generate_places.py`. A test fails if the
models are not what the locked versions give. A name that could mean two countries is left out: nothing is guessed.
"""

import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import babel
import babel.localedata
import pycountry
import regex
from babel.languages import get_official_languages

MODELS = Path(__file__).resolve().parent.parent / "models/intermediate/reference"

# Languages in which shops commonly write any country's name, in addition to each country's own.
LANGUAGES = (
    "en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "tr", "ru", "ar", "ja", "ko", "zh", "zh_Hant",
    "hu", "ro", "el", "uk", "th", "vi", "id", "he",
)  # fmt: skip

# CLDR's codes for places that have their own post and phones but no ISO code.
OTHER_COUNTRIES = {"XK": "XKX", "AC": "ASC", "TA": "TAA"}

# Names shared by several countries, in any of the languages: it is not known which one is meant.
AMBIGUOUS = {
    "congo", "kongo", "konga", "korea", "corea", "coree", "corée", "coreia", "kore", "koreja", "корея", "конго",
    "virginislands",
}  # fmt: skip

# Names in use that are neither in ISO nor in CLDR.
OTHER_COUNTRY_NAMES = {
    "ac": "ascension",
    "ae": "uae emirates الإمارات",
    "at": "oesterreich",
    "ba": "bosnia",
    "bs": "thebahamas",
    "cd": "drcongo drc democraticrepublicofthecongo thedemocraticrepublicofthecongo congodrc",
    "cg": "republicofthecongo republicofcongo",
    "ci": "ivorycoast",
    "cn": "prchina prc mainlandchina",
    "cv": "capeverde",
    "cz": "czechrepublic českárepublika ceskarepublika",
    "de": "bundesrepublikdeutschland brd",
    "dk": "daenemark",
    "eg": "aegypten",
    "gr": "el",  # the European Union's code
    "gb": "uk england scotland wales northernireland greatbritain britain grossbritannien großbritannien",
    "gm": "thegambia",
    "hk": "香港",
    "ie": "republicofireland",
    "kp": "northkorea koreanorth dprk",
    "kr": "southkorea koreasouth rok 한국",
    "la": "laos",
    "mk": "macedonia",
    "mm": "burma",
    "mo": "macau 澳门 澳門",
    "nl": "holland thenetherlands",
    "ps": "palestine",
    "ru": "russia российскаяфедерация рф",
    "sa": "ksa السعودية",
    "sk": "slovakrepublic",
    "ta": "tristandacunha",
    "sy": "syria",
    "sz": "swaziland",
    "tl": "easttimor",
    "tr": "turkey tuerkei",
    "th": "ประเทศไทย",
    "tw": "台灣",
    "us": "アメリカ 米国 сша usofa unitedstatesofamerica theunitedstates",
    "va": "vatican vaticancity holysee theholysee",
    "vn": "vietnam",
    "xk": "kosova",
}
OTHER_SUBDIVISION_NAMES = {
    ("us", "dc"): "washingtondc washingtondistrictofcolumbia",
    ("us", "vi"): "usvirginislands virginislands",
    ("us", "aa"): "armedforcesamericas",
    ("us", "ae"): "armedforceseurope",
    ("us", "ap"): "armedforcespacific",
    ("ca", "nl"): "newfoundland",
    ("ca", "qc"): "québec",
}
# States whose privacy law is in Meta's data processing options, by Meta's number.
DATA_PROCESSING_STATES = {
    "ca": 1000, "co": 1001, "ct": 1002, "fl": 1003, "or": 1004, "tx": 1005, "mt": 1006,
    "de": 1007, "ne": 1008, "nh": 1009, "nj": 1010, "mn": 1011, "md": 1012, "ri": 1013,
}  # fmt: skip


def key(name: str) -> str:
    """A name as capi_place_key writes it: NFC, lower case, letters and marks only."""
    return regex.sub(r"[^\p{L}\p{M}]", "", unicodedata.normalize("NFC", name).lower())


def plain(text: str) -> str:
    """A Latin or Greek key without accents, as tills without accents write it."""
    if not regex.match(r"[\p{Latin}\p{Greek}]", text):
        return text
    bare = "".join(
        character for character in unicodedata.normalize("NFD", text) if not unicodedata.combining(character)
    )
    return unicodedata.normalize("NFC", bare)


def unambiguous(names: dict[str, set[str]]) -> dict[str, list[str]]:
    """The names of each code, in order, without those that belong to several codes."""
    owners = defaultdict(set)
    for code, its_names in names.items():
        for name in its_names:
            owners[name].add(code)
    return {code: sorted(name for name in names[code] if len(owners[name]) == 1) for code in sorted(names)}


def iso_names() -> dict[str, set[str]]:
    """What ISO calls each country, by alpha-2 code."""
    found = {
        country.alpha_2: {
            country.name,
            country.alpha_3,
            getattr(country, "official_name", ""),
            getattr(country, "common_name", ""),
        }
        for country in pycountry.countries
    }
    return found | {code: {alpha_3} for code, alpha_3 in OTHER_COUNTRIES.items()}


def countries() -> dict[str, list[str]]:
    names: dict[str, set[str]] = {}
    # Nga is Russia in Vietnamese, and NGA Nigeria to everybody.
    codes = {country.alpha_3.lower(): country.alpha_2 for country in pycountry.countries}
    for code, written in iso_names().items():
        for language in sorted({*LANGUAGES, *get_official_languages(code, regional=True, de_facto=True)}):
            try:
                written.add(babel.Locale.parse(language).territories.get(code, ""))
            except babel.UnknownLocaleError:
                continue
        # ISO sorts by the first word: everybody else writes "Korea, Republic of" the other way round.
        written |= {" ".join(reversed(name.split(", "))) for name in written}
        keys = {key(name) for name in written}
        listed = {name for name in keys | {plain(name) for name in keys} if len(name) > 2 or not name.isascii()}
        listed -= {name for name in listed if codes.get(name, code) != code}
        names[code.lower()] = (listed | set(OTHER_COUNTRY_NAMES.get(code.lower(), "").split())) - AMBIGUOUS - {""}
    return {code: [code, *its_names] for code, its_names in unambiguous(names).items()}


def subdivisions() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for subdivision in pycountry.subdivisions:
        if (country := subdivision.country_code) in ("US", "CA"):
            names = {key(part) for part in subdivision.name.split(",")[:1]}
            found[country.lower(), subdivision.code[3:].lower()] |= names | {plain(name) for name in names}
    for place, others in OTHER_SUBDIVISION_NAMES.items():
        found[place] |= {*others.split()}
    return {place: [place[1], *sorted(found[place])] for place in sorted(found)}


def currencies() -> list[str]:
    # Codes that begin with X belong to no country: of these, shops only take the common currencies as money.
    shared = {"XAF", "XCD", "XCG", "XOF", "XPF"}
    codes = {currency.alpha_3 for currency in pycountry.currencies}
    return sorted(code for code in codes if not code.startswith("X") or code in shared)


# Signs in use that are not in CLDR.
OTHER_SIGNS = {
    "AED": "dhs dh", "ARS": "ar$", "BRL": "r$", "CAD": "cdn$", "CHF": "fr sfr", "CNY": "rmb 人民币", "CZK": "kc", "EGP": "le e£", "EUR": "euro euros",
    "GBP": "gb£ uk£", "HKD": "$", "ILS": "שח", "ISK": "kr", "JPY": "円 ¥", "KRW": "원 won", "KWD": "kd", "KZT": "тг", "MXN": "mex$", "NPR": "rs",
    "PLN": "zl", "RON": "lei", "RUB": "руб р rub", "SAR": "sr", "SGD": "sg$", "THB": "บาท", "TRY": "tl", "TWD": "$ 元", "UAH": "грн", "USD": "us$ $us",
    "VND": "đ vnđ",
}  # fmt: skip


def sign_key(sign: str) -> str:
    """A sign as capi_currency_sign writes it: NFC, lower case, without spaces, invisible characters, points and quotes."""
    return regex.sub(r"[\p{Z}\p{C}'\".]", "", unicodedata.normalize("NFC", sign).lower())


def currency_signs() -> dict[str, list[str]]:
    """What may be written with an amount in each currency: its code, its signs in all languages, and both together."""
    signs: dict[str, set[str]] = {code: {*OTHER_SIGNS.get(code, "").split()} for code in currencies()}
    for identifier in babel.localedata.locale_identifiers():
        for code, sign in babel.Locale.parse(identifier).currency_symbols.items():
            if code in signs and sign_key(sign):
                signs[code].add(sign_key(sign))
    return {
        code: sorted({code.lower(), *found, *(code.lower() + sign for sign in found - {code.lower()})})
        for code, found in signs.items()
    }


def header(sources: str) -> str:
    return f"-- Written by scripts/generate_places.py from {sources}; do not edit.\n"


def countries_model() -> str:
    rows = ",\n".join(f"            ('{code}', '{' '.join(names)}')" for code, names in countries().items())
    return f"""{header(f"pycountry {pycountry.__version__} (ISO 3166-1) and Babel {babel.__version__} (CLDR)")}with
    countries (country, names) as (
        values
{rows}
    ),

    named as (select country, {{{{ capi_unnest(capi_split("names", " ")) }}}} as name from countries),

    codes as (select country, name as code from named where length(name) <= 3),

    -- United States (US), FR - France.
    pairs as (

        select codes.country, codes.code || ' ' || named.name as code_first, named.name || ' ' || codes.code as name_first
        from codes
        inner join named on codes.country = named.country and codes.code <> named.name

    )

select country, name
from named
union
select country, code_first
from pairs
union
select country, name_first
from pairs
"""


def subdivisions_model() -> str:
    rows = ",\n".join(
        f"            ('{country}', '{code}', {DATA_PROCESSING_STATES.get(code, 'null') if country == 'us' else 'null'}, '{' '.join(names)}')"
        for (country, code), names in subdivisions().items()
    )
    return f"""{header(f"pycountry {pycountry.__version__} (ISO 3166-2)")}with
    subdivisions (country, code, data_processing_state, names) as (
        values
{rows}
    ),

    named as (

        select country, code, cast(data_processing_state as integer) as data_processing_state, {{{{ capi_unnest(capi_split("names", " ")) }}}} as name
        from subdivisions

    ),

    countries (country, word) as (
        values ('us', 'us'), ('us', 'usa'), ('us', 'unitedstates'), ('ca', 'ca'), ('ca', 'can'), ('ca', 'canada')
    ),

    -- California (CA), CA - California, US-CA, US-California, California, USA.
    pairs as (

        select country, code, data_processing_state, code || ' ' || name as name
        from named
        where name <> code
        union all
        select country, code, data_processing_state, name || ' ' || code
        from named
        where name <> code
        union all
        select named.country, code, data_processing_state, word || ' ' || name
        from named
        inner join countries on named.country = countries.country
        union all
        select named.country, code, data_processing_state, name || ' ' || word
        from named
        inner join countries on named.country = countries.country
    )

select country, code, data_processing_state, name
from named
union all
select country, code, data_processing_state, name
from pairs
"""


def currencies_model() -> str:
    rows = ",\n".join(f"            ('{code}', ',,{','.join(signs)},')" for code, signs in currency_signs().items())
    return f"""{header(f"pycountry {pycountry.__version__} (ISO 4217) and Babel {babel.__version__} (CLDR)")}with
    currencies (currency, signs) as (
        values
{rows}
    )

select currency, signs
from currencies
"""


def models() -> dict[str, str]:
    """The text of each model, by file name."""
    return {
        "int_capi__countries.sql": countries_model(),
        "int_capi__subdivisions.sql": subdivisions_model(),
        "int_capi__currencies.sql": currencies_model(),
    }


if __name__ == "__main__":
    for file, text in models().items():
        (MODELS / file).write_text(text)
        sys.stdout.write(f"wrote {file}\n")
