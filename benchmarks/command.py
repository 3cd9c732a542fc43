"""A command, timed as a user experiences it."""

import os
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent


def timed(command: list[Any], **environment: str) -> dict[str, Any]:
    """Wall and processor seconds, peak memory in MB and output of a command. Python may keep compiled modules, as it does for users."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    keep |= {"META_ACCESS_TOKEN": "bench", "PYTHONPYCACHEPREFIX": str(REPOSITORY / "target" / "pycache")}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=keep | environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=environment.get("HOME")
    )
    assert process.stdout
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}: {out.decode()}")
    seconds, processor = time.perf_counter() - began, usage.ru_utime + usage.ru_stime
    return {"seconds": seconds, "processor": processor, "megabytes": usage.ru_maxrss // 1024, "out": out}


def aside(work: Callable[..., Any], *arguments: Any) -> Any:
    """Run it in another process: the peak memory of this one would count for those it starts."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()
