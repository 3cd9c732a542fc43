"""The documentation implemented a second time, in Python, with libraries that know nothing about our SQL: phonenumbers, pycountry, unicodedata.

Every function takes a text and returns the normalised text or None. Where the documentation is silent, `DECISION` marks what
docs/normalisation.md says.
"""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Set

import phonenumbers
import pycountry
from phonenumbers import PhoneNumberFormat, ValidationResult

MISSING = {"", "-", "--", "---", "?", ".", "n/a", "n.a.", "#n/a", "null", "(null)", "none", "nil", "undefined", "unknown"} | {
    "not available", "not provided", "not applicable", "not given", "(blank)", "(empty)", "(none)", "(unknown)",
}  # fmt: skip
# DECISION: these two are names of people and places, so they only count as missing where they cannot be a name.
NUMBER_WORDS = {"na", "nan"}
FLOAT = re.compile(r"[+-]?[0-9]+\.0+|[0-9](\.[0-9]+)?[eE]\+?[0-9]+")
COUNTRY_NAMES = {
    "uk": "gb",
    "great britain": "gb",
    "england": "gb",
    "scotland": "gb",
    "usa": "us",
    "holland": "nl",
    "south korea": "kr",
}
GENDERS = {
    "f": ["f", "female", "woman", "w", "weiblich", "frau", "femme", "mujer", "mrs", "ms"],
    "m": ["m", "male", "man", "mann", "männlich", "homme", "hombre", "mr"],
}
FULL_WIDTH = str.maketrans({chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)})


def is_edge(character: str) -> bool:
    return unicodedata.category(character)[0] in "ZC"


def present(text: str | None, also_missing: Set[str] = frozenset()) -> str | None:
    """The text without white space and invisible characters at its ends, in NFC; None for a missing value."""
    if text is None:
        return None
    while text and is_edge(text[0]):
        text = text[1:]
    while text and is_edge(text[-1]):
        text = text[:-1]
    return None if text.lower() in MISSING | also_missing else unicodedata.normalize("NFC", text)


def lower(text: str) -> str:
    """DECISION: character by character, without the rules for a final sigma and for the dot of İ."""
    return "".join("i" if character == "İ" else character.lower() for character in text)


def fold_width(text: str) -> str:
    """DECISION: full-width letters and digits become ASCII."""
    return "".join(c.translate(FULL_WIDTH) if c.translate(FULL_WIDTH).isalnum() else c for c in text)


def ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)


def letters(text: str) -> str:
    """Only letters and marks, in lower case."""
    return "".join(c for c in lower(fold_width(text)) if unicodedata.category(c)[0] in "LM")


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


# Meta's parameter builder 1.3.2 (Node), src/utils: what it accepts as an address, in lower case. DECISION: letters of all scripts.
ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
LABEL = r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?"
ADDRESS = re.compile(rf"{ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+{LABEL}")


def email(text: str | None) -> str | None:
    cleaned = present(text)
    if cleaned is None:
        return None
    named = re.search(r"<([^<>]*@[^<>]*)>", cleaned)
    address = lower(named[1] if named else cleaned).strip("'\"<>()[]“”,; ").removeprefix("mailto:")
    placeholder = address in {"test@test.com", "none@none.com", "noemail@noemail.com", "guest@guest.com"}
    return address if ADDRESS.fullmatch(address) and not placeholder else None


def phone(text: str | None, country: str | None) -> str | None:
    cleaned = present(text, NUMBER_WORDS)
    if cleaned is None or FLOAT.fullmatch(cleaned):
        return None
    cleaned = ascii_digits(fold_width(cleaned)).replace("＋", "+")
    # DECISION: 00 is an exit prefix everywhere, even if the country is unknown.
    if re.match(r"00[1-9]", re.sub(r"[^0-9+]", "", cleaned)):
        cleaned = "+" + re.sub(r"^\D*00", "", cleaned)
    region = country.upper() if country else None
    # DECISION: Meta's own vector reads 01(650)123-4567 as a number of the United States.
    if region and phonenumbers.country_code_for_region(region) == 1 and "+" not in cleaned:
        cleaned = re.sub(r"^\D*0+(?=1)", "", cleaned)
    try:
        number = phonenumbers.parse(cleaned.replace("(0)", "") if "+" in cleaned else cleaned, region)
    except phonenumbers.NumberParseException:
        return None
    digits = phonenumbers.format_number(number, PhoneNumberFormat.E164)[1:]
    possible = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    # DECISION: a number that begins with a zero or, in North America, with a one exists only where the metadata knows such
    # numbers; elsewhere it is a number of another country, and nobody can tell which.
    if number.italian_leading_zero or digits.startswith(("10", "11")):
        possible = possible and phonenumbers.is_valid_number(number)
    return digits if possible and 7 <= len(digits) <= 15 else None


def name(text: str | None) -> str | None:
    cleaned = present(text)
    if cleaned is None:
        return None
    kept = "".join(c for c in lower(fold_width(cleaned)) if unicodedata.category(c)[0] not in "PSZC")
    return kept if any(unicodedata.category(c)[0] == "L" for c in kept) else None


def gender(text: str | None) -> str | None:
    word = letters(present(text) or "")
    return next((code for code, words in GENDERS.items() if word in words), None)


def date_of_birth(text: str | None, today: datetime.date) -> str | None:
    cleaned = ascii_digits(present(text) or "")
    day, time = re.fullmatch(r"(.*?)(?:[T ](\d{2}:\d{2}.*))?", cleaned).groups()
    if time and not re.match(r"00:00(:00)?([^:0-9]|$)", time):
        return None  # DECISION: which day is meant depends on an unknown zone
    for form in ("%Y%m%d", "%B %d, %Y", "%d-%b-%Y", "%d. %B %Y", "%Y年%m月%d日"):
        try:
            found = datetime.datetime.strptime(day, form).date()
        except ValueError:
            continue
        break
    else:
        numbers = re.split(r"[-/. ]", day)
        if re.fullmatch(r"\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}", day):
            year, month, number = map(int, numbers)
        elif re.fullmatch(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}", day):
            first, second, year = map(int, numbers)
            if first <= 12 and second <= 12 and first != second:
                return None  # DECISION: the day cannot be told from the month
            month, number = (first, second) if second > 12 else (second, first)
        else:
            return None
        try:
            found = datetime.date(year, month, number)
        except ValueError:
            return None
    # DECISION: what people fill forms in with counts as missing.
    return found.strftime("%Y%m%d") if datetime.date(1900, 1, 1) < found <= today else None


def city(text: str | None) -> str | None:
    return letters(present(text) or "") or None


def state(text: str | None, country: str | None) -> str | None:
    cleaned = present(text, NUMBER_WORDS) or ""
    # DECISION: the country's own code in front, and a code beside the name, only repeat the information.
    prefixed = re.fullmatch(r"([A-Za-z]{2})-([A-Za-z]{2,3})", cleaned)
    if prefixed and (lower(prefixed[1]) == country or (country is None and cleaned.isupper())):
        cleaned = prefixed[2]
    coded = re.fullmatch(r"[A-Z]{2} - (.+)", cleaned)
    key = letters(coded[1] if coded else cleaned)
    if not key or country not in ("us", "ca", None):
        return key or None
    for place in [country] if country else ["us", "ca"]:
        for subdivision in pycountry.subdivisions.get(country_code=place):
            code = subdivision.code[3:].lower()
            official = letters(subdivision.name.split(",")[0])
            # DECISION: accents are optional in a name that is looked up.
            if without_accents(key) in (code, without_accents(official)) or (code == "dc" and key == "washingtondc"):
                return code
    return None if country else key


def postal_code(text: str | None, country: str | None) -> str | None:
    cleaned = present(text, NUMBER_WORDS)
    if cleaned is None or FLOAT.fullmatch(cleaned):
        return None
    code = "".join(c for c in lower(fold_width(cleaned)) if unicodedata.category(c)[0] in "LMN")
    if re.fullmatch("0{3,}|9{4,}", code):
        return None  # DECISION: what people fill forms in with counts as missing
    # DECISION: a number-plate letter in front of a postcode of digits is not part of it.
    code = re.sub(r"^(d|de)(?=[0-9])", "", code) if country == "de" else code
    if country == "us":
        return code[:5] if re.fullmatch(r"[0-9]{5}([0-9]{4})?", code) else None
    return code if len(code) > 1 else None


def country(text: str | None) -> str | None:
    cleaned = present(text)
    if cleaned is None:
        return None
    folded = fold_width(cleaned).strip(" .!").replace(".", "")
    if folded.lower() in COUNTRY_NAMES:
        return COUNTRY_NAMES[folded.lower()]
    try:
        return pycountry.countries.lookup(folded).alpha_2.lower()
    except LookupError:
        return None


def external_id(text: str | None) -> str | None:
    cleaned = present(text, NUMBER_WORDS)
    if cleaned is None:
        return None
    bare = "".join(c for c in lower(fold_width(cleaned)) if not is_edge(c))
    return None if FLOAT.fullmatch(bare) else bare or None


def madid(text: str | None) -> str | None:
    cleaned = lower(present(text) or "")
    is_uuid = re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", cleaned)
    return cleaned if is_uuid and set(cleaned) != set("0-") else None


def lead_id(text: str | None) -> str | None:
    cleaned = re.sub(r"^l:", "", lower(present(text) or ""))
    return cleaned if re.fullmatch(r"[1-9][0-9]{14,16}", cleaned) else None


def hashed(column: str, raw: str | None, normalised: str | None) -> str | None:
    """The SHA-256 of a value, or the value itself if it already is one."""
    text = (present(raw) or "").lower()
    if re.fullmatch(r"[0-9a-f]{64}(\.[a-z0-9_-]{2,8})?", text):
        return text[:64]
    if re.fullmatch(r"[0-9a-f]{32}", text) and column != "external_id":
        return None
    return hashlib.sha256(normalised.encode()).hexdigest() if normalised else None


def customer(row: dict[str, str | None], fallback_country: str | None, today: datetime.date) -> dict[str, object]:
    """What is sent about a customer: lists of hashes for e-mails and phones, one value for each other parameter."""
    own = country(row["country"])
    context = own or fallback_country
    own_id = row["customer_id"] if present(row["external_id"], NUMBER_WORDS) is None else row["external_id"]

    def many(column: str, normalise) -> list[str] | None:
        parts = (row[column] or "").split(";")
        found = {hashed(column, part, normalise(part)) for part in parts} - {None}
        return sorted(found) or None

    single = {
        "fn": ("first_name", name(row["first_name"])),
        "ln": ("last_name", name(row["last_name"])),
        "ge": ("gender", gender(row["gender"])),
        "db": ("date_of_birth", date_of_birth(row["date_of_birth"], today)),
        "ct": ("city", city(row["city"])),
        "st": ("state", state(row["state"], context)),
        "zp": ("postal_code", postal_code(row["postal_code"], context)),
        "country": ("country", own),
        "external_id": ("external_id", external_id(own_id)),
    }
    return {
        "em": many("email", email),
        "ph": many("phone", lambda part: phone(part, context)),
        **{
            key: hashed(column, row[column] if key != "external_id" else own_id, value)
            for key, (column, value) in single.items()
        },
        "madid": madid(row["madid"]),
        "lead_id": lead_id(row["lead_id"]),
    }
