"""Loads exported files into raw tables, every column as text, as `create table raw.x as from read_csv('x.csv', all_varchar = true)` would."""

import re
from pathlib import Path

import duckdb

ENCODINGS = ("utf-8", "latin-1", "utf-16")


class NotReadable(Exception):
    """A file cannot be loaded; the message says which, why and what to do."""


def read_by(connection: duckdb.DuckDBPyConnection, file: Path) -> str:
    """The SQL function that reads a file, in the first encoding in which DuckDB can read all of it."""
    place = str(file).replace("'", "''")
    if file.suffix.lower() == ".parquet":
        return f"(select cast(columns(*) as varchar) from read_parquet('{place}'))"
    if file.suffix.lower() in (".xlsx", ".xls", ".numbers", ".ods"):
        raise NotReadable(f"{file} is a spreadsheet; save it as CSV (UTF-8) and try that")
    problem = ""
    for encoding in ENCODINGS:
        reader = f"read_csv('{place}', all_varchar = true, header = true, encoding = '{encoding}')"
        try:
            connection.execute(f"select count(*) from {reader}")
            return reader
        except duckdb.Error as error:
            problem = problem or str(error).splitlines()[0]
    try:
        file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise NotReadable(of_another_encoding(file)) from None
    raise NotReadable(f"{file} cannot be read as CSV: {problem}")


def of_another_encoding(file: Path) -> str:
    return (
        f"{file} is not in UTF-8, and its encoding cannot be told; convert it, such as iconv -f CP932 -t UTF-8 {file.name} > "
        f"{file.stem}-utf8.csv (CP932 is Japan's, GB18030 China's, CP1250 Central Europe's, CP1251 of Cyrillic letters)"
    )


def header_of(connection: duckdb.DuckDBPyConnection, file: Path) -> list[str]:
    """The names of a file's columns, as written."""
    described = connection.execute(f"describe select * from {read_by(connection, file)}").fetchall()
    names = [str(row[0]).strip() for row in described]
    # Every byte is a character of Latin-1, these are controls there, and no header has controls.
    if any(re.search(r"[\x80-\x9f]", name) for name in names):
        raise NotReadable(of_another_encoding(file))
    return names


def load(connection: duckdb.DuckDBPyConnection, table: str, file: Path, expected: list[str] | None = None) -> list[str]:
    """Creates raw.<table> from a file; returns the expected columns that the file lacks, which are added empty."""
    connection.execute("create schema if not exists raw")
    connection.execute(f'create or replace table raw."{table}" as select * from {read_by(connection, file)}')
    there = {name.lower() for name in header_of(connection, file)}
    missing = [name for name in expected or [] if name.lower() not in there]
    for name in missing:
        quoted = name.replace('"', '""')
        connection.execute(f'alter table raw."{table}" add column "{quoted}" varchar')
    return missing


def load_empty(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> None:
    """Creates raw.<table> with these columns and no rows."""
    connection.execute("create schema if not exists raw")
    listed = ", ".join('"' + name.replace('"', '""') + '" varchar' for name in columns)
    connection.execute(f'create or replace table raw."{table}" ({listed})')
