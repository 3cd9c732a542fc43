"""Run the example shop with the oldest and newest supported versions, each in its own environment: `make matrix`, or `make matrix SHORT=1`.

The same raw tables must give the same bytes everywhere, each event must be delivered once, and the sender must pass its tests of reading.
A Python that is not on this machine is left out, with a message. Environments stay in .matrix, so that a second run is quick.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHOP = ROOT / "examples" / "shop"
FOLDER = ROOT / ".matrix"
UV = Path(sys.executable).with_name("uv")
# From 1.12 on, dbt requires a parser that it only uses on request, and that cannot be built from the package index alone.
OVERRIDE = 'dbt-core-experimental-parser ; sys_platform == "never"\n'
# So that CI breaks by what was changed here, and not by what somebody released since.
EXCLUDE_NEWER = "2026-11-26T12:00:00Z"
READING = ("test_settings.py", "test_spool.py", "test_send.py")


@dataclass(frozen=True)
class Corner:
    python: str
    dbt: str
    dbt_duckdb: str
    duckdb: str
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"python-{self.python}-dbt-{self.dbt}-duckdb-{self.duckdb}"

    @property
    def is_dbt_2(self) -> bool:
        return self.dbt.startswith("2.")


# Later versions of sqlparse refuse long statements; dbt-core 1.10.6 does not know this, 1.10.23 excludes them.
OLDEST = Corner("3.11", "1.10.6", "1.10.1", "1.4.0", also=("sqlparse<0.5.5",))
NEWEST = Corner("3.13", "1.13.0b1", "1.11.1", "2.0.1")
CORNERS = (
    OLDEST,
    Corner("3.11", "1.10.23", "1.10.1", "2.0.1"),
    Corner("3.12", "1.11.16", "1.11.1", "1.5.6"),
    Corner("3.13", "1.12.6", "1.11.1", "1.4.5"),
    NEWEST,
    Corner("3.14", "1.12.6", "1.11.1", "2.0.1"),
    # The last preview of dbt 2 whose program is on the package index; later ones are installers that download it from elsewhere.
    Corner("3.12", "2.0.0rc196", "", "1.5.6"),
)

# dbt 2 is no Python, and loads DuckDB as a driver, here the library in DuckDB's Python package, which wants Python's beside it. Its unit tests
# take no lists.
DRIVER = """manifest_version = 1
name = "DuckDB"
[Driver]
entrypoint = "duckdb_adbc_init"
shared = "{library}"
"""
DBT_2 = """#!/bin/sh
case $1 in build) set -- "$@" --static-analysis off --exclude-resource-type unit_test ;; esac
ADBC_DRIVER_PATH={folder} LD_PRELOAD={python} exec {program} "$@"
"""


class Broken(Exception):
    """What is broken, in a sentence."""


def python(version: str) -> str | None:
    """The interpreter of this version, if there is one."""
    folders = [str(path / "bin") for path in sorted(Path.home().glob(f".pyenv/versions/{version}.*"))]
    path = os.pathsep.join([*folders, os.environ["PATH"]])
    found = subprocess.run(
        [UV, "python", "find", "--system", version], capture_output=True, text=True, env={**os.environ, "PATH": path}
    )
    return found.stdout.strip() or None


def run(command: list[str | Path], folder: Path = SHOP, **environment: str) -> str:
    """What a command prints on stdout when run in a folder, by default the example shop's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "META_", "OFFLINE_CAPI_", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=folder, env={**kept, **environment}, capture_output=True, text=True)
    if done.returncode:
        raise Broken(
            f"`{' '.join(map(str, command))}` ended with {done.returncode}:\n{done.stdout[-4000:]}{done.stderr[-4000:]}"
        )
    return done.stdout


def install(corner: Corner, interpreter: str) -> Path:
    """The folder with the commands of the corner's environment."""
    place = FOLDER / corner.name
    if not (place / "ready").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "override.txt").write_text(OVERRIDE)
        run([UV, "venv", "--quiet", "--clear", "--python", interpreter, place])
        adapter = [f"dbt-core=={corner.dbt}", f"dbt-duckdb=={corner.dbt_duckdb}"]
        if corner.is_dbt_2:
            adapter = [f"dbt=={corner.dbt}"]
        pinned = [*adapter, f"duckdb=={corner.duckdb}", *corner.also]
        tools = ["pytest", "hypothesis", "--editable", f"{ROOT}[{'' if corner.is_dbt_2 else 'dbt,'}emulator]"]
        override = ["--override", str(FOLDER / "override.txt"), "--exclude-newer", EXCLUDE_NEWER]
        run([UV, "pip", "install", "--quiet", "--python", place / "bin" / "python", *override, *pinned, *tools])
        if corner.is_dbt_2:
            wrap(place)
        (place / "ready").touch()
    return place / "bin"


def wrap(place: Path) -> None:
    """Replace dbt 2 by a script that gives it DuckDB as a driver."""
    asked = "import _duckdb, sysconfig as s; print(_duckdb.__file__); print(s.get_config_var('LIBDIR') + '/' + s.get_config_var('INSTSONAME'))"
    library, shared = run([place / "bin" / "python", "-c", asked]).splitlines()
    (place / "duckdb.toml").write_text(DRIVER.format(library=library))
    program = (place / "bin" / "dbt").rename(place / "bin" / "dbt-2")
    (place / "bin" / "dbt").write_text(DBT_2.format(folder=place, python=shared, program=program))
    (place / "bin" / "dbt").chmod(0o755)


def shop(commands: Path, place: Path, now: datetime, tree: Path = ROOT) -> tuple[int, str]:
    """Build the example shop of a tree, deliver it to the emulator, and look at it: the number of events, and a hash of all of them."""
    folder = tree / "examples" / "shop"
    database = place / "shop.duckdb"
    for left in (database, *(place / "ledger").glob("*")):
        left.unlink(missing_ok=True)
    environment = {
        "OFFLINE_CAPI_DATABASE": str(database),
        "OFFLINE_CAPI_LEDGER": str(place / "ledger" / "ledger.sqlite"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "0",
        "META_ACCESS_TOKEN": "made-up",
    }
    code = f"from datetime import datetime; from pathlib import Path; from examples.shop.generate import generate; generate(Path({str(database)!r}), datetime.fromisoformat({now.isoformat()!r}))"
    run([commands / "python", "-c", code], tree, PYTHONPATH=str(tree))
    dbt: list[str | Path] = ["--target-path", place / "dbt", "--vars", json.dumps({"capi_as_of": now.isoformat()})]
    run([commands / "dbt", "deps"], folder, **environment)
    run([commands / "offline-capi", "init"], folder, **environment)
    run([commands / "dbt", "build", *dbt], folder, **environment)
    events, digest = ask(
        commands,
        database,
        "select count(*), sha256(string_agg(e::varchar, chr(10) order by event_key)) from capi_events as e",
    )

    emulator = [str(commands / "offline-capi"), "emulator", "--strict", "--port", "0"]
    with subprocess.Popen(emulator, cwd=place, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().removeprefix("listening on ").strip()
        try:
            sent = run([commands / "offline-capi", "send", "--json", "--graph-url", address], folder, **environment)
        finally:
            process.terminate()
    accepted = json.loads(sent.splitlines()[-1])["accepted"]
    (shown,) = ask(commands, database, "select count(*) from capi_delivery where state = 'accepted'")
    if not events == str(accepted) == shown:
        raise Broken(f"{events} events, {accepted} accepted, {shown} shown as accepted in capi_delivery")
    return accepted, digest


def ask(commands: Path, database: Path, sql: str) -> list[str]:
    """The one row of a query as texts, read by the corner's own DuckDB."""
    code = f"import duckdb; print(*duckdb.connect({str(database)!r}, read_only=True).execute({sql!r}).fetchone(), sep=chr(9))"
    return run([commands / "python", "-c", code]).strip().split("\t")


def newer_file_is_named(older: Path, database: Path) -> None:
    """An older DuckDB cannot read a file of a newer one: the sender says so in one line that names what to install."""
    command = [str(older / "offline-capi"), "send", "--dry-run"]
    place = {
        "OFFLINE_CAPI_DATABASE": str(database),
        "OFFLINE_CAPI_LEDGER": str(older.parent / "ledger" / "ledger.sqlite"),
    }
    done = subprocess.run(command, cwd=SHOP, env={**os.environ, **place}, capture_output=True, text=True)
    if done.returncode != 2 or done.stderr.count("\n") != 1 or "newer DuckDB" not in done.stderr:
        raise Broken(f"a file of a newer DuckDB ends with {done.returncode}: {done.stderr}")


def main(short: bool) -> int:
    now = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    digests: set[str] = set()
    failed = 0
    for corner in (OLDEST, NEWEST) if short else CORNERS:
        interpreter = python(corner.python)
        if interpreter is None:
            print(f"left out  {corner.name}: there is no Python {corner.python} on this machine", flush=True)
            continue
        try:
            commands = install(corner, interpreter)
            events, digest = shop(commands, FOLDER / corner.name, now)
            digests.add(digest)
            if len(digests) > 1:
                raise Broken(f"the {events} events differ from those of the earlier combinations")
            if corner is NEWEST and (FOLDER / OLDEST.name / "ready").exists():
                newer_file_is_named(FOLDER / OLDEST.name / "bin", FOLDER / corner.name / "shop.duckdb")
            if not short:
                tests = [ROOT / "tests" / "sender" / name for name in READING]
                run(
                    [
                        commands / "python",
                        "-m",
                        "pytest",
                        "--quiet",
                        "--rootdir",
                        ROOT,
                        "-c",
                        ROOT / "pyproject.toml",
                        *tests,
                    ]
                )
        except Broken as broken:
            failed += 1
            print(f"BROKEN    {corner.name}: {broken}", flush=True)
        else:
            print(f"holds     {corner.name}: {events:,} events delivered once, sha256 {digest[:16]}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main("--short" in sys.argv))
