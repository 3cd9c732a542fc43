"""A process that has imported the sender and forks a fresh run of the command for each line of JSON on stdin.

Each run is its own process, with its own environment, folder, files and hooks; only the import is shared.
Answers with a line with the exit code, negative for a signal.
"""

import faulthandler
import importlib
import json
import os
import resource
import signal
import sys
import time
from typing import Any

# Everything that a run imports; forking is safe because none of these starts a thread.
import anyio._backends._asyncio
import httpcore._async

import sender.cli.daily
import sender.cli.main
import sender.cli.people
import sender.cli.printing
import sender.cli.upkeep
import sender.commands.forget
import sender.commands.prune
import sender.commands.resolve
import sender.commands.send
import sender.commands.status
import sender.config.dbt_profile
import sender.events.changes
import sender.meta.client

PRELOADED = (anyio, httpcore, sender)


def child(order: dict[str, Any]) -> int:
    for descriptor, path in ((1, order["out"]), (2, order["err"])):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), descriptor)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    if order["file_size"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_size"],) * 2)
    faulthandler.dump_traceback_later(60)  # nothing may hang
    signal.alarm(70)
    importlib.reload(sender.clock)  # reads the environment when it is imported
    try:
        sender.cli.main.main(order["arguments"])
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


for line in sys.stdin:
    order = json.loads(line)
    pid = os.fork()
    if not pid:
        code = child(order)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    if order["kill_after"]:
        time.sleep(order["kill_after"])
        os.kill(pid, signal.SIGKILL)  # of a child that nobody has waited for, so the PID is still its own
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
