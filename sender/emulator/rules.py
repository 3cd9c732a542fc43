"""What Meta refuses, as one table, and the pure function that judges an event by it.

A request is refused whole for its first bad event. `evidence` says how a rule is known: documented by Meta, seen in a real
answer, or assumed by us; assumed rules count only under `strict`.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

DAY = 86_400
WINDOWS = {"physical_store": 62 * DAY}
OTHER_WINDOW = 7 * DAY
FUTURE_TOLERANCE = 60

ACTION_SOURCES = frozenset(
    [
        "email",
        "website",
        "app",
        "phone_call",
        "chat",
        "physical_store",
        "system_generated",
        "business_messaging",
        "other",
    ]
)
HASHED = ("em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country")
HASH = re.compile(r"[0-9a-f]{64}(\.[A-Za-z0-9_-]+)?")

# Parameters that say nothing alone: an event is refused when all of its own lie within one of these sets.
BROAD_SETS = (
    frozenset({"ct", "country", "st", "zp", "ge", "client_user_agent"}),
    frozenset({"db", "client_user_agent"}),
    frozenset({"fn", "ge"}),
    frozenset({"ln", "ge"}),
)
# Spellings of the retired offline API and partial keys: the edge may know them, but they identify nobody.
NO_IDENTITY = frozenset(
    [
        "email",
        "phone",
        "gen",
        "zip",
        "extern_id",
        "f5first",
        "f5last",
        "fi",
        "dobd",
        "dobm",
        "doby",
        "data_processing_options",
    ]
)


@dataclass(frozen=True)
class Rule:
    """One reason to refuse: Meta's code and subcode, a title of ours, and how we know."""

    name: str
    code: int
    subcode: int | None
    title: str
    evidence: Literal["documented", "seen", "assumed"]


RULES = {
    rule.name: rule
    for rule in (
        Rule("event_not_an_object", 100, None, "An element of data is not a JSON object", "assumed"),
        Rule("event_name_missing", 100, 2804001, "event_name is missing", "documented"),
        Rule("event_time_missing", 100, 2804001, "event_time is missing or no whole number of seconds", "documented"),
        Rule("action_source_unknown", 100, 2804001, "action_source is missing or unknown", "assumed"),
        Rule("event_time_too_old", 100, 2804003, "Event Timestamp Too Old", "seen"),
        Rule("event_time_in_the_future", 100, 2804007, "event_time lies in the future", "assumed"),
        Rule("not_enough_customer_information", 100, 2804050, "Customer parameters are missing or too broad", "seen"),
        Rule("value_missing", 100, 2804009, "Missing Value for Purchase Event", "seen"),
        Rule("value_not_a_number", 100, 2804009, "value is no finite number, or below zero", "assumed"),
        Rule("currency_missing", 100, 2804010, "Missing Currency for Purchase Event", "seen"),
        Rule("currency_unknown", 100, 2804008, "currency is no ISO 4217 code", "assumed"),
        Rule("lead_id_invalid", 100, 2804036, "lead_id is not 15 to 17 digits", "seen"),
        Rule("not_hashed", 100, 2804016, "A parameter that must be hashed is no SHA-256", "assumed"),
    )
}


# Meta writes titles in the language of the token's owner; a sender must never read them.
FRENCH_TITLES = {
    "event_not_an_object": "Un élément de data n'est pas un objet JSON",
    "event_name_missing": "event_name manque",
    "event_time_missing": "event_time manque ou n'est pas un nombre entier de secondes",
    "action_source_unknown": "action_source manque ou est inconnu",
    "event_time_too_old": "L'horodatage de l'évènement est trop ancien",
    "event_time_in_the_future": "event_time est dans le futur",
    "not_enough_customer_information": "Les informations client manquent ou sont trop générales",
    "value_missing": "La valeur manque pour un évènement d'achat",
    "value_not_a_number": "La valeur n'est pas un nombre fini et positif",
    "currency_missing": "La devise manque pour un évènement d'achat",
    "currency_unknown": "La devise n'est pas un code ISO 4217",
    "lead_id_invalid": "lead_id n'a pas de 15 à 17 chiffres",
    "not_hashed": "Un paramètre à hacher n'est pas un SHA-256",
}


def is_number(value: object) -> bool:
    """A finite JSON number of at least zero, or a text of one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    try:
        return math.isfinite(number := float(value)) and number >= 0
    except ValueError:
        return False


def present(user_data: Mapping[str, Any]) -> set[str]:
    """The customer parameters that say something: not null, not empty, not a spelling of the retired API."""
    return {
        key for key, value in user_data.items() if value not in (None, "", [], [""], [None]) and key not in NO_IDENTITY
    }


def judge(event: object, now: float, strict: bool) -> Rule | None:
    """The first rule that an event breaks, in the order in which Meta was seen to check, or None.

    Takes the parsed event, "now" in Unix seconds, and whether the rules that we only assume count."""
    if not isinstance(event, Mapping):
        return RULES["event_not_an_object"]
    custom, user_data = event.get("custom_data"), event.get("user_data")
    checks = (
        *required(event, now),
        *identity(user_data if isinstance(user_data, Mapping) else {}),
        *purchase(event.get("event_name"), custom if isinstance(custom, Mapping) else {}),
    )
    broken = (RULES[name] for name, holds in checks if not holds)
    return next((rule for rule in broken if strict or rule.evidence != "assumed"), None)


def required(event: Mapping[str, Any], now: float) -> list[tuple[str, bool]]:
    time = event.get("event_time")
    if isinstance(time, str) and re.fullmatch(r"-?\d{1,15}", time):
        time = int(time)
    is_time = isinstance(time, int) and not isinstance(time, bool)
    age = now - time if isinstance(time, int) and is_time else 0
    source = event.get("action_source")
    window = WINDOWS.get(source, OTHER_WINDOW) if isinstance(source, str) else OTHER_WINDOW
    return [
        ("event_name_missing", isinstance(event.get("event_name"), str) and bool(event["event_name"])),
        ("event_time_missing", is_time),
        ("action_source_unknown", source in ACTION_SOURCES if isinstance(source, str) else False),
        ("event_time_too_old", age <= window),
        ("event_time_in_the_future", age >= -FUTURE_TOLERANCE),
    ]


def identity(user_data: Mapping[str, Any]) -> list[tuple[str, bool]]:
    keys = present(user_data)
    values = [value for key in HASHED if key in keys for value in as_list(user_data[key])]
    lead_id = user_data.get("lead_id")
    return [
        ("not_enough_customer_information", not any(keys <= broad for broad in BROAD_SETS)),
        ("lead_id_invalid", lead_id is None or bool(re.fullmatch(r"\d{15,17}", str(lead_id)))),
        ("not_hashed", all(isinstance(value, str) and HASH.fullmatch(value) for value in values)),
    ]


def purchase(event_name: object, custom: Mapping[str, Any]) -> list[tuple[str, bool]]:
    value, currency = custom.get("value"), custom.get("currency")
    is_purchase = event_name == "Purchase"
    return [
        ("value_missing", not is_purchase or value is not None),
        ("value_not_a_number", value is None or is_number(value)),
        ("currency_missing", not is_purchase or bool(currency)),
        (
            "currency_unknown",
            currency is None or (isinstance(currency, str) and bool(re.fullmatch(r"[A-Za-z]{3}", currency))),
        ),
    ]


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
