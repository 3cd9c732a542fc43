"""Access tokens come from the environment or a private file, never from an option, and are never shown.

For each dataset the first of these wins: META_ACCESS_TOKEN_<dataset_id>, META_ACCESS_TOKEN, the file named by
OFFLINE_CAPI_TOKEN_FILE, which holds one token, or a line `<dataset_id>=<token>` per dataset. Only its owner and group may read
that file, unless it is mounted read-only, as container secrets are.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sender.errors import ConfigError

PLACEHOLDERS = {"token", "your_token", "your-token", "changeme", "change_me", "xxx", "todo", "none", "null", "<token>"}


@dataclass(frozen=True, repr=False)
class Token:
    """A secret that does not print. Only client.py calls `reveal`."""

    _value: str
    _app_secret: str | None = None

    def __repr__(self) -> str:
        return "Token(***)"

    def reveal(self) -> str:
        return self._value

    def proof(self) -> str | None:
        """appsecret_proof: hex HMAC-SHA256 of the token with the app secret as key; None without a secret."""
        if not self._app_secret:
            return None
        return hmac.new(self._app_secret.encode(), self._value.encode(), hashlib.sha256).hexdigest()


class Tokens:
    def __init__(self, environ: Mapping[str, str]) -> None:
        secret = environ.get("META_APP_SECRET")
        self.app_secret = checked(secret, "META_APP_SECRET", "the app secret") if secret else None
        self.by_dataset: dict[str, str] = {}
        self.default: str | None = None
        if file := environ.get("OFFLINE_CAPI_TOKEN_FILE"):
            self.read(Path(file))
        for name, value in environ.items():
            if not value:
                continue
            if name == "META_ACCESS_TOKEN":
                self.default = checked(value, name)
            elif match := re.fullmatch(r"META_ACCESS_TOKEN_(\d+)", name):
                self.by_dataset[match[1]] = checked(value, name)

    def __repr__(self) -> str:
        return "Tokens(***)"

    def __bool__(self) -> bool:
        return bool(self.default or self.by_dataset)

    def read(self, path: Path) -> None:
        try:
            mode, mounted = path.stat().st_mode, os.statvfs(path).f_flag
            lines = path.read_text(encoding="utf-8").split("\n")
        except OSError as error:
            raise ConfigError(
                f"OFFLINE_CAPI_TOKEN_FILE: cannot read {path} ({error.strerror}); name a file that the sender can read"
            ) from None
        except UnicodeDecodeError:
            raise ConfigError(f"OFFLINE_CAPI_TOKEN_FILE: {path} is not a text file; put only the token there") from None
        if mode & 0o002 or (mode & 0o004 and not mounted & os.ST_RDONLY):
            raise ConfigError(
                f"OFFLINE_CAPI_TOKEN_FILE: everyone on this machine may {'write' if mode & 0o002 else 'read'} {path}; "
                f"run `chmod o-rwx {path}`, or mount it read-only"
            )
        for number, line in enumerate(lines, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            dataset, equals, value = line.partition("=")
            if equals and dataset.strip().isdecimal():
                self.by_dataset[dataset.strip()] = checked(value.strip(), f"{path}, line {number}")
            else:
                self.default = checked(line, f"{path}, line {number}")

    def get(self, dataset_id: str) -> Token | None:
        value = self.by_dataset.get(dataset_id) or self.default
        return Token(value, self.app_secret) if value else None


def checked(value: str, name: str, what: str = "the access token of the dataset") -> str:
    """The secret, or an error that says where it came from, never what it is."""
    if not value.strip():
        raise ConfigError(f"{name} is blank; put {what} there")
    if value.strip().lower() in PLACEHOLDERS:
        raise ConfigError(f"{name} still holds a placeholder; put {what} there")
    if not re.fullmatch(r"[\x21-\x7e]+", value) or any(mark in value for mark in "\"'"):
        raise ConfigError(
            f"{name} contains a space, quote, line break or other character that no token or secret has; check how it is set"
        )
    return value
