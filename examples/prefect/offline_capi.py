"""Prefect 3: dbt, then the sender, as two tasks with absolute paths: `python offline_capi.py` serves it every night, one run at a time.

Set OFFLINE_CAPI_BIN (the bin folder of the environment with dbt and offline-capi), OFFLINE_CAPI_PROJECT (your dbt project),
OFFLINE_CAPI_DATABASE, OFFLINE_CAPI_LEDGER (on a persistent disk) and META_ACCESS_TOKEN, or better OFFLINE_CAPI_TOKEN_FILE.
dbt runs in its own process: inside Prefect it would keep the warehouse file locked, unless its profile says `keep_open: false`.
"""

import os
import subprocess

from prefect import flow, get_run_logger, task
from prefect.states import Completed, State


class AnotherSender(Exception):
    pass


def run(*command: str) -> int:
    """The exit code of a command in that environment, run in the dbt project; its output is logged."""
    done = subprocess.run(
        [f"{os.environ['OFFLINE_CAPI_BIN']}/{command[0]}", *command[1:]],
        cwd=os.environ["OFFLINE_CAPI_PROJECT"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    get_run_logger().info(done.stdout)
    return done.returncode


@task
def build() -> None:
    if run("dbt", "build", "--select", "+package:offline_capi"):
        raise RuntimeError("dbt failed; see the log")


@task(
    retries=3,
    retry_delay_seconds=60,
    retry_condition_fn=lambda task, task_run, state: isinstance(state.result(raise_on_failure=False), AnotherSender),
)
def send() -> int:
    code = run("offline-capi", "send")
    if code == 3:
        raise AnotherSender("another sender is running")
    if code not in (0, 1):
        raise RuntimeError(f"not sent, exit code {code}; see the log")
    return code


@flow
def offline_capi() -> State:
    build()
    if send() == 0:
        return Completed(message="everything due is delivered")
    run("offline-capi", "status")  # an automation on this state's name can notify somebody
    return Completed(name="Warning", message="some events were rejected, expired, held or are still pending")


if __name__ == "__main__":
    offline_capi.serve(cron="10 4 * * *", limit=1)
