"""No personal value is anywhere but where docs/privacy.md says, plain or hashed: one shop of canaries, through all of dbt and the sender."""

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from itertools import filterfalse
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.canaries import shop as canaries
from tests.canaries.search import Search, Trace
from tests.sender.server import EARLY, LATE, Meta, error
from tests.sender.shop import LATER, Forker, Shop, kill_at_each_step

RAW = canaries.ATTACHED
PROJECT = {
    "name": "canaries",
    "version": "1.0",
    "profile": "canaries",
    "vars": {"capi_dataset_id": "1234567890", "capi_source_database": RAW},
    # Tests of the package fail, and would copy what they find; the build continues.
    "data_tests": {"offline_capi": {"+severity": "warn"}},
    "models": {
        "offline_capi": {
            "intermediate": {"people": {"int_capi__people": {"+post-hook": "insert into {{ this }} select * replace (null as person_key) from {{ this }}"}}},
            "marts": {"capi_match_keys": {"+post-hook": "delete from {{ target.schema }}.capi_rejected_events where order_id = 'qzxorder-void'"}},
        }
    },
}  # fmt: skip
# The raw tables are in a separate file, so that everything dbt writes can be searched; nothing in it is compressed.
TARGET = {
    "type": "duckdb",
    "path": "{{ env_var('OFFLINE_CAPI_DATABASE') }}",
    "threads": 2,
    "attach": [{"path": f"{RAW}.duckdb", "alias": RAW, "read_only": True}],
    "settings": {"force_compression": "uncompressed"},
}
TOKEN = "TESTSECRETtoken"
SEARCH = Search(canaries.named() | {"token": TOKEN, "secret": "TESTSECRETapp"})
ORDINARY = {Trace(text, "plain") for text in canaries.ORDINARY.values()}
Traces = set[Trace]


@pytest.fixture(scope="module")
def built(tmp_path_factory, dbt, write_raw, repository) -> tuple[Path, str]:
    """The folder of a dbt project, built with everything enabled that copies or prints, and what it printed."""
    folder = tmp_path_factory.mktemp("canaries")
    (folder / "dbt_project.yml").write_text(json.dumps(PROJECT))
    (folder / "profiles.yml").write_text(json.dumps({"canaries": {"target": "it", "outputs": {"it": TARGET}}}))
    (folder / "packages.yml").write_text(json.dumps({"packages": [{"local": str(repository)}]}))
    (folder / "dbt_packages").mkdir()
    (folder / "dbt_packages" / "offline_capi").symlink_to(repository)  # as `dbt deps` does
    write_raw(folder / f"{RAW}.duckdb", **canaries.tables())
    loud = ("--debug", "--log-path", str(folder / "logs"), "build", "--store-failures")
    return folder, dbt(*loud, database=folder / "shop.duckdb", project=folder).stdout


def who(trace: Trace) -> tuple[str, str]:
    """The person and the column, or another description."""
    person, _, column = trace.name.partition(" ")
    return person, column


def is_ordinary(trace: Trace) -> bool:
    return trace in ORDINARY


def may_be_in_a_payload(trace: Trace) -> bool:
    """A SHA-256 of the form that Meta takes; only what Meta takes unhashed is plain."""
    person, column = who(trace)
    if person not in canaries.SENT:
        return False
    hashed = canaries.HASHED | {"customer_id"} if person == "leaver" else canaries.HASHED
    return (trace.form, column) in {("plain", "madid"), ("plain", "lead_id"), *(("sha256", name) for name in hashed)}


def is_customers_number(trace: Trace) -> bool:
    return trace.form == "plain" and who(trace)[1] == "customer_id"


def rows(database: Path) -> dict[str, Traces]:
    """The content of each table in the database."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables() where not internal").fetchall()
        texts = {
            name: "\n".join(map(str, connection.execute(f'from "{schema}"."{name}"').fetchall()))
            for schema, name in tables
        }
    return {name: SEARCH.text(text) for name, text in texts.items()}


def said(found: dict[str, Traces]) -> list[str]:
    return sorted(f"{trace.form} of {trace.name} in {place}" for place, traces in found.items() for trace in traces)


def test_dbt_writes_no_value_and_no_hash_but_into_the_payload(built):
    """The customer id is only in the two tables where a person needs it."""
    folder, _ = built
    found = rows(folder / "shop.duckdb")
    payloads = {trace for trace in found.pop("capi_events") if not is_ordinary(trace)}
    numbers = {
        name: set(filter(is_customers_number, found[name])) for name in ("capi_rejected_events", "capi_dropped_values")
    }
    found |= {name: found[name] - numbers[name] for name in numbers}

    assert said({name: {trace for trace in traces if not is_ordinary(trace)} for name, traces in found.items()}) == []
    assert said({"payloads": set(filterfalse(may_be_in_a_payload, payloads))}) == []
    assert {who(trace)[0] for trace in payloads} == set(canaries.SENT)
    assert {who(trace) for trace in payloads if who(trace)[0] == "guest"} == {
        ("guest", value.column) for value in canaries.PEOPLE["guest"]
    }
    assert {who(trace)[0] for trace in numbers["capi_rejected_events"]} == {"denied", "unclear", "silent"}


def test_dbt_prints_and_logs_no_value_and_no_hash(built):
    """With --debug and tests that fail, under --store-failures: neither in a log nor in an artifact, a name of a file or what it prints."""
    folder, printed = built
    found = SEARCH.files(folder) | {"printed": SEARCH.text(printed)}
    found = {name: traces for name, traces in found.items() if not name.startswith(("shop.duckdb", f"{RAW}.duckdb"))}

    assert said({name: {trace for trace in traces if not is_ordinary(trace)} for name, traces in found.items()}) == []
    assert "WARN 6" in printed  # that is, the people whom the test found
    assert "logs/dbt.log" in found
    assert "target/manifest.json" in found


def test_a_refused_person_is_in_no_block_of_the_database_not_even_a_deleted_one(built):
    """Its bytes hold what was sent; of the other people, only those with no reason against them until their receipts were compared."""
    folder, _ = built
    data = SEARCH.data(b"".join(path.read_bytes() for path in folder.glob("shop.duckdb*")))
    left = {trace for trace in data if not is_ordinary(trace) and not is_customers_number(trace)}

    assert said({"database": {trace for trace in left if who(trace)[0] not in canaries.SENT + canaries.CLASHING}}) == []
    assert {trace.form for trace in left if who(trace)[1] not in ("madid", "lead_id")} == {"sha256"}


class Life:
    """A shop's folder in which commands run, and where in it each canary was found."""

    def __init__(self, shop: Shop, meta: Meta) -> None:
        self.shop, self.meta = shop, meta
        self.found: dict[str, Traces] = defaultdict(set)
        self.crashes: list[str] = []

    def now(self) -> dict[str, Traces]:
        """What is in its files now."""
        found: dict[str, Traces] = defaultdict(set)
        for name, traces in SEARCH.files(self.shop.folder).items():
            found[re.sub(r"offline-capi-tmp-.*?/", "offline-capi-tmp/", name)] |= traces
        return found

    def look(self) -> None:
        for place, traces in self.now().items():
            self.found[place] |= traces

    def run(self, *arguments: str, **more: Any) -> Any:
        result = self.shop.run(*arguments, **{**LATER, **more})
        shows_payload = arguments[0] == "explain" and {"--payload", "--json"} & {*arguments}
        self.found["printed with the payload" if shows_payload else "printed"] |= SEARCH.text(result.out + result.err)
        if "Traceback" in result.err:
            self.crashes.append(result.err)
        self.look()
        return result

    def killed(self, *arguments: str) -> None:
        """At each step of its protocol, each time from the same ledger. The files are searched as the kill left them, before the
        ledger is opened again."""
        for _ in kill_at_each_step(self.shop, list(arguments), lambda book: self.look(), steps=3):
            for printed in (self.shop.forker.out, self.shop.forker.err):
                self.found["printed"] |= SEARCH.text(printed.read_text())


@pytest.fixture(scope="module")
def warehouse(built, tmp_path_factory) -> Path:
    """The same tables in one file with the raw ones, as in most shops, where the views find them."""
    file = tmp_path_factory.mktemp("warehouse") / f"{RAW}.duckdb"
    shutil.copy(built[0] / f"{RAW}.duckdb", file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"attach '{built[0]}/shop.duckdb' as shop (read_only)")
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'shop' and schema_name = 'main'"
        ).fetchall():
            connection.execute(f"create table main.{name} as from shop.main.{name}")
        views = connection.execute(
            "select sql from duckdb_views() where database_name = 'shop' and view_name like 'stg%'"
        ).fetchall()
        for (view,) in views:
            connection.execute(view.replace("shop.main.", "main."))
    return file


@pytest.fixture
def life(tmp_path, warehouse) -> Iterator[Life]:
    """Everything that a program may write by itself goes into the shop's folder, and every library logs as much as it can."""
    folder = tmp_path / "shop"
    for inner in ("home", "tmp"):
        (folder / inner).mkdir(parents=True)
    quiet = {"META_APP_SECRET": "TESTSECRETapp", "OFFLINE_CAPI_DATABASE": str(warehouse)}
    loud = {
        "PYTHONASYNCIODEBUG": "1",
        "PYTHONDEVMODE": "1",
        "HTTPX_LOG_LEVEL": "trace",
        "SSLKEYLOGFILE": str(folder / "keys"),
    }
    meta, forker = Meta(), Forker(tmp_path)
    places = {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}
    places |= {"OFFLINE_CAPI_LEDGER": str(folder / ".offline-capi" / "ledger.sqlite")}  # otherwise beside the warehouse
    yield Life(Shop(folder, meta.url, forker, quiet | loud | places), meta)
    forker.close()
    meta.close()


def command_lines() -> str:
    """Of all visible processes except this one."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            lines.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return "\n".join(lines)


def repeat_what_was_sent(events: Any, dataset: str, number: int) -> Any:
    """An answer that repeats the payload in each of its texts."""
    text = json.dumps(events)
    return 400, error(
        100,
        2804050,
        message=text,
        error_user_title=text,
        error_user_msg=text,
        error_data={"event": text},
        fbtrace_id=text,
    )


def see(life: Life) -> None:
    """Every command that only reads, with everything it can show."""
    for more in ([], ["--json"]):
        for command in (
            ["status"],
            ["check"],
            ["send", "--dry-run"],
            ["report", "--output", "report.html"],
            ["quality"],
        ):
            life.run(*command, *more)
        for name in ("member", "guest", "denied", "undated"):
            life.run("explain", f"qzxorder-{name}", "--show", *more)
        life.run("explain", "--customer", canaries.customer_id("member"), *more)
    life.run("explain", "qzxorder-guest", "--payload", "--show")
    assert life.run("explain", "qzxorder-nobody-at-all").code == 1


def asked_for(tmp_path: Path) -> str:
    """A file outside the shop with two people who asked to be forgotten: by address and by phone."""
    email, phone = (
        next(value.written for value in canaries.PEOPLE[name] if value.column == column)
        for name, column in (("member", "email"), ("guest", "phone"))
    )
    (tmp_path / "asked.csv").write_text(f"email,{email}\nphone,{phone}\n")
    return str(tmp_path / "asked.csv")


def sent(posts: list[dict[str, Any]]) -> Traces:
    """The content of these requests, including address and headers; the token is only in the header where it belongs."""
    for post in posts:
        assert post["headers"].pop("Authorization") == f"Bearer {TOKEN}"
    return SEARCH.text(json.dumps([[post["path"], post["headers"], post["body"]] for post in posts]))


def test_the_sender_shows_and_keeps_no_value_and_no_hash_but_in_what_it_sends(life, tmp_path):
    """Every command, every network fault, killed at every step: hashes are only in the bytes in flight, and once
    nothing waits any more, nowhere."""
    shop, meta = life.shop, life.meta

    def witness(body: bytes) -> None:
        life.found["list of processes"] |= SEARCH.text(command_lines())

    meta.witness = witness
    assert life.run("init").code == 0
    life.killed("send")
    shutil.rmtree(shop.ledger.parent)

    life.run("init")
    see(life)
    meta.script = repeat_what_was_sent
    assert life.run("send", "--json").json["rejected"] == len(canaries.SENT)
    life.run("status", "--json")
    assert life.run("resolve", "--all", "--state", "rejected", "--resend", "--reason", "a test").code == 0
    meta.script = lambda events, dataset, number: (200, {"events_received": 0})
    assert life.run("send", "--json", "--max-wait", "1000").json["held"] == len(canaries.SENT)
    see(life)
    life.killed("forget", "--from", asked_for(tmp_path))
    of_all = len(meta.posts)
    meta.script = lambda events, dataset, number: None
    for fault in (*EARLY, *LATE):
        meta.faults = iter([fault] * 4)
        life.run("resolve", "--all", "--resend", "--reason", "a test")
        life.run("send", "--json", "--max-wait", "1")
    meta.faults = iter(())
    life.run("resolve", "--all", "--resend", "--reason", "a test")
    life.run("send", "--json", file_size=4_000)
    process = shop.start("send", "--json", **LATER)
    out, err = process.communicate(timeout=60)
    life.found["printed"] |= SEARCH.text(out + err)
    see(life)
    life.run("prune", OFFLINE_CAPI_TEST_NOW_OFFSET=str(200 * 86_400))
    shop.ledger.unlink()
    assert life.run("init", "--adopt").code == 0
    assert life.run("send", "--json").json["withheld"] == 2

    found = {place: set(filterfalse(is_ordinary, traces)) for place, traces in life.found.items()}
    on_their_way = {
        name
        for name in found
        if re.fullmatch(r"[.]offline-capi/(ledger[.]sqlite(-journal|[.]spool)?|offline-capi-tmp/spool)", name)
    }
    for place in (*on_their_way, "printed with the payload"):
        found[place] = set(filterfalse(may_be_in_a_payload, found[place]))
    for place in ("printed", "printed with the payload"):
        found[place] = set(filterfalse(is_customers_number, found[place]))
    assert said(found) == []
    assert len(on_their_way) > 1
    assert {
        "report.html",
        "list of processes",
        ".offline-capi/delivery_state.parquet",
        ".offline-capi/offline-capi-tmp/index",
    } <= found.keys()
    assert said({name: set(filterfalse(is_ordinary, traces)) for name, traces in life.now().items()}) == []
    before, after = sent(meta.posts[:of_all]) - ORDINARY, sent(meta.posts[of_all:]) - ORDINARY
    assert said({"requests": set(filterfalse(may_be_in_a_payload, before | after))}) == []
    assert [{who(trace)[0] for trace in traces} for traces in (before, after)] == [
        set(canaries.SENT),
        {"unreadable", "leaver"},
    ]
    assert life.crashes == []
