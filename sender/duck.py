"""DuckDB as the sender uses it: connections that stay small and can be interrupted, and text that is safe inside SQL."""

import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import duckdb


@contextmanager
def scratch(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory connection that keeps its memory low and spills into the private folder."""
    connection = duckdb.connect()
    try:
        with stoppable(connection):
            yield bounded(connection, folder)
    finally:
        connection.close()


@contextmanager
def stoppable(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Ctrl-C ends a query at once, as a KeyboardInterrupt. Otherwise DuckDB would let its threads finish their work, which may
    take minutes. Whatever it raises after the interrupt is the interrupt."""
    interrupted = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        connection.interrupt()
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # it is ignored, or somebody else's
        yield
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    except Exception:
        if interrupted:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, before)


def bounded(connection: duckdb.DuckDBPyConnection, folder: Path) -> duckdb.DuckDBPyConnection:
    connection.execute(f"set temp_directory = {quote(str(folder))}")
    connection.execute(
        "set memory_limit = '256MB'; set threads = 2; set timezone = 'UTC'; set enable_progress_bar = false"
    )
    connection.execute("set autoinstall_known_extensions = false; set autoload_known_extensions = false")
    return connection


def confine(connection: duckdb.DuckDBPyConnection, paths: Iterable[str]) -> None:
    """From now on no view or macro reads or writes a file or an address, except these paths and the private folder."""
    allowed = ", ".join(map(quote, paths))
    connection.execute(f"set allowed_paths = [{allowed}]")
    connection.execute("set enable_external_access = false")  # it cannot be switched on again


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """From now on no setting can be changed."""
    connection.execute("set lock_configuration = true")


def csv(path: Path, columns: dict[str, str]) -> str:
    """SQL to read a file of our own, with these columns; `\\N` is NULL."""
    typed = ", ".join(f"{quote(name)}: {quote(kind)}" for name, kind in columns.items())
    return (
        f"read_csv({quote(str(path))}, columns = {{{typed}}}, header = false, auto_detect = false, "
        "delim = ',', quote = '\"', escape = '\"', nullstr = '\\N', max_line_size = 1000000)"
    )


def quote(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def first_line(error: Exception) -> str:
    """DuckDB's message, without its excerpt of the query, and without the value that it could not read."""
    line = str(error).strip().split("\n", 1)[0]
    return re.sub(r"(?i)(\binput: |\bstring |\bvalue )(['\"]).*", r"\1(not shown)", line)[:300]
