"""Write the model of time zone names from the IANA database, CLDR and Rails.

Run it after raising `tzdata` or `babel` in the lock: `.venv/bin/python scripts/generate_time_zones.py`. A test fails if the model is
not what the locked versions give.
"""

import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import babel
import regex
from babel.core import get_global

MODEL = Path(__file__).resolve().parent.parent / "models/intermediate/reference/int_capi__time_zones.sql"

# IANA names that are not a place: to IANA, EST is Panama all year; to the person who wrote it, New York.
NO_PLACES = {"Factory", "CET", "EET", "EST", "HST", "MET", "MST", "WET"}

# Rails' names for zones (ActiveSupport::TimeZone), which Shopify and Square export. Astana is left out: Rails maps it to Dhaka.
RAILS = {
    "Africa/Algiers": "West Central Africa",
    "Africa/Cairo": "Cairo",
    "Africa/Casablanca": "Casablanca",
    "Africa/Harare": "Harare",
    "Africa/Johannesburg": "Pretoria",
    "Africa/Monrovia": "Monrovia",
    "Africa/Nairobi": "Nairobi",
    "America/Argentina/Buenos_Aires": "Buenos Aires",
    "America/Bogota": "Bogota",
    "America/Caracas": "Caracas",
    "America/Chicago": "Central Time (US & Canada)",
    "America/Chihuahua": "Chihuahua",
    "America/Denver": "Mountain Time (US & Canada)",
    "America/Godthab": "Greenland",
    "America/Guatemala": "Central America",
    "America/Guyana": "Georgetown",
    "America/Halifax": "Atlantic Time (Canada)",
    "America/Indiana/Indianapolis": "Indiana (East)",
    "America/Juneau": "Alaska",
    "America/La_Paz": "La Paz",
    "America/Lima": "Lima; Quito",
    "America/Los_Angeles": "Pacific Time (US & Canada)",
    "America/Mazatlan": "Mazatlan",
    "America/Mexico_City": "Guadalajara; Mexico City",
    "America/Monterrey": "Monterrey",
    "America/Montevideo": "Montevideo",
    "America/New_York": "Eastern Time (US & Canada)",
    "America/Phoenix": "Arizona",
    "America/Puerto_Rico": "Puerto Rico",
    "America/Regina": "Saskatchewan",
    "America/Santiago": "Santiago",
    "America/Sao_Paulo": "Brasilia",
    "America/St_Johns": "Newfoundland",
    "America/Tijuana": "Tijuana",
    "Asia/Almaty": "Almaty",
    "Asia/Baghdad": "Baghdad",
    "Asia/Baku": "Baku",
    "Asia/Bangkok": "Bangkok; Hanoi",
    "Asia/Chongqing": "Chongqing",
    "Asia/Colombo": "Sri Jayawardenepura",
    "Asia/Dhaka": "Dhaka",
    "Asia/Hong_Kong": "Hong Kong",
    "Asia/Irkutsk": "Irkutsk",
    "Asia/Jakarta": "Jakarta",
    "Asia/Jerusalem": "Jerusalem",
    "Asia/Kabul": "Kabul",
    "Asia/Kamchatka": "Kamchatka",
    "Asia/Karachi": "Islamabad; Karachi",
    "Asia/Kathmandu": "Kathmandu",
    "Asia/Kolkata": "Chennai; Kolkata; Mumbai; New Delhi",
    "Asia/Krasnoyarsk": "Krasnoyarsk",
    "Asia/Kuala_Lumpur": "Kuala Lumpur",
    "Asia/Kuwait": "Kuwait",
    "Asia/Magadan": "Magadan",
    "Asia/Muscat": "Abu Dhabi; Muscat",
    "Asia/Novosibirsk": "Novosibirsk",
    "Asia/Rangoon": "Rangoon",
    "Asia/Riyadh": "Riyadh",
    "Asia/Seoul": "Seoul",
    "Asia/Shanghai": "Beijing",
    "Asia/Singapore": "Singapore",
    "Asia/Srednekolymsk": "Srednekolymsk",
    "Asia/Taipei": "Taipei",
    "Asia/Tashkent": "Tashkent",
    "Asia/Tbilisi": "Tbilisi",
    "Asia/Tehran": "Tehran",
    "Asia/Tokyo": "Osaka; Sapporo; Tokyo",
    "Asia/Ulaanbaatar": "Ulaanbaatar",
    "Asia/Urumqi": "Urumqi",
    "Asia/Vladivostok": "Vladivostok",
    "Asia/Yakutsk": "Yakutsk",
    "Asia/Yekaterinburg": "Ekaterinburg",
    "Asia/Yerevan": "Yerevan",
    "Atlantic/Azores": "Azores",
    "Atlantic/Cape_Verde": "Cape Verde Is.",
    "Atlantic/South_Georgia": "Mid-Atlantic",
    "Australia/Adelaide": "Adelaide",
    "Australia/Brisbane": "Brisbane",
    "Australia/Darwin": "Darwin",
    "Australia/Hobart": "Hobart",
    "Australia/Melbourne": "Canberra; Melbourne",
    "Australia/Perth": "Perth",
    "Australia/Sydney": "Sydney",
    "Etc/GMT+12": "International Date Line West",
    "Europe/Amsterdam": "Amsterdam",
    "Europe/Athens": "Athens",
    "Europe/Belgrade": "Belgrade",
    "Europe/Berlin": "Berlin",
    "Europe/Bratislava": "Bratislava",
    "Europe/Brussels": "Brussels",
    "Europe/Bucharest": "Bucharest",
    "Europe/Budapest": "Budapest",
    "Europe/Copenhagen": "Copenhagen",
    "Europe/Dublin": "Dublin",
    "Europe/Helsinki": "Helsinki",
    "Europe/Istanbul": "Istanbul",
    "Europe/Kaliningrad": "Kaliningrad",
    "Europe/Kiev": "Kyiv",
    "Europe/Lisbon": "Lisbon",
    "Europe/Ljubljana": "Ljubljana",
    "Europe/London": "Edinburgh; London",
    "Europe/Madrid": "Madrid",
    "Europe/Minsk": "Minsk",
    "Europe/Moscow": "Moscow; St. Petersburg",
    "Europe/Paris": "Paris",
    "Europe/Prague": "Prague",
    "Europe/Riga": "Riga",
    "Europe/Rome": "Rome",
    "Europe/Samara": "Samara",
    "Europe/Sarajevo": "Sarajevo",
    "Europe/Skopje": "Skopje",
    "Europe/Sofia": "Sofia",
    "Europe/Stockholm": "Stockholm",
    "Europe/Tallinn": "Tallinn",
    "Europe/Vienna": "Vienna",
    "Europe/Vilnius": "Vilnius",
    "Europe/Volgograd": "Volgograd",
    "Europe/Warsaw": "Warsaw",
    "Europe/Zagreb": "Zagreb",
    "Europe/Zurich": "Bern; Zurich",
    "Pacific/Apia": "Samoa",
    "Pacific/Auckland": "Auckland; Wellington",
    "Pacific/Chatham": "Chatham Is.",
    "Pacific/Fakaofo": "Tokelau Is.",
    "Pacific/Fiji": "Fiji",
    "Pacific/Guadalcanal": "Solomon Is.",
    "Pacific/Guam": "Guam",
    "Pacific/Honolulu": "Hawaii",
    "Pacific/Majuro": "Marshall Is.",
    "Pacific/Midway": "Midway Island",
    "Pacific/Noumea": "New Caledonia",
    "Pacific/Pago_Pago": "American Samoa",
    "Pacific/Port_Moresby": "Port Moresby",
    "Pacific/Tongatapu": "Nuku'alofa",
}

# What Windows shows for its zones, which Excel, Dynamics and tills under Windows write: Microsoft's list of time zones as of 2026. The offset in
# brackets in front is cut when a name is compared. Those that are another zone's, or an offset, are left out.
SHOWN_BY_WINDOWS = {
    "Africa/Johannesburg": "Harare, Pretoria",
    "America/Argentina/Buenos_Aires": "City of Buenos Aires",
    "America/Bogota": "Bogota, Lima, Quito, Rio Branco",
    "America/Cayenne": "Cayenne, Fortaleza",
    "America/Mazatlan": "La Paz, Mazatlan",
    "America/La_Paz": "Georgetown, La Paz, Manaus, San Juan",
    "America/Mexico_City": "Guadalajara, Mexico City, Monterrey",
    "America/Tijuana": "Baja California",
    "Asia/Bangkok": "Bangkok, Hanoi, Jakarta",
    "Asia/Dubai": "Abu Dhabi, Muscat",
    "Asia/Karachi": "Islamabad, Karachi",
    "Asia/Kolkata": "Chennai, Kolkata, Mumbai, New Delhi",
    "Asia/Riyadh": "Kuwait, Riyadh",
    "Asia/Shanghai": "Beijing, Chongqing, Hong Kong, Urumqi; Beijing, Chongqing, Hong Kong SAR, Urumqi",
    "Asia/Singapore": "Kuala Lumpur, Singapore",
    "Asia/Tokyo": "Osaka, Sapporo, Tokyo",
    "Asia/Yangon": "Yangon (Rangoon)",
    "Australia/Sydney": "Canberra, Melbourne, Sydney",
    "Etc/UTC": "Coordinated Universal Time",
    "Europe/Berlin": "Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
    "Europe/Bucharest": "Athens, Bucharest",
    "Europe/Budapest": "Belgrade, Bratislava, Budapest, Ljubljana, Prague",
    "Europe/Kiev": "Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius",
    "Europe/London": "Dublin, Edinburgh, Lisbon, London",
    "Europe/Moscow": "Moscow, St. Petersburg; Moscow, St. Petersburg, Volgograd",
    "Europe/Paris": "Brussels, Copenhagen, Madrid, Paris",
    "Europe/Warsaw": "Sarajevo, Skopje, Warsaw, Zagreb",
    "Pacific/Auckland": "Auckland, Wellington",
    "Pacific/Guadalcanal": "Solomon Is., New Caledonia",
    "Pacific/Port_Moresby": "Guam, Port Moresby",
}

# The zones of North America as other systems write Rails' names.
SPELLINGS = {"(US & Canada)": ["(US and Canada)"]}


def key(name: str) -> str:
    """A name as capi_time_zone_key writes it."""
    return regex.sub(r"[^a-z0-9/+-]", "", name.lower())


def iana() -> list[str]:
    return sorted({*files("tzdata").joinpath("zones").read_text().split()} - NO_PLACES)


def windows() -> dict[str, list[str]]:
    """Windows' names, by zone; offsets are left out, because an offset does not say when clocks change."""
    names: dict[str, list[str]] = {}
    for name, zone in sorted(get_global("windows_zone_mapping").items()):
        if not regex.match(r"UTC[+-]", name):
            names.setdefault(zone, []).append(name)
    return names


def named() -> list[tuple[str, str, str]]:
    """Zone, who uses the names, and the names, as rows of the model; without names that IANA itself has."""
    known = {key(name) for name in iana()}
    rows = [(zone, "Windows", names) for zone, names in windows().items()]
    rows += [(zone, "Rails", [*names.split("; "), *respelt(names)]) for zone, names in RAILS.items()]
    rows += [(zone, "Windows, as shown", names.split("; ")) for zone, names in SHOWN_BY_WINDOWS.items()]
    rows = [(zone, system, [name for name in names if key(name) not in known]) for zone, system, names in rows]
    return sorted((zone, system, "; ".join(names)) for zone, system, names in rows if names)


def respelt(name: str) -> list[str]:
    return [name.replace(one, other) for one, others in SPELLINGS.items() for other in others if one in name]


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def model() -> str:
    """The text of the model."""
    by_area: dict[str, list[str]] = {}
    for name in iana():
        by_area.setdefault(name.partition("/")[0] if "/" in name else "", []).append(name)
    areas = ",\n".join(f"            ({quoted(' '.join(names))})" for names in by_area.values())
    rows = ",\n".join(f"            ({', '.join(map(quoted, row))})" for row in named())
    sources = (
        f"tzdata {version('tzdata')} (IANA), Babel {babel.__version__} (CLDR, windowsZones) and ActiveSupport 8 (Rails)"
    )
    return f"""-- Written by scripts/generate_time_zones.py from {sources}; do not edit.
with
    areas (names) as (
        values
{areas}
    ),

    systems (time_zone, used_by, names) as (
        values
{rows}
    ),

    names_of_iana as (select {{{{ capi_unnest(capi_split("names", " ")) }}}} as time_zone from areas),

    names_of_systems as (select time_zone, used_by, {{{{ capi_unnest(capi_split("names", ";")) }}}} as name from systems),

    unioned as (

        select time_zone as name, time_zone, 'IANA' as used_by
        from names_of_iana
        union all
        select {{{{ capi_trim("name") }}}}, time_zone, used_by
        from names_of_systems

    )

select {{{{ capi_time_zone_key("name") }}}} as name_key, name, time_zone, used_by
from unioned
"""


if __name__ == "__main__":
    MODEL.write_text(model())
    sys.stdout.write(f"wrote {MODEL.name}\n")
