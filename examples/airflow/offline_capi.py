"""Airflow 3: dbt, then the sender, as two tasks with absolute paths.

Put this file into your DAG folder, and set on the worker: OFFLINE_CAPI_BIN (the bin folder of the environment with dbt and
offline-capi, apart from Airflow's own), OFFLINE_CAPI_PROJECT (your dbt project), OFFLINE_CAPI_DATABASE, OFFLINE_CAPI_LEDGER (on a disk that
persists) and META_ACCESS_TOKEN, or better OFFLINE_CAPI_TOKEN_FILE. Several workers must all see the same disk: give the tasks a queue.
"""

import os
import subprocess
from datetime import timedelta

import pendulum
from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.sdk import dag, task


def run(*command: str) -> int:
    """The exit code of a command in that environment, run in the dbt project; its output is in the task's log."""
    done = subprocess.run(
        [f"{os.environ['OFFLINE_CAPI_BIN']}/{command[0]}", *command[1:]],
        cwd=os.environ["OFFLINE_CAPI_PROJECT"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(done.stdout)
    return done.returncode


@dag(schedule="10 4 * * *", start_date=pendulum.datetime(2026, 1, 1), catchup=False, max_active_runs=1)
def offline_capi():
    @task(retries=1)
    def build():
        if run("dbt", "build", "--select", "+package:offline_capi"):
            raise AirflowException("dbt failed; see above")

    @task(retries=3, retry_delay=timedelta(minutes=1))
    def send():
        code = run("offline-capi", "send")
        if code == 1:  # skipped: to be notified, use on_skipped_callback, or a task with trigger_rule="all_skipped"
            run("offline-capi", "status")
            raise AirflowSkipException("some events were rejected, expired, held or are still pending")
        if code == 3:
            raise AirflowException("another sender is running; tried again in a minute")
        if code:
            raise AirflowFailException(f"not sent, exit code {code}; see above. Another attempt would end the same way")

    build() >> send()


offline_capi()
