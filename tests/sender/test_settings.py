"""Where events are read from, and what a wrong setting says."""

import subprocess
import sys

import duckdb
import pytest

from tests.sender.shop import make_row


def test_a_ledger_of_a_rehearsal_is_refused_for_meta(shop):
    """What a local endpoint has accepted would count as delivered to Meta; the refusal comes before any request."""
    rows = [make_row(0), make_row(1)]
    shop.fill(rows[:1])
    assert shop.send().code == 0
    shop.fill(rows)
    refused = shop.send("--graph-url", "https://graph.facebook.com")
    assert refused.code == 2
    assert "an endpoint on this machine" in refused.err
    assert not shop.ledger.with_name("ledger.sqlite.spool").exists()
    assert "--ledger" in refused.err
    assert shop.send().json["accepted"] == 1


def test_a_send_with_nothing_to_do_is_refused_for_another_server_too(shop, meta):
    """Otherwise, after a rehearsal with the real ledger, there would be "nothing to send" to Meta."""
    shop.fill([make_row(0)])
    assert shop.send().code == 0
    refused = shop.send("--graph-url", "https://graph.facebook.com")
    assert (refused.code, "an endpoint on this machine" in refused.err) == (2, True)


def test_events_from_parquet_with_timestamps(shop, meta):
    """--events reads Parquet files instead of a table; expires_at may be a timestamp in UTC."""
    shop.fill([make_row(i) for i in range(10)])
    with duckdb.connect(str(shop.warehouse), read_only=True) as connection:
        connection.execute(
            "copy (select * replace (to_timestamp(expires_at) as expires_at) from capi_events) "
            f"to '{shop.folder}/events.parquet' (format parquet)"
        )
    shop.warehouse.unlink()
    assert shop.send("--events", "*.parquet").json["accepted"] == 10


def test_the_dbt_profile_names_the_database(shop, meta):
    """Without --database the dbt profile is read as dbt would, environment variables included."""
    shop.fill([make_row(1)])
    (shop.folder / "dbt_project.yml").write_text("name: shop\nprofile: my_shop\n")
    (shop.folder / "profiles.yml").write_text(
        "my_shop:\n  target: \"{{ env_var('STAGE', 'dev') }}\"\n  outputs:\n"
        "    dev: {type: duckdb, path: \"{{ env_var('SHOP_DB') }}\"}\n    prod: {type: postgres}\n"
    )
    found = shop.send(OFFLINE_CAPI_DATABASE="", SHOP_DB="warehouse.duckdb")
    assert (found.code, found.json["accepted"]) == (0, 1)
    assert "profile my_shop, target dev" in found.err
    assert "not duckdb" in shop.send(OFFLINE_CAPI_DATABASE="", STAGE="prod").err
    assert "not duckdb" in shop.send("--target", "prod", OFFLINE_CAPI_DATABASE="", DBT_TARGET="dev").err
    assert "SHOP_DB" in shop.send(OFFLINE_CAPI_DATABASE="").err


def test_the_dbt_profile_names_the_schema(shop, meta):
    """The sender reads what dbt builds, not a table left in an earlier schema; --relation wins; a table elsewhere is named."""
    shop.fill([make_row(1), make_row(2)])
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute("create schema analytics; create table analytics.capi_events as from capi_events limit 1")
    (shop.folder / "dbt_project.yml").write_text("name: shop\nprofile: my_shop\n")
    profile = "my_shop:\n  outputs:\n    default: {type: duckdb, path: warehouse.duckdb, schema: analytics}\n"
    (shop.folder / "profiles.yml").write_text(profile)
    assert shop.send("--dry-run", OFFLINE_CAPI_DATABASE="").json["read"] == 1
    assert shop.send("--dry-run", "--relation", "main.capi_events", OFFLINE_CAPI_DATABASE="").json["read"] == 2
    elsewhere = shop.send("--dry-run", "--relation", "sales.capi_events")
    assert (elsewhere.code, "but analytics.capi_events and main.capi_events" in elsewhere.err) == (2, True)


def test_the_profile_lies_in_the_folder_that_is_named(shop, meta):
    """--profiles-dir wins over the environment and over the working folder, as in dbt."""
    shop.fill([make_row(1)])
    (shop.folder / "dbt_project.yml").write_text("name: shop\nprofile: my_shop\n")
    for folder, database in (("here", "warehouse.duckdb"), ("there", "nowhere.duckdb"), (".", "neither.duckdb")):
        (shop.folder / folder).mkdir(exist_ok=True)
        profile = f"my_shop: {{outputs: {{default: {{type: duckdb, path: {database}}}}}}}\n"
        (shop.folder / folder / "profiles.yml").write_text(profile)
    found = shop.send("--profiles-dir", "here", OFFLINE_CAPI_DATABASE="", DBT_PROFILES_DIR="there")
    assert found.json["accepted"] == 1


@pytest.mark.parametrize(
    ("mode", "read_only", "code"),
    [
        *((0o400, False, 0), (0o600, False, 0), (0o440, False, 0), (0o640, False, 0)),
        *((0o444, False, 2), (0o644, False, 2), (0o602, False, 2)),
        *((0o444, True, 0), (0o644, True, 0), (0o602, True, 2)),
    ],
)
def test_a_token_file_is_private_or_a_mounted_secret(shop, meta, mode, read_only, code):
    """Secrets are mounted into a container so that everybody can read and nobody can write them."""
    if read_only and subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
        pytest.skip("this user may not mount")
    shop.fill([make_row(1)])
    (shop.folder / "secrets").mkdir()
    file = shop.folder / "secrets" / "token"
    file.write_text("TESTSECRETtoken\n")
    file.chmod(mode)
    env = shop.environ(META_ACCESS_TOKEN="", OFFLINE_CAPI_TOKEN_FILE=str(file))
    send = f"{sys.executable} -m sender send"
    mount = "mount --bind secrets secrets && mount -o remount,ro,bind secrets && "
    command = ["unshare", "--mount", "sh", "-c", mount + send] if read_only else ["sh", "-c", send]
    result = subprocess.run(command, cwd=shop.folder, env=env, capture_output=True, text=True)
    assert (result.returncode, len(meta.counted)) == (code, 0 if code else 1), result.stderr
    assert "SECRET" not in result.stderr


def test_a_python_for_windows_is_refused_in_one_line(shop):
    """The real case cannot be run here, so the module that is missing there is removed."""
    code = "import sys; sys.modules['fcntl'] = None; from sender.cli.main import main; main(['send'])"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=shop.folder, env=shop.environ(), capture_output=True, text=True
    )
    assert (result.returncode, result.stderr.count("\n"), "WSL" in result.stderr) == (2, 1, True), result.stderr


@pytest.mark.parametrize(
    ("arguments", "env", "says"),
    [
        ([], {"META_ACCESS_TOKEN": ""}, "META_ACCESS_TOKEN"),
        ([], {"META_ACCESS_TOKEN": "SECRET with\nnewline"}, "META_ACCESS_TOKEN"),
        ([], {"META_ACCESS_TOKEN": "your_token"}, "placeholder"),
        ([], {"OFFLINE_CAPI_TOKEN_FILE": "open.txt", "META_ACCESS_TOKEN": ""}, "chmod o-rwx"),
        (["--token", "SECRETx"], {}, "--token"),
        (["--graph-url", "http://graph.facebook.com"], {}, "--graph-url"),
        (["--graph-url", "https://example.com"], {}, "--graph-url"),
        (["--graph-url", "https://u:p@graph.facebook.com"], {}, "--graph-url"),
        (["--graph-url", "127.0.0.1:8000"], {}, "lacks http://"),
        (["--events", "nothing-*.parquet"], {}, "there is no file nothing-*.parquet"),
        (["--api-version", "latest"], {}, "--api-version"),
        (["--workers", "17"], {}, "--workers"),
        (["--batch-size", "1001"], {}, "--batch-size"),
        (["--deadline", "-1"], {}, "--deadline"),
        (["--database", "nowhere.duckdb"], {}, "nowhere.duckdb"),
        (["--database", "."], {}, "folder"),
        (["--database", "open.txt"], {}, "open.txt"),
        (["--relation", 'main."x; drop table capi_events"'], {}, "--relation"),
        (["--relation", "main.thin"], {}, "payload"),
        (["--relation", "main.wrong"], {}, "event_key (1 rows)"),
        (["--relation", "main.twice"], {}, "repeated"),
        (["--ledger", "warehouse.duckdb"], {}, "--ledger"),
        (["--ledger", "elsewhere/ledger.sqlite"], {}, "offline-capi init"),
        (["--ledger", "open.txt"], {}, "open.txt"),
    ],
)
def test_wrong_settings_are_one_clear_line(shop, meta, arguments, env, says):
    """A wrong setting ends in one line that names it, exit code 2; nothing is posted and no secret is shown."""
    shop.fill([make_row(1)])
    (shop.folder / "open.txt").write_text("SECRETfile")
    (shop.folder / "open.txt").chmod(0o644)
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute("create table thin as select * exclude (payload) from capi_events")
        connection.execute("create table wrong as select * replace ('x' as event_key) from capi_events")
        connection.execute("create table twice as from capi_events union all from capi_events")
    result = shop.run("send", *arguments, **env)
    assert (result.code, meta.posts) == (2, [])
    assert says in result.err
    assert len(result.err.splitlines()) == 1
    assert "SECRET" not in result.err + result.out


def test_a_table_that_an_earlier_build_left_is_warned_of_where_the_one_beside_it_goes_on(shop, meta):
    """The default is main.capi_events, and `+schema: capi` in dbt builds another. Two targets with the same sales are no reason to warn."""
    shop.fill([make_row(0, age=7200)])
    with duckdb.connect(str(shop.warehouse)) as connection:
        for schema in ("capi", "dev", "other"):
            connection.execute(f"create schema {schema}")
        connection.execute(
            "create table capi.capi_events as select * replace (event_time + 3600 as event_time) from main.capi_events"
        )
        connection.execute("create table dev.capi_events as from main.capi_events")
        connection.execute("create table other.capi_events (note text)")
    warned = shop.send("--dry-run").err
    assert warned.count("goes on until") == 1
    assert "if dbt now builds that one, name it: --relation capi.capi_events" in warned
    assert "goes on" not in shop.send("--dry-run", "--relation", "capi.capi_events").err
