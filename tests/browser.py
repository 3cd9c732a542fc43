"""Headless Chromium, driven through Debian's chromedriver over its own protocol."""

import json
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

MISSING = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
needs_browser = pytest.mark.skipif(
    bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (Debian: chromium-driver)"
)


class Browser:
    """One window of Chromium."""

    def __init__(self, driver: str, profile: Path) -> None:
        self.driver = driver
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={profile}"]
        chrome = {"goog:chromeOptions": {"args": flags}, "goog:loggingPrefs": {"browser": "ALL"}}
        self.session = self.ask("/session", {"capabilities": {"alwaysMatch": chrome}})["sessionId"]

    def ask(self, path: str, body: Any) -> Any:
        request = urllib.request.Request(self.driver + path, json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def visit(self, address: str) -> None:
        self.ask(f"/session/{self.session}/url", {"url": address})

    def run(self, script: str) -> Any:
        return self.ask(f"/session/{self.session}/execute/sync", {"script": script, "args": []})

    def look(self, width: int, scheme: str = "light", medium: str = "screen") -> None:
        """Show pages at this width, in light or dark mode, on a screen or as printed."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        media = {"media": medium, "features": [{"name": "prefers-color-scheme", "value": scheme}]}
        for command, values in (("setDeviceMetricsOverride", size), ("setEmulatedMedia", media)):
            asked = {"cmd": f"Emulation.{command}", "params": values}
            self.ask(f"/session/{self.session}/goog/cdp/execute", asked)

    def complaints(self) -> list[str]:
        """What the browser wrote to its console since the last call."""
        return [entry["message"] for entry in self.ask(f"/session/{self.session}/se/log", {"type": "browser"})]

    def wait_for(self, text: str) -> str:
        """The text of the page as soon as it shows `text`."""
        end = time.monotonic() + 30
        while text not in (page := self.run("return document.body.innerText")):
            assert time.monotonic() < end, page
            time.sleep(0.05)
        return page


@contextmanager
def opened(profile: Path) -> Iterator[Browser]:
    with subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True) as process:
        port = next(
            found[1] for line in process.stdout if (found := re.search(r"started successfully on port (\d+)", line))
        )
        browser = Browser(f"http://127.0.0.1:{port}", profile)
        yield browser
        request = urllib.request.Request(f"{browser.driver}/session/{browser.session}", method="DELETE")
        urllib.request.urlopen(request, timeout=30).close()
        process.terminate()
