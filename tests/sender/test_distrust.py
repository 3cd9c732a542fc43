"""The sender and its warehouse, its folder, its environment and its server: it trusts none of them."""

import json
import os
import resource
import stat
import subprocess
import sys
from contextlib import closing

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sender.config import settings
from sender.config.tokens import Tokens
from sender.errors import ConfigError, WarehouseError
from sender.meta.answers import Reply, classify
from sender.meta.client import Graph
from sender.terminal import visible
from tests.sender.shop import make_row

SECRET = "TESTSECRETmotherduck"


def refused(result, *words):
    """Exit 2 and one line that says this and shows no secret."""
    assert (result.code, len(result.err.splitlines())) == (2, 1), result
    assert all(word in result.err for word in words), result.err
    assert "TESTSECRET" not in result.err + result.out
    return True


@pytest.mark.parametrize("dataset", ["../me", "1/../../me", "12 34", "1\n2", "", "１２", "9" * 31])
def test_a_dataset_id_is_checked_where_an_address_is_made_of_it(dataset):
    """No address is made of anything but digits, even if they were checked before."""
    with closing(Graph("http://127.0.0.1:9", "v26.0", 1, 1)) as graph:
        token = Tokens({"META_ACCESS_TOKEN": "x"}).get("1")
        with pytest.raises(WarehouseError):
            graph.post(1, dataset, b"{}", token)
        with pytest.raises(WarehouseError):
            graph.get(dataset, {}, token)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [("dataset_id", "../me", "dataset_id"), ("event_key", "../../x", "event_key"), ("payload", "{}],", "payload")],
)
def test_a_macro_of_the_warehouse_hides_no_check(shop, meta, column, value, says):
    """A macro may have the name of a built-in function; what it would let pass is still refused."""
    shop.fill([make_row(0) | {column: value}, make_row(1)])
    with duckdb.connect(str(shop.warehouse)) as connection:
        for macro in ("regexp_full_match(a, b)", "regexp_matches(a, b)", "json_valid(a)"):
            connection.execute(f"create macro {macro} as true")
    for more in ([], ["--dry-run"]):
        assert refused(shop.send(*more), says)
    assert shop.run("check").code == 2
    assert meta.requests == 0 or not meta.counted


def test_a_table_that_is_called_like_a_statement_is_read_and_nothing_else_happens(shop, meta):
    """Names from the catalogue are quoted, whether they were typed with quotes or without."""
    shop.fill([make_row(0)])
    name = "x; drop table capi_events"
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(f'create table "{name}" as from capi_events')
    assert shop.send("--relation", f"main.{name}").json["accepted"] == 1
    assert shop.send("--relation", f'main."{name}"').json["already_known"] == 1


@pytest.mark.parametrize("read", ["read_text", "read_csv", "parquet_metadata"])
def test_the_warehouse_reaches_no_other_file(shop, meta, read):
    """A view that reads a file on this machine is refused, and the message says what to do instead."""
    shop.fill([make_row(0)])
    other = shop.folder / "private.txt"
    other.write_text("TESTSECRET")
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(f"copy capi_events to '{other}.parquet' (format parquet)")
        file = f"{other}.parquet" if read == "parquet_metadata" else other
        connection.execute(f"create view stolen as from capi_events where (select count(*) from {read}('{file}')) > 0")
    for command in (["send"], ["explain", "order-0"], ["report", "--output", "report.html"]):
        assert refused(shop.run(*command, "--relation", "main.stolen"), "outside its database", "--events")
    assert meta.requests == 0


def test_the_warehouse_is_opened_without_access_to_anything_else_and_locked(shop, meta):
    """A view shows the settings under which it is read: read-only and no external access everywhere, and all settings locked where
    nothing is sent."""
    shop.fill([make_row(0)])
    with duckdb.connect(str(shop.warehouse)) as connection:
        for name, condition in {"confined": "", "locked": "and current_setting('lock_configuration')"}.items():
            connection.execute(
                f"create view {name} as from capi_events where not current_setting('enable_external_access') "
                f"and lower(current_setting('access_mode')) = 'read_only' {condition}"
            )
    assert "1 events in main.locked" in shop.run("check", "--relation", "main.locked").out
    assert shop.send("--dry-run", "--relation", "main.locked").json["pending"] == 1
    person = json.loads(make_row(0)["payload"])["user_data"]["em"][0]
    forgotten = shop.run("forget", "--relation", "main.locked", "--email", person, "--json")
    assert json.loads(forgotten.out)["table"] == 1
    judged = shop.run("emulator", "--check", str(shop.warehouse), "--relation", "main.locked")
    assert "1 events: 1 would be accepted" in judged.err
    assert shop.send("--relation", "main.confined").json["withheld"] == 1


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "nan", "-inf", " NaN", "1,}", "[1,]", "[1, \n]", '{"a":1,}', "1,"]
)
def test_what_duckdb_takes_for_json_and_others_do_not_is_refused(shop, meta, number):
    """It accepts NaN and Infinity, and a comma before the end; nothing from such a table is sent."""
    row = make_row(0)
    shop.fill([row | {"payload": row["payload"].replace('"value":1', f'"value":{number}')}, make_row(1)])
    assert refused(shop.send(), "payload (1 rows)")
    assert meta.requests == 0


def test_words_that_look_like_such_a_number_are_sent(shop, meta):
    """Inside a text they are words."""
    names = ['a "NaN": NaN, Infinity', 'a,] ,} ",}', ":nan", "x:-inf\\", "Information: nano"]
    rows = [make_row(i) for i in range(len(names))]
    for row, name in zip(rows, names, strict=True):
        payload = json.loads(row["payload"])
        row["payload"] = json.dumps(payload | {"event_source_url": name}, separators=(",", ":"))
    shop.fill(rows)
    assert shop.send().json["accepted"] == len(names)
    assert {event["event_source_url"] for event in meta.counted.values()} == set(names)


@pytest.mark.parametrize(
    "path",
    [
        *(f"md:shop?motherduck_token={SECRET}", f"motherduck:shop?motherduck_token={SECRET}"),
        *(f"postgres://user:{SECRET}@host/db", f"ducklake:s3://{SECRET}@bucket/x", f"shop.duckdb?token={SECRET}"),
    ],
)
def test_a_path_is_never_printed_with_a_secret(shop, path):
    """From a profile or an option: without the user and what follows the question mark."""
    (shop.folder / "dbt_project.yml").write_text("name: shop\nprofile: my_shop\n")
    profile = {"my_shop": {"outputs": {"default": {"type": "duckdb", "path": path}}}}
    (shop.folder / "profiles.yml").write_text(json.dumps(profile))
    assert refused(shop.send(OFFLINE_CAPI_DATABASE=""), "on this machine")
    if "://" in path or path.startswith("m"):
        assert refused(shop.send("--database", path), "on this machine")


def test_error_data_with_half_a_surrogate_pair_is_read():
    """It comes as JSON text, and names the event."""
    data = json.dumps({"event_index": 2, "note": "\ud800"}, ensure_ascii=False)
    body = json.dumps({"error": {"code": 100, "error_subcode": 2804050, "error_data": data}})
    assert classify(Reply(400, {}, body.encode()), 9).index == 2
    two_signs = json.dumps({"error": {"code": "--5", "error_subcode": "--5"}})
    assert classify(Reply(400, {}, two_signs.encode()), 9).reason == "unknown_code"


@pytest.mark.parametrize("secret", ["a b", "\udcff", "sécret", "line\nbreak", "  "])
def test_an_app_secret_that_is_no_text_is_one_clear_line(secret):
    """And it is not shown."""
    with pytest.raises(ConfigError, match="META_APP_SECRET") as error:
        Tokens({"META_ACCESS_TOKEN": "x", "META_APP_SECRET": secret})
    assert secret.strip() == "" or secret not in str(error.value)


@given(st.text())
def test_a_terminal_gets_no_character_that_moves_or_hides(text):
    """Printed text is one line, and plain words stay as they are."""
    shown = visible(text)
    assert "\x1b" not in shown
    assert len(shown.splitlines()) <= 1
    assert shown == text or not text.isalnum()


def test_ids_and_names_reach_the_terminal_as_text(shop, meta):
    """An order with an escape sequence in its id, and an option with one."""
    order = "order-\x1b]0;owned\x07\u202e1"
    shop.fill([make_row(0, order_id=order, person="ab" * 32)])
    assert shop.send().code == 0
    listed = shop.run("forget", "--email", "ab" * 32)
    assert "order-" in listed.out
    wrong = shop.send("--relation", "main.\x1b[31mred")
    for text in (listed.out, wrong.err):
        assert not [char for char in text if char in "\x1b\x07\u202e"]


def test_a_crash_leaves_no_core_file(shop):
    """Not even if core files are enabled."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2) if "
        "resource.getrlimit(resource.RLIMIT_CORE)[1] == resource.RLIM_INFINITY else None\n"
        "import sender.cli.main\n"
        "try: sender.cli.main.main(['status'])\n"
        "except SystemExit: print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=shop.folder, env=shop.environ(), capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "(0, 0)"
    assert resource.RLIMIT_CORE is not None


def test_keys_of_connections_are_not_written(shop, monkeypatch):
    """SSLKEYLOGFILE would let anyone who recorded a connection read the token."""
    log = shop.folder / "keys.txt"
    monkeypatch.setenv("SSLKEYLOGFILE", str(log))
    with closing(Graph("https://127.0.0.1:9", "v26.0", 1, 1)):
        pass
    assert "SSLKEYLOGFILE" not in os.environ
    assert not log.exists()


@pytest.mark.parametrize("what", ["folder", "ledger"])
@pytest.mark.parametrize("command", ["send", "status", "prune"])
def test_a_ledger_that_everybody_may_write_is_refused(shop, meta, what, command):
    """Anyone who may write it decides what counts as delivered."""
    shop.fill([make_row(0)])
    place = shop.ledger if what == "ledger" else shop.ledger.parent
    place.chmod(stat.S_IMODE(place.stat().st_mode) | 0o002)
    assert refused(shop.run(command), f"chmod o-w {place}")
    assert meta.requests == 0


def test_no_ledger_is_made_where_everybody_may_write(shop):
    """`init` checks too."""
    folder = shop.folder / "open"
    folder.mkdir()
    folder.chmod(0o777)
    assert refused(shop.run("init", "--ledger", "open/ledger.sqlite"), "chmod o-w")
    assert not list(folder.iterdir())


@pytest.mark.parametrize("name", ["delivery_state.parquet", "sender.lock", "ledger.sqlite.spool", "ledger.sqlite"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_lies_beside_the_ledger_is_an_ordinary_file(shop, meta, name, kind):
    """A link would let somebody else choose what is overwritten; reading a pipe would never end."""
    if (name, kind) == ("ledger.sqlite", "link"):
        return  # a link to a ledger is that ledger
    shop.fill([make_row(0)])
    place, aim = shop.ledger.parent / name, shop.folder / "aim"
    aim.write_text("precious")
    place.unlink(missing_ok=True)
    {"link": lambda: place.symlink_to(aim), "pipe": lambda: os.mkfifo(place), "folder": place.mkdir}[kind]()
    assert refused(shop.send(), str(place))
    assert aim.read_text() == "precious"
    assert meta.requests == 0


def test_settings_name_what_is_not_shown():
    """The rule for printing paths."""
    assert settings.without_secrets("md:shop?motherduck_token=x") == "md:shop"
    assert settings.without_secrets("postgres://user:pass@host/db?x=y") == "postgres://host/db"
    assert settings.without_secrets("/data/shop.duckdb") == "/data/shop.duckdb"


def test_a_value_that_duckdb_cannot_read_is_not_shown(shop, meta):
    """Its messages repeat values, and a user's own view may fail on one."""
    shop.fill([make_row(0)])
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(
            "create view cast_ as select * replace (('TESTSECRET' || order_id)::bigint as event_time) from capi_events"
        )
        connection.execute(
            "create view json_ as select * replace (json_extract('TESTSECRET{', '$.a')::varchar as store_id) from capi_events"
        )
    for view in ("cast_", "json_"):
        assert refused(shop.send("--relation", f"main.{view}"), view)
