"""Ask PyPI about known vulnerabilities of everything in requirements.lock. Exits with 1 if there are any, or if PyPI cannot be asked: `make audit`."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (
    "--strict",
    "--disable-pip",
    "--require-hashes",
    "--progress-spinner",
    "off",
    "--format",
    "json",
    "--requirement",
)


def told(printed: str, complaints: str) -> tuple[list[str], int]:
    """Lines for a person, and the exit code, from pip-audit's output and errors."""
    try:
        packages: list[dict[str, Any]] = json.loads(printed)["dependencies"]
    except (ValueError, KeyError, TypeError):
        why = re.sub(r"^\w+:[\w.]+:", "", (complaints.strip().splitlines() or ["it printed nothing"])[-1])[:200]
        return [
            f"known vulnerabilities could not be looked up ({why}); run `make audit` where https://pypi.org/pypi answers"
        ], 1
    weak = [(package, each) for package in packages for each in package.get("vulns", ())]
    lines = [
        f"{package['name']} {package['version']}: {each['id']}, fixed in {', '.join(each['fix_versions']) or 'no version yet'}"
        for package, each in weak
    ]
    return [*lines, f"{len(packages)} packages, {len(weak)} known vulnerabilities"], int(bool(weak))


def main() -> int:
    program = str(Path(sys.executable).with_name("pip-audit"))
    done = subprocess.run([program, *COMMAND, str(ROOT / "requirements.lock")], capture_output=True, text=True)
    lines, code = told(done.stdout, done.stderr)
    print("\n".join(lines), file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
