"""Write models/intermediate/reference/int_capi__phone_plans.sql from libphonenumber's metadata.

Run it after raising `phonenumbers` in the lock: `.venv/bin/python scripts/generate_phone_plans.py`. A test fails if the
model is not what the locked version gives. Only facts: which trunk prefix is written where, which lengths are possible.
"""

import sys
from pathlib import Path

import phonenumbers
import regex
from phonenumbers import PhoneMetadata
from phonenumbers.phonemetadata import PhoneNumberDesc

MODEL = Path(__file__).resolve().parent.parent / "models/intermediate/reference/int_capi__phone_plans.sql"

HEADER = """-- Written by scripts/generate_phone_plans.py from libphonenumber {version} metadata; do not edit.
with
    plans (
        country, calling_code, main_of_code, trunk_prefix, exit_prefix, lengths, zero_leads, number_pattern, trunk_pattern, trunk_rule
    ) as (
        values
"""

FOOTER = """    )

select
    country,
    calling_code,
    main_of_code,
    trunk_prefix,
    exit_prefix,
    lengths,
    zero_leads,
    -- Written as d, because engines read a backslash in a literal differently.
    replace(number_pattern, 'd', '[0-9]') as number_pattern,
    replace(trunk_pattern, 'd', '[0-9]') as trunk_pattern,
    trunk_rule
from plans
"""


# Prefixes that a country has abolished but people still write, and that the metadata no longer knows: Mexico's from before August
# 2019, for calls between towns (01), to mobiles (044, 045), and after +52 to mobiles (1).
OLD_TRUNK_PATTERNS = {"MX": "0[12]|04[45]|1"}


def may_begin_with(pattern: str, digits: str) -> bool:
    """Whether a national number may begin with these digits."""
    return regex.fullmatch(pattern, digits, partial=True) is not None


def compact(pattern: str | None) -> str:
    return "".join((pattern or "").split())


def described(metadata: PhoneMetadata) -> PhoneNumberDesc:
    if metadata.general_desc is None:
        raise ValueError(f"no general description of {metadata.id}")
    return metadata.general_desc


def possible_lengths(metadata: PhoneMetadata) -> set[int]:
    """How many digits a national number may have."""
    if metadata.country_code == 1:
        return {10}  # the seven digits that the metadata also knows are only dialled locally
    return set(described(metadata).possible_length)


def plan(metadata: PhoneMetadata, main_of_code: bool, lengths: set[int]) -> tuple[str | bool, ...]:
    number_pattern = compact(described(metadata).national_number_pattern)
    trunk_pattern = OLD_TRUNK_PATTERNS.get(metadata.id, compact(metadata.national_prefix_for_parsing))
    trunk_rule = (metadata.national_prefix_transform_rule or "").replace("\\", "#")
    if not trunk_rule and ("(" in trunk_pattern or "180020" in trunk_pattern):
        # Besides the trunk prefix, the pattern has codes that choose a carrier or a relay, which nobody writes down.
        trunk_pattern = compact(metadata.national_prefix)
    # 8~10 is dialled with a pause, and typed without one.
    exit_prefix = (metadata.preferred_international_prefix or compact(metadata.international_prefix)).replace("~", "")
    # Most trunk prefixes are plain digits that no national number can begin with: then only the prefix has to be
    # checked. The others keep their pattern, which costs a hundred times as much if lengths do not decide.
    is_plain = trunk_pattern.isdigit() and not trunk_rule
    is_certain = is_plain and not may_begin_with(number_pattern, trunk_pattern)
    return (
        metadata.id.lower() if metadata.id != "001" else "",
        str(metadata.country_code),
        main_of_code,
        trunk_pattern if is_plain else "",
        exit_prefix if exit_prefix.isdigit() else "",
        "," + ",".join(str(length) for length in sorted(lengths)) + ",",
        may_begin_with(number_pattern, "0"),
        number_pattern,
        "" if is_certain else trunk_pattern,
        trunk_rule,
    )


def plans() -> list[tuple[str | bool, ...]]:
    rows = []
    for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
        found = [
            PhoneMetadata.metadata_for_nongeo_region(code)
            if region == "001"
            else PhoneMetadata.metadata_for_region(region)
            for region in regions
        ]
        every = [metadata for metadata in found if metadata is not None]
        together = set().union(*map(possible_lengths, every))
        for position, metadata in enumerate(every):
            rows.append(plan(metadata, position == 0, together if position == 0 else possible_lengths(metadata)))
    return rows


def literal(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else "'" + value.replace("\\d", "d") + "'"


def model() -> str:
    """The text of the model."""
    rows = ",\n".join("            (" + ", ".join(literal(value) for value in row) + ")" for row in plans())
    return HEADER.format(version=phonenumbers.__version__) + rows + "\n" + FOOTER


if __name__ == "__main__":
    MODEL.write_text(model())
    sys.stdout.write(f"wrote {MODEL.name}: {len(plans())} plans of libphonenumber {phonenumbers.__version__}\n")
