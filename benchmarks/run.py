"""Measures the transform and the sender, prints the results and writes them to target/bench.json.

python benchmarks/run.py [--full]
"""

import json
import os
import sys
from datetime import UTC, datetime
from importlib.metadata import version

import send
import transform
from command import REPOSITORY, aside

PACKAGES = ("duckdb", "dbt-core", "facebook-business", "httpx")


def main(full: bool) -> None:
    found = {
        "at": datetime.now(UTC).isoformat(),
        "cores": os.cpu_count(),
        "versions": {name: version(name) for name in PACKAGES},
        "transform": aside(transform.measure, full),
        "sending": aside(send.measure, full),
    }
    results = REPOSITORY / "target" / "bench.json"
    results.parent.mkdir(exist_ok=True)
    results.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main("--full" in sys.argv)
