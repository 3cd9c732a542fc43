"""Invented customers from forty countries, as dirty as tills write them; the same seed gives the same people."""

import hashlib
import random
import unicodedata

import phonenumbers
import pycountry
from phonenumbers import PhoneNumberFormat, PhoneNumberType

COUNTRIES = [
    "US",
    "CA",
    "GB",
    "IE",
    "FR",
    "DE",
    "AT",
    "CH",
    "IT",
    "ES",
    "PT",
    "NL",
    "BE",
    "LU",
    "DK",
    "SE",
    "NO",
    "FI",
    "PL",
    "CZ",
    "SK",
    "HU",
    "RO",
    "BG",
    "GR",
    "TR",
    "UA",
    "IN",
    "JP",
    "KR",
    "CN",
    "AU",
    "NZ",
    "BR",
    "AR",
    "MX",
    "CL",
    "CO",
    "ZA",
    "NG",
    "EG",
    "AE",
    "IL",
    "RU",
]
FIRST = [
    "Ada",
    "Grace",
    "Séverine",
    "Jürgen",
    "Zoë",
    "Mary-Jane",
    "Øyvind",
    "İpek",
    "Liam",
    "Nora",
    "José",
    "Łukasz",
    "Владимир",
    "李明",
    "정",
    "Αντώνιος",
    "Ngọc",
    "Renée",
    "Ann\xa0Marie",
    "D'Arcy",
    "Na",
]
LAST = [
    "O’Neil",
    "O'Neil",
    "Müller",
    "García",
    "Weiß",
    "Smith,\xa0Jr.",
    "Brown",
    "Kim",
    "Łukasik",
    "Nguyễn",
    "Иванов",
    "Van\xa0der\xa0Berg",
    "St.\xa0John",
    "Null-Webb",
    "Straße",
]
CITIES = [
    "Paris",
    "São\xa0Paulo",
    "St.\xa0Louis",
    "Coeur\xa0d'Alene",
    "東京",
    "München",
    "Los\xa0Angeles\xa090210",
    "Québec",
    "Αθήνα",
    "Stoke-on-Trent",
]
STATES = {
    "US": [
        "CA",
        "US-CA",
        "CA - California",
        "California",
        "N.Y.",
        "Washington D.C.",
        "PUERTO RICO",
        "tx",
        "Texas ",
        "Atlantis",
    ],
    "CA": ["Ontario", "QC", "Québec", "British Columbia", "on"],
}
OTHER_STATES = ["Bayern", "DE-BY", "Île-de-France", "New South Wales", "Noord-Holland", "75", "WA"]
POSTCODES = {
    "US": ["94035", "94035-1234", "940351234", "2139", "02139", "94035.0"], "GB": ["M1 1AE", "sw1a 2aa"], "NL": ["1012 AB"], "DE": ["10115", "D-10115", "00000"],
    "PT": ["1000-001"], "BR": ["01310-100"], "JP": ["100-0001", "１００－０００１"], "PL": ["00-950"],
}  # fmt: skip
DATES = [
    "1984-05-17",
    "19790203",
    "05/04/1990",
    "23.11.1966",
    "2/16/1997",
    "05/05/1990",
    "1997-02-30",
    "1990-12-31 00:00:00",
]
DATES += [
    "12/31/90",
    "December 31, 1990",
    "1899-12-31",
    "2090-01-01",
    "1970/1/2",
    "31 12 1980",
    "00000000",
    "1900-01-01",
    "1990-04-22T22:00:00Z",
    "23-Apr-1990",
    "23. April 1990",
    "1990年4月23日",
    "١٩٨٤-٠٥-١٧",
]
GENDERS = ["f", "F", "Female", "woman", "weiblich", "Frau", "m", "MALE", "Mr.", "homme", "other", "x", "1"]
MISSING = ["", " ", "n/a", "N/A", "null", "None", "-", "\u00a0", "\u200b", "unknown", "#N/A"]


def once(draw: random.Random, text: str) -> str:
    """One kind of dirt that does not change what a value means."""
    return draw.choice(
        [
            lambda: text.upper() if "İ" not in text and "ß" not in text else text,
            lambda: f"  {text}\t",
            lambda: f"\u00a0{text}\u200b",
            lambda: f"\ufeff{text}\r\n",
            lambda: f"\u202a{text}\u202c",
            lambda: unicodedata.normalize("NFD", text),
            lambda: text,
        ]
    )()


def phone(draw: random.Random, region: str) -> str:
    kind = draw.choice([PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE])
    number = phonenumbers.example_number_for_type(region, kind)
    international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    forms = [
        international,
        e164,
        national,
        "00" + e164[1:],
        national + " ext. 12",
        international.replace(" ", "\u00a0").replace("-", "\u2011"),
    ]
    forms += [
        e164.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        "123",
        "1" * 20,
        e164[1:] + ".0",
        "no phone",
        "0",
    ]
    return draw.choices(forms, weights=[6, 6, 6, 2, 1, 1, 1, 1, 1, 1, 1, 1])[0]


def email(draw: random.Random, number: int) -> str:
    local, domain = draw.choice(["ann", "bob.smith", "zoë", "o'hara"]), draw.choice(["com", "org", "net"])
    address = f"{local}+{number}@example.{domain}"
    broken = [
        "no address",
        "a@b",
        f"two words{number}@example.com",
        "a@@example.com",
        "test@test.com",
        f"mailto:{address}",
        f"<{address}>",
        f"'{address}",
        f'"Ann B." <{address}>',
        "guest@guest.com",
        f"ann..b{number}@example.com",
        f"ann.@example{number}.com",
    ]
    return draw.choice(broken) if draw.random() < 0.1 else address


def customers(count: int, seed: int) -> list[dict[str, str | None]]:
    draw = random.Random(seed)
    return [customer(draw, number) for number in range(count)]


def customer(draw: random.Random, number: int) -> dict[str, str | None]:
    region = draw.choice(COUNTRIES)
    land = pycountry.countries.get(alpha_2=region)
    own_country = draw.choice(
        [region, region.lower(), land.alpha_3, land.name, "Atlantis", "UK" if region == "GB" else region]
    )
    row = {
        "email": ";".join(email(draw, number + 100_000 * extra) for extra in range(draw.choice([1, 1, 1, 2]))),
        "phone": "; ".join(phone(draw, region) for _ in range(draw.choice([1, 1, 1, 2]))),
        "first_name": draw.choice(FIRST),
        "last_name": draw.choice(LAST),
        "gender": draw.choice(GENDERS),
        "date_of_birth": draw.choice(DATES),
        "city": draw.choice(CITIES),
        "state": draw.choice(STATES.get(region, OTHER_STATES)),
        "postal_code": draw.choice(POSTCODES.get(region, ["75018", "10115", "1010"])),
        "country": own_country,
        "external_id": draw.choice([f"CRM {number}", f"{number}.0", "a" * 32, None]),
        "madid": draw.choice(
            [None, "38400000-8CF0-11BD-B23E-10B96E40000D", "00000000-0000-0000-0000-000000000000", "zero"]
        ),
        "lead_id": draw.choice([None, "l:123456789012345", "12345678901234567", "12"]),
    }
    for column, value in row.items():
        chance = draw.random()
        if value is None or chance > 0.3:
            continue
        if chance < 0.05:
            row[column] = draw.choice(MISSING)
        elif chance < 0.08:
            row[column] = None
        elif chance < 0.1 and column not in ("madid", "lead_id"):
            digest = hashlib.sha256(value.encode()).hexdigest()
            row[column] = draw.choice(
                [digest, digest.upper(), digest + ".AQICAQAB", hashlib.md5(value.encode()).hexdigest()]
            )
        else:
            row[column] = once(draw, value)
    return {"customer_id": f"C{number}", **row}
