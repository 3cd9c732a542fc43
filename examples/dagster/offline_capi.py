"""Dagster: dbt, then the sender, as two assets with absolute paths: `dagster dev -f offline_capi.py`.

Set OFFLINE_CAPI_BIN (the bin folder of the environment with dbt and offline-capi), OFFLINE_CAPI_PROJECT (your dbt project),
OFFLINE_CAPI_DATABASE, OFFLINE_CAPI_LEDGER (on a persistent disk) and META_ACCESS_TOKEN, or better OFFLINE_CAPI_TOKEN_FILE. dagster.yaml beside
this file allows one run at a time; put it into DAGSTER_HOME.
"""

import os
import subprocess

import dagster as dg


def run(context: dg.AssetExecutionContext, *command: str) -> int:
    """The exit code of a command in that environment, run in the dbt project; its output is logged."""
    done = subprocess.run(
        [f"{os.environ['OFFLINE_CAPI_BIN']}/{command[0]}", *command[1:]],
        cwd=os.environ["OFFLINE_CAPI_PROJECT"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    context.log.info(done.stdout)
    return done.returncode


@dg.asset
def capi_events(context: dg.AssetExecutionContext) -> None:
    if run(context, "dbt", "build", "--select", "+package:offline_capi"):
        raise dg.Failure("dbt failed; see the log")


@dg.asset(deps=[capi_events], check_specs=[dg.AssetCheckSpec("all_delivered", asset="delivered_events")])
def delivered_events(context: dg.AssetExecutionContext):
    code = run(context, "offline-capi", "send")
    if code == 3:
        raise dg.RetryRequested(max_retries=3, seconds_to_wait=60)
    if code not in (0, 1):
        raise dg.Failure(f"not sent, exit code {code}; see the log", allow_retries=False)
    if code == 1:
        run(context, "offline-capi", "status")
    return dg.MaterializeResult(
        check_results=[dg.AssetCheckResult(passed=code == 0, severity=dg.AssetCheckSeverity.WARN)]
    )


nightly = dg.define_asset_job("offline_capi", selection="*")
defs = dg.Definitions(
    assets=[capi_events, delivered_events],
    jobs=[nightly],
    schedules=[dg.ScheduleDefinition(job=nightly, cron_schedule="10 4 * * *")],
)
