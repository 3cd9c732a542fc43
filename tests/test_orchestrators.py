"""The scheduler examples: each really delivers the example shop, and shows exit codes as success, warning, failure and retry.

Airflow, Dagster and Prefect run in their own environments, which `make test-orchestrators` creates; without those they are only parsed.
"""

import fcntl
import json
import os
import re
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
import yaml

from examples.shop.generate import generate

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


@dataclass
class Shop:
    """The example shop on a persistent disk, and an endpoint. `variables` is what the examples ask people to set."""

    folder: Path
    endpoint: str
    variables: dict[str, str]

    def ask(self, path: str, **body: object) -> dict[str, int]:
        data = json.dumps(body or {}).encode() if body else None
        with urllib.request.urlopen(f"{self.endpoint}{path}", data) as answer:
            return json.load(answer)

    def run(self, *command: str | Path, check: bool = True, **variables: str) -> subprocess.CompletedProcess[str]:
        """A command as a scheduler starts it, from a folder that has nothing to do with the shop."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "META_", "OFFLINE_CAPI_", "AIRFLOW"))}
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        done = subprocess.run(command, cwd=elsewhere, env=kept | self.variables | variables, capture_output=True, text=True)  # fmt: skip
        assert not check or done.returncode == 0, done.stdout[-6000:] + done.stderr[-6000:]
        return done


@pytest.fixture
def shop(tmp_path) -> Iterator[Shop]:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("dbt_project.yml", "profiles.yml"):
        (project / name).write_text((ROOT / "examples" / "shop" / name).read_text())
    (project / "packages.yml").write_text(f"packages: [{{local: '{ROOT}'}}]\n")
    command = [str(BIN / "offline-capi"), "emulator", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().removeprefix("listening on ").strip()
        (tmp_path / "kept").mkdir(mode=0o700)
        variables = {
            "OFFLINE_CAPI_BIN": str(BIN),
            "OFFLINE_CAPI_PROJECT": str(project),
            "OFFLINE_CAPI_DATABASE": str(tmp_path / "data.duckdb"),
            "OFFLINE_CAPI_LEDGER": str(tmp_path / "kept" / "ledger.sqlite"),
            "OFFLINE_CAPI_GRAPH_URL": address,
            "META_ACCESS_TOKEN": "made-up",
        }
        shop = Shop(tmp_path, address, variables)
        generate(tmp_path / "data.duckdb", datetime.now(UTC))
        shop.run(BIN / "dbt", "deps", "--project-dir", project, "--profiles-dir", project)
        shop.run(BIN / "offline-capi", "init")
        yield shop
        process.terminate()


@contextmanager
def another_sender(shop: Shop) -> Iterator[None]:
    with Path(shop.variables["OFFLINE_CAPI_LEDGER"]).open("rb") as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        yield


def without_dbt(shop: Shop) -> dict[str, str]:
    """For runs after the first, in which dbt has nothing to do."""
    folder = shop.folder / "bin"
    folder.mkdir()
    (folder / "dbt").symlink_to("/bin/true")
    (folder / "offline-capi").symlink_to(BIN / "offline-capi")
    return {"OFFLINE_CAPI_BIN": str(folder)}


def delivered(shop: Shop) -> bool:
    """Whether all events of the shop were counted, and none of them twice."""
    with duckdb.connect(shop.variables["OFFLINE_CAPI_DATABASE"], read_only=True) as connection:
        (events,) = connection.execute("select count(*) from capi_events").fetchone()
    counts = shop.ask("/_emulator/summary")
    return events == counts["counted"] and counts["duplicates"] == 0


def command_of(scheduler: str, name: str) -> Path:
    """A command in the scheduler's own environment."""
    return ROOT / ".orchestrators" / scheduler / "bin" / name


def installed(scheduler: str) -> pytest.MarkDecorator:
    is_missing = not command_of(scheduler, scheduler).exists()
    return pytest.mark.skipif(is_missing, reason=f"{scheduler} is not installed; `make test-orchestrators` does it")


def quick(shop: Shop, example: str) -> Path:
    """A copy of an example that waits a second instead of a minute."""
    text = (ROOT / "examples" / example).read_text()
    copy = shop.folder / Path(example).parent.name / Path(example).name
    copy.parent.mkdir()
    copy.write_text(text.replace("minutes=1", "seconds=1").replace("=60", "=1"))
    return copy


def test_cron_delivers_and_passes_the_codes_on(shop):
    deliver = ROOT / "examples" / "cron" / "deliver"

    assert shop.run(deliver, OFFLINE_CAPI_LIMIT="1000", check=False).returncode == 1
    rest = without_dbt(shop) | {"OFFLINE_CAPI_PAUSE": "0"}
    with another_sender(shop):
        assert shop.run(deliver, check=False, **rest).returncode == 3
    assert shop.run(deliver, check=False, **rest, META_ACCESS_TOKEN="").returncode == 2
    assert shop.run(deliver, **rest).returncode == 0
    assert delivered(shop)
    with Path(f"{shop.variables['OFFLINE_CAPI_LEDGER']}.cron").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert shop.run(deliver, check=False, **rest).returncode == 3


@installed("airflow")
def test_airflow_delivers_and_shows_the_codes(shop):
    airflow = command_of("airflow", "airflow")
    home = shop.folder / "airflow_home"
    shop.variables |= {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(quick(shop, "airflow/offline_capi.py").parent),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
    }
    shop.run(airflow, "db", "migrate")

    def run(**variables: str) -> tuple[str, int]:
        """The state of the sending task, and how often it was tried."""
        shop.run(airflow, "dags", "test", "offline_capi", check=False, **variables)
        sql = "select state, try_number from task_instance where task_id = 'send' order by start_date desc limit 1"
        with closing(sqlite3.connect(home / "airflow.db")) as database:
            return database.execute(sql).fetchone()

    assert run(OFFLINE_CAPI_LIMIT="1000") == ("skipped", 1)
    rest = without_dbt(shop)
    with another_sender(shop):
        assert run(**rest) == ("failed", 4)
    assert run(**rest, META_ACCESS_TOKEN="") == ("failed", 1)
    assert run(**rest) == ("success", 1)
    assert delivered(shop)


@installed("dagster")
def test_dagster_delivers_and_shows_the_codes(shop):
    dagster = command_of("dagster", "dagster")
    example = quick(shop, "dagster/offline_capi.py")
    home = shop.folder / "dagster_home"
    home.mkdir()
    (home / "dagster.yaml").write_text((ROOT / "examples" / "dagster" / "dagster.yaml").read_text())
    shop.variables |= {"DAGSTER_HOME": str(home), "DAGSTER_DISABLE_TELEMETRY": "1"}

    def run(**variables: str) -> tuple[int, str]:
        done = shop.run(dagster, "job", "execute", "-f", example, "-j", "offline_capi", check=False, **variables)
        return done.returncode, done.stderr

    code, log = run(OFFLINE_CAPI_LIMIT="1000")
    assert (code, "ASSET_CHECK_EVALUATION" in log, "'all_delivered' on 'delivered_events' did not pass" in log) == (0, True, True), log  # fmt: skip
    rest = without_dbt(shop)
    with another_sender(shop):
        code, log = run(**rest)
        assert (code, log.count("STEP_UP_FOR_RETRY")) == (1, 3), log
    code, log = run(**rest, META_ACCESS_TOKEN="")
    assert (code, log.count("STEP_UP_FOR_RETRY"), "not sent, exit code 2" in log) == (1, 0, True), log
    code, log = run(**rest)
    assert (code, "did not pass" in log) == (0, False), log
    assert delivered(shop)


@installed("prefect")
def test_prefect_delivers_and_shows_the_codes(shop):
    python = command_of("prefect", "python")
    example = quick(shop, "prefect/offline_capi.py")
    shop.variables |= {
        "PREFECT_HOME": str(shop.folder / "prefect_home"),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",  # 20 are too few on a busy machine
        "PYTHONPATH": str(example.parent),
    }
    code = "from offline_capi import offline_capi; s = offline_capi(return_state=True); print('ended', s.name)"

    def run(**variables: str) -> tuple[str, int]:
        """The name of the flow's state, and how often the sender was started."""
        done = shop.run(python, "-c", code, check=False, **variables)
        log = done.stdout + done.stderr
        ended = re.findall(r"^ended (\w+)", done.stdout, re.MULTILINE)
        assert ended, log
        return ended[0], 1 + log.count("Retry")

    assert run(OFFLINE_CAPI_LIMIT="1000") == ("Warning", 1)
    rest = without_dbt(shop)
    with another_sender(shop):
        assert run(**rest) == ("Failed", 4)
    assert run(**rest, META_ACCESS_TOKEN="") == ("Failed", 1)
    assert run(**rest) == ("Completed", 1)
    assert delivered(shop)


@pytest.mark.pure
def test_every_example_can_be_read():
    for path in sorted(ROOT.glob("examples/*/*.yml")):
        yaml.safe_load(path.read_text())
    for path in sorted(ROOT.glob("examples/*/offline_capi.py")):
        compile(path.read_text(), path, "exec")
    lines = (ROOT / "examples" / "cron" / "crontab").read_text().splitlines()
    jobs = [line.split(maxsplit=6) for line in lines if line[0].isdigit()]
    assert [(user, Path(command).name) for *_, user, command in jobs] == [("shop", "deliver")]
    workflow = yaml.safe_load((ROOT / "examples" / "github-actions" / "deliver.yml").read_text())
    assert workflow["concurrency"]["cancel-in-progress"] is False
    assert "self-hosted" in workflow["jobs"]["deliver"]["runs-on"]
