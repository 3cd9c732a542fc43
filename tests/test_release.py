"""All parts of a release name one version, and GitHub runs nothing that can change under our feet."""

import re

import pytest
import yaml

from scripts.matrix import ROOT
from scripts.release import PIN, PROJECT, VERSION, pages, with_release

pytestmark = pytest.mark.pure

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_every_pin_names_the_version_of_the_project():
    version = VERSION.search(PROJECT.read_text())[1]
    pins = {pin for page in pages() for pin in PIN.findall(page.read_text())}

    assert pins == {f"v{version}"}


def test_a_release_takes_what_was_unreleased_and_leaves_what_was_released_before():
    before = "# Changelog\n\n## Unreleased\n\n### Added\n\n- New.\n\n## 0.1.0 - 2026-11-26\n\n- Old.\n"
    after, notes = with_release(before, "0.2.0", "2026-12-01")

    assert notes == "### Added\n\n- New.\n"
    assert after == (
        "# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n### Added\n\n- New.\n\n## 0.1.0 - 2026-11-26\n\n- Old.\n"
    )


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_pins_its_actions_and_may_read_only_unless_a_job_says_why(path):
    text = path.read_text()
    workflow = yaml.safe_load(text)
    used = re.findall(r"uses: (\S+)(.*)", text)

    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert used
    for action, comment in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"]


def test_the_form_for_faults_asks_for_the_status_and_warns_of_personal_data():
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "fault.yml").read_text())
    labels = " ".join(part["attributes"].get("label", "") for part in form["body"])

    assert "offline-capi status --json" in labels
    assert "do not include a token" in form["body"][0]["attributes"]["value"]
