"""The tables of the ledger, and the migrations from older versions."""

import sqlite3
from pathlib import Path

from sender.errors import LedgerError

# One script per schema version; an old ledger is upgraded by running those it lacks, each in one transaction.
MIGRATIONS = [
    r"""
    create table meta (key text primary key, value) without rowid;
    create table runs (run_id integer primary key, started_at integer not null, ended_at integer, summary text);
    create table batches (
        batch_id integer primary key, parent_id integer, dataset_id text not null, upload_tag text, age text not null,
        state text not null, reason text, n integer not null, first_attempt_at integer, maybe_since integer,
        ended_at integer, fbtrace_id text, tries integer not null default 0,
        run_id integer not null
    );
    create index open_batches on batches (dataset_id, batch_id) where state in ('open', 'sending');
    create index batches_by_run on batches (run_id);
    create table bodies (batch_id integer primary key, body blob not null);
    create table members (batch_id integer primary key, records text not null);
    create table attempts (
        attempt_id integer primary key, batch_id integer not null, run_id integer not null, n integer not null,
        body_sha256 blob not null, maybe_before integer, started_at integer not null, ended_at integer, status integer,
        action text, reason text, code integer, subcode integer, fbtrace_id text, received integer, messages integer
    );
    create index attempts_by_batch on attempts (batch_id);
    create table pauses (dataset_id text primary key, until real not null) without rowid;
    create table drift (event_key text not null, digest text not null, run_id integer not null,
        primary key (event_key, digest)) without rowid;
    create table decisions (decided_at integer not null, decision text not null, selection text not null,
        reason text not null, n integer not null);
    create table approved (event_key text primary key) without rowid;
    create table suppressed (hash text primary key, since integer not null) without rowid;
    """,
    r"""
    create table spooled (batch_id integer primary key, places blob not null);
    update members set records = replace(records, char(30), ',\N' || char(30)) || ',\N';
    delete from meta where key = 'published';
    """,
    """
    update batches set state = 'withheld' where state = 'rejected' and reason = 'forgotten';
    delete from meta where key = 'published';
    """,
    r"""
    update members set records = replace(records, char(30), ',\N,\N' || char(30)) || ',\N,\N';
    alter table attempts add column seconds real;
    delete from meta where key = 'published';
    """,
]


def is_old(path: Path) -> bool:
    """Whether a file has an older version, read from where SQLite keeps `user_version` in its header."""
    with path.open("rb") as file:
        file.seek(60)
        return int.from_bytes(file.read(4)) < len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Call this only while no other process uses the ledger."""
    version = connection.execute("pragma user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise LedgerError(
            f"the ledger has schema {version}, but this sender only knows {len(MIGRATIONS)}; upgrade offline-capi"
        )
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(f"begin immediate;{script};pragma user_version = {number};commit;")
