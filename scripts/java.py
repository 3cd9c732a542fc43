"""Check for the Java that Spark 4 needs: if it is missing, exits with 2 and one line that says how to get it.

python -m scripts.java
"""

import os
import re
import shutil
import subprocess
import sys

OLDEST = 17
REMEDY = "install it (Debian, Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk@17) and set JAVA_HOME to its folder"


def problem() -> str | None:
    """What is wrong with the Java that PySpark would start, as one line; None if nothing is."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(f"{home}/bin/java" if home else "java")
    if java is None:
        return (
            f"Spark needs Java {OLDEST} or newer, and there is none{f' in JAVA_HOME={home}' if home else ''}: {REMEDY}"
        )
    told = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    if found is None:
        return f"{java} does not work like Java: {REMEDY}"
    if int(found[1]) < OLDEST:
        return f"Spark needs Java {OLDEST} or newer, and {java} is {found[1]}: {REMEDY}"
    return None


if __name__ == "__main__":
    if wrong := problem():
        print(wrong, file=sys.stderr)
        sys.exit(2)
