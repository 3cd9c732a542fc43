"""Looks for texts and their hashes in bytes of any kind: files, tables, printed and sent data."""

import hashlib
import re
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import duckdb

# Where something may be that is looked for: around the mark of the canaries, also in hexadecimal, and where digits are.
MARK = re.compile(r"qzx|717a78|testsecret")
BEFORE, BEHIND = 16, 48  # letters around the mark in a text
DIGITS = re.compile(r"\+?\d[\d .-]{7,}")
HEX = re.compile(r"[0-9a-f]{32,}")
PREFIX = 4  # bytes of a digest, which rule out most of a file


class Trace(NamedTuple):
    """The name of what was looked for, and the form in which it was found: `plain`, or the name of a hash."""

    name: str
    form: str


class Search:
    """Finds named texts in any case, with or without white space around them, and their usual hashes, including the engine's own. If
    two have the same form, the later one counts."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self.plain: dict[str, Trace] = {}
        self.hashed: dict[str, Trace] = {}  # hexadecimal
        self.raw: dict[bytes, Trace] = {}  # a raw digest
        with duckdb.connect() as engine:
            for called, text in named.items():
                for form in {text, text.strip(), text.lower(), text.strip().lower()}:
                    self.plain[form.lower()] = Trace(called, "plain")
                    for name in ("sha256", "md5", "sha1"):
                        digest = hashlib.new(name, form.encode())
                        self.hashed[digest.hexdigest()] = Trace(called, name)
                        self.raw[digest.digest()] = Trace(called, name)
                    (number,) = engine.execute("select hash(?::varchar)", [form]).fetchone()
                    self.plain[str(number)] = self.raw[number.to_bytes(8, "little")] = Trace(called, "hash()")
        self.prefixes = {int.from_bytes(digest[:PREFIX], "little") for digest in self.raw}

    def text(self, text: str) -> set[Trace]:
        low = text.lower()
        # Hashes may be adjacent: each window of their length is checked.
        runs = {run[i : i + n] for run in HEX.findall(low) for n in (32, 40, 64) for i in range(len(run) - n + 1)}
        near = "\n".join(
            {low[max(0, at.start() - BEFORE) : at.start() + BEHIND] for at in MARK.finditer(low)}
            | set(DIGITS.findall(low))
        )
        found = {self.hashed[run] for run in runs & self.hashed.keys()}
        return found | {trace for form, trace in self.plain.items() if form in near}

    def data(self, data: bytes) -> set[Trace]:
        """A file may be binary: raw digests count too."""
        words = chain.from_iterable(
            memoryview(data)[at : at + (len(data) - at) // PREFIX * PREFIX].cast("I") for at in range(PREFIX)
        )
        maybe = self.prefixes & set(words)
        raw = {
            trace
            for digest, trace in self.raw.items()
            if int.from_bytes(digest[:PREFIX], "little") in maybe and digest in data
        }
        return raw | self.text(data.decode(errors="replace"))

    def files(self, folder: Path) -> dict[str, set[Trace]]:
        """The content of the files in and below the folder, including their names, by relative path."""
        found = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                name = str(path.relative_to(folder))
                found[name] = self.data(path.read_bytes()) | self.text(name)
        return {name: traces for name, traces in found.items() if traces}
