"""drt-core 1.2.1 in its own environment, with a sync of the table `people` to its Meta destination.

As a script, inside that environment, it is drt's own command, posting to another address: python rival.py <url> run
drt's `batch_size` is what it loads at once, each time with a new HTTP client; a request never has more than 1,000.
"""

import subprocess
import sys
from pathlib import Path

VERSION = "1.2.1"
PYTHON = Path(__file__).resolve().parent.parent / "target" / "rivals" / "drt" / "bin" / "python"
SYNC = """
name: capi
model: select order_id, event_time, email, phone, value from people
destination:
  type: meta_conversions
  pixel_id: "1234567890"
  access_token_env: META_ACCESS_TOKEN
  action_source: physical_store
  event_name: Purchase
  event_time_field: event_time
  event_id_field: order_id
  email_field: email
  phone_field: phone
  value_field: value
sync:
  batch_size: {batch_size}
  rate_limit: {{requests_per_second: 1000000}}
"""


def install() -> str | None:
    """Why it cannot be installed; None if it can."""
    folder = PYTHON.parent.parent
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        f"drt-core[duckdb]=={VERSION}",
    ]
    for command in ([sys.executable, "-m", "venv", str(folder)], pip):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return None


def project(folder: Path, database: Path, batch_size: int) -> Path:
    """A drt project; its folder is the home folder for drt."""
    (folder / "syncs").mkdir(parents=True, exist_ok=True)
    (folder / ".drt").mkdir(exist_ok=True)
    (folder / "drt_project.yml").write_text('name: bench\nversion: "0.1"\nprofile: bench\n')
    (folder / ".drt" / "profiles.yml").write_text(f"bench:\n  type: duckdb\n  database: {database}\n")
    (folder / "syncs" / "capi.yml").write_text(SYNC.format(batch_size=batch_size))
    return folder


if __name__ == "__main__":
    from drt.cli.main import app
    from drt.destinations import meta_conversions

    meta_conversions._BASE_URL = sys.argv.pop(1)
    app()
