"""The command: parse, call, print, exit. What a command needs is imported when it runs, so that `--help` is quick.

Exit codes: 0 everything due is delivered; 1 some events were rejected, expired, held or are still pending; 2 could
not run or had to stop; 3 another sender is running; 130/143 on signals.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from sender.cli.options import say
from sender.errors import SenderError

# Each command is a function of its name in this module.
COMMANDS = {
    **dict.fromkeys(("init", "send", "status"), "sender.cli.daily"),
    **dict.fromkeys(("check", "resolve", "prune"), "sender.cli.upkeep"),
    "forget": "sender.cli.people",
    **dict.fromkeys(("explain", "quality", "report"), "sender.cli.seeing"),
    "emulator": "sender.emulator.command",
}
NEEDS_MORE = "the emulator needs more packages; install them with pip install './dbt_packages/offline_capi[emulator]'"
UNIX = ("fcntl", "resource")


class Commands(click.Group):
    """Imports a command only when it is called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        try:
            command: click.Command = getattr(import_module(COMMANDS[name]), name)
        except ModuleNotFoundError as error:
            if name != "emulator":
                raise
            return missing(name, f"{NEEDS_MORE} ({error.name} is missing)")
        return command


def missing(name: str, message: str) -> click.Command:
    """Stands in for a command that cannot be imported: it is listed, and it says why when called."""

    def refuse(**_: Any) -> None:
        raise SenderError(message)

    lenient = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(name, callback=refuse, help=message, context_settings=lenient)


COLOR = False if os.environ.get("NO_COLOR") else None  # None: colours on a terminal


@click.group(
    cls=Commands,
    epilog=(__doc__ or "").partition("\n\n")[2],  # Python has no docstrings with PYTHONOPTIMIZE=2
    context_settings={"help_option_names": ["-h", "--help"], "color": COLOR},
)
@click.version_option(package_name="offline-capi")
def cli() -> None:
    """Deliver hashed offline events to Meta's Conversions API, each one once."""


def no_core_file() -> None:
    """A crash must not write the token and people's hashes to disk."""
    from resource import RLIMIT_CORE, setrlimit

    setrlimit(RLIMIT_CORE, (0, 0))


def fill_closed_streams() -> None:
    """A scheduler may start us without stdin, stdout or stderr. Then the next file that is opened would take their place."""
    while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:
        continue
    os.close(spare)
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - open until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115


def main(arguments: Sequence[str] | None = None) -> None:
    try:
        fill_closed_streams()
        no_core_file()
        code = cli.main(arguments, prog_name="offline-capi", standalone_mode=False)
    except SenderError as error:
        say(str(error))
        code = error.exit_code
    except click.ClickException as error:
        say(error.format_message())
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except ModuleNotFoundError as error:
        if error.name not in UNIX:
            raise
        say(f"this Python has no {error.name}: the sender runs on Linux and macOS, and on Windows inside WSL")
        code = 2
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        say(
            f"{about}{error.strerror or error}; nothing is lost. Check that the disk is not full and that this user may read and write there"
        )
        code = 2
        # What could not be printed now cannot be printed at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(code if isinstance(code, int) else 0)
