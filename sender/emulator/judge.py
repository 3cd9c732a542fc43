"""The pure function that judges an event by the rules, in the order in which Meta was seen to check them."""

import math
import re
from collections.abc import Mapping
from typing import Any

from .currencies import CURRENCIES
from .rules import RULES, Rule

DAY = 86_400
WINDOWS = {"physical_store": 62 * DAY}
OTHER_WINDOW = 7 * DAY
FUTURE_TOLERANCE = 60

ACTION_SOURCES = frozenset(
    (
        "email",
        "website",
        "app",
        "phone_call",
        "chat",
        "physical_store",
        "system_generated",
        "business_messaging",
        "other",
    )
)
HASHED = ("em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country")
HASH = re.compile(r"[0-9a-f]{64}(\.[A-Za-z0-9_-]+)?")

# Parameters that are not enough alone: an event is refused if all of its parameters are in one of these sets.
BROAD_SETS = (
    frozenset({"ct", "country", "st", "zp", "ge", "client_user_agent"}),
    frozenset({"db", "client_user_agent"}),
    frozenset({"fn", "ge"}),
    frozenset({"ln", "ge"}),
)
# Spellings from the retired offline API, and partial keys: the edge may know them, but they identify nobody.
NO_IDENTITY = frozenset(
    ("email", "phone", "gen", "zip", "extern_id", "f5first", "f5last", "fi", "dobd", "dobm", "doby")
)


def judge(event: object, now: float, counting: frozenset[str]) -> Rule | None:
    """The first of the `counting` rules that an event breaks, or None.

    Takes the parsed event and "now" in Unix seconds."""
    if not isinstance(event, Mapping):
        return RULES["event_not_an_object"]
    checks = (
        *required(event, now),
        *identity(as_mapping(event.get("user_data"))),
        ("custom_data_not_an_object", isinstance(event.get("custom_data", {}), Mapping)),
        *purchase(event.get("event_name"), as_mapping(event.get("custom_data"))),
    )
    return next((RULES[name] for name, holds in checks if not holds and name in counting), None)


def required(event: Mapping[str, Any], now: float) -> list[tuple[str, bool]]:
    time = event.get("event_time")
    # Without a bound, a number of 400 digits would no longer be a number.
    is_time = bool(re.fullmatch(r"-?[0-9]{1,15}", str(time))) and not isinstance(time, float)
    age = now - int(str(time)) if is_time else 0
    source = event.get("action_source")
    window = WINDOWS.get(source, OTHER_WINDOW) if isinstance(source, str) else OTHER_WINDOW
    return [
        ("event_name_missing", isinstance(event.get("event_name"), str) and bool(event["event_name"])),
        ("event_time_missing", is_time),
        ("action_source_unknown", isinstance(source, str) and source in ACTION_SOURCES),
        ("event_time_too_old", age <= window),
        ("store_event_over_seven_days", age <= OTHER_WINDOW),
        ("event_time_in_the_future", age >= -FUTURE_TOLERANCE),
    ]


def identity(user_data: Mapping[str, Any]) -> list[tuple[str, bool]]:
    keys = present(user_data)
    values = [value for key in HASHED if key in keys for value in as_list(user_data[key])]
    lead_id = user_data.get("lead_id")
    return [
        ("not_enough_customer_information", not any(keys <= broad for broad in BROAD_SETS)),
        ("lead_id_invalid", lead_id is None or bool(re.fullmatch(r"[0-9]{15,17}", str(lead_id)))),
        ("not_hashed", all(isinstance(value, str) and HASH.fullmatch(value) for value in values)),
    ]


def present(user_data: Mapping[str, Any]) -> set[str]:
    """The customer parameters that have a value: not null, not empty, not a spelling from the retired API."""
    return {
        key for key, value in user_data.items() if value not in (None, "", [], [""], [None]) and key not in NO_IDENTITY
    }


def purchase(event_name: object, custom: Mapping[str, Any]) -> list[tuple[str, bool]]:
    value, currency = custom.get("value"), custom.get("currency")
    is_purchase = event_name == "Purchase"
    return [
        ("value_missing", not is_purchase or value is not None),
        ("value_not_a_number", value is None or is_number(value)),
        ("currency_missing", not is_purchase or bool(currency)),
        ("currency_unknown", not currency or str(currency).upper() in CURRENCIES),
    ]


def is_number(value: object) -> bool:
    """A finite JSON number of at least zero, or such a number as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    try:
        return math.isfinite(number := float(value)) and number >= 0
    except (ValueError, OverflowError):
        return False


def as_mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
