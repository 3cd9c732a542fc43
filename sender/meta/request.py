"""The body of a request."""

import json

from sender.config.tokens import Token


def envelope(events: bytes, upload_tag: str | None, token: Token) -> bytes:
    """The JSON body. `events` are stored texts, joined by commas; they go as they are and are never parsed."""
    extra = {"upload_tag": upload_tag, "appsecret_proof": token.proof()}
    tail = "".join(f",{json.dumps(name)}:{json.dumps(value)}" for name, value in extra.items() if value is not None)
    return b"".join([b'{"data":[', events, b"]", tail.encode(), b"}"])
