"""`quality`: what Meta says about the datasets, asked by the real command, kept beside the ledger and shown in the report."""

import json
import subprocess

from tests.seeing.test_report import Tags


def run(command, *arguments, cwd, env):
    return subprocess.run([*command, *arguments], cwd=cwd, env=env, capture_output=True, text=True)


def test_what_meta_says_is_kept_beside_the_ledger_and_shown(start, shop, command, tmp_path):
    inside = {"cwd": tmp_path, "env": shop(5)}
    with start() as endpoint:
        here = ("--graph-url", endpoint.address)
        run(command, "init", **inside)
        early = run(command, "quality", *here, **inside)
        assert (early.returncode, "nothing has been sent yet" in early.stderr) == (2, True)
        assert run(command, "send", *here, **inside).returncode == 0
        asked = run(command, "quality", *here, **inside)
    assert asked.returncode == 0
    assert asked.stdout.splitlines() == ["dataset 1001: quality: 1 entry", "dataset 1001: uploads: 1 entry"]
    kept = tmp_path / ".offline-capi" / "meta_says.json"
    assert kept.stat().st_mode & 0o077 == 0
    said = json.loads(kept.read_text())["datasets"]["1001"]
    assert said["quality"] == [
        {"event_name": "Purchase", "match_key": {"strong": 1.0}, "freshness": {"three_days": 1.0}}
    ]
    assert said["uploads"] == [{"upload_tag": "", "valid_entries": 5, "duplicate_entries": 0, "matched_entries": 5}]

    said["uploads"][0]["upload_tag"] = "<img src=x onerror=alert(1)>"
    kept.write_text(json.dumps({"at": 1, "datasets": {"1001": said}}))
    assert run(command, "report", "--output", "report.html", **inside).returncode == 0
    page = (tmp_path / "report.html").read_text()
    assert "match_key.strong <b>1.0</b>" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert not {tag for tag, _ in Tags(page).found} & {"img", "script"}

    kept.write_text("torn")
    run(command, "report", "--output", "report.html", **inside)
    assert "Meta has not been asked yet" in (tmp_path / "report.html").read_text()


def test_a_token_that_may_only_send_is_a_normal_answer_and_silence_is_not(start, shop, command, tmp_path):
    inside = {"cwd": tmp_path, "env": shop(2)}
    with start("--consolidated", "unknown") as endpoint:
        here = ("--graph-url", endpoint.address)
        run(command, "init", **inside)
        run(command, "send", *here, **inside)
        refused = run(command, "quality", "--json", *here, **inside)
    assert refused.returncode == 0
    problems = json.loads(refused.stdout)["datasets"]["1001"]["problems"]
    assert problems == dict.fromkeys(("quality", "uploads"), "this token may not read it (code 10)")
    silent = run(command, "quality", "--graph-url", endpoint.address, **inside)
    assert (silent.returncode, silent.stdout.count("no answer")) == (2, 2)
