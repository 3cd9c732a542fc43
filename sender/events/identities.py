"""Whom an event names: the SHA-256 hashes that a person can be recognised by, out of its bytes. Pure."""

import json
import re
from hashlib import sha256

HASH = re.compile(rb'"([0-9a-f]{64})"')
# With capi_hash_external_id: false the model sends the shop's own number of a person as it is.
PLAIN_EXTERNAL_ID = re.compile(rb'"external_id":\[(?!("[0-9a-f]{64}",?)*\])')


def normalised(kind: str, value: str) -> str:
    """An e-mail, phone or external_id as the models normalise it before it is hashed."""
    value = value.strip().lower()
    if kind == "phone":
        return re.sub(r"\D", "", value).lstrip("0")
    return re.sub(r"\s", "", value) if kind == "external_id" else value


def hashed(kind: str, value: str) -> str:
    """SHA-256 of the normalised value, in hex; a value that is such a hash already stays."""
    value = normalised(kind, value)
    return value if re.fullmatch(r"[0-9a-f]{64}", value) else sha256(value.encode()).hexdigest()


def identities(payload: bytes) -> set[str]:
    """All hashes of an event, and those of an external_id that is sent as it is."""
    found = {match.decode() for match in HASH.findall(payload)}
    if PLAIN_EXTERNAL_ID.search(payload):
        person = json.loads(payload).get("user_data") or {}
        found |= {hashed("external_id", str(value)) for value in person.get("external_id") or []}
    return found
