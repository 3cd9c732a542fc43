"""What the ledger knows: events by state and reason, the last send, what expires soon, what needs a person.

Events that no send has taken up are only in the table; the last send counted them, as pending.
"""

import json
import time
from typing import Any

import click

from sender.clock import Clock
from sender.config.settings import Settings
from sender.ledger import batches, ledger
from sender.ledger.ledger import Ledger
from sender.ledger.session import read

SOON = 3 * 86_400  # seconds


def status(settings: Settings) -> int:
    """Print it. 0 if nothing waits for a person or for another run, as far as the last send knew, else 1."""
    book = read(settings.ledger)
    try:
        facts = gather(book, Clock().now())
    finally:
        book.close()
    if settings.json:
        click.echo(json.dumps(facts))
    else:
        show(facts)
    return 1 if facts["held"] or facts["pending"] or facts["left_pending"] else 0


def gather(book: Ledger, now: float) -> dict[str, Any]:
    counts = book.counts()
    reasons = book.db.execute(
        "select case when state in ('open', 'sending') then 'pending' else state end as shown, reason, sum(n) "
        "from batches where reason is not null and state not in ('split', 'accepted') group by 1, 2 order by 1, 2"
    ).fetchall()
    soon = sum(
        batches.times(member)[1] < now + SOON
        for batch in batches.open_batches(book)
        for member in batches.members(book, batch.batch_id)
    )
    last = book.db.execute(
        "select started_at, ended_at, summary from runs where summary is null or summary <> 'null' order by run_id desc limit 1"
    ).fetchone()
    pauses = book.db.execute("select dataset_id, until from pauses where until > ?", (now,)).fetchall()
    return {
        **{state: counts.get(state, 0) for state in ledger.FINAL},
        "pending": sum(counts.get(state, 0) for state in ledger.OPEN),
        "left_pending": book.left_pending(),
        "expire_soon": soon,
        "reasons": [{"state": state, "reason": reason, "events": n} for state, reason, n in reasons],
        "paused": {dataset: int(until) for dataset, until in pauses},
        "last_run": {"started_at": last[0], "ended_at": last[1], "summary": json.loads(last[2] or "null")}
        if last
        else None,
    }


def show(facts: dict[str, Any]) -> None:
    show_last(facts["last_run"], facts["left_pending"])
    for state in (*ledger.FINAL, "pending"):
        click.echo(f"{state:9} {facts[state]:>12,}")
        for line in facts["reasons"]:
            if line["state"] == state:
                click.echo(f"  {line['reason']:22} {line['events']:>12,}")
    if facts["expire_soon"]:
        click.echo(f"{facts['expire_soon']:,} of those pending expire within 3 days: run `offline-capi send`")
    if facts["held"]:
        click.echo("held events wait for a person: see `offline-capi resolve --help`")
    for dataset, until in facts["paused"].items():
        click.echo(f"dataset {dataset}: Meta asked to wait until {utc(until)}")
    click.echo("new events in the table are not counted here: `offline-capi send --dry-run` says what is due")


def show_last(last: dict[str, Any] | None, left: int) -> None:
    if last is None:
        click.echo("nothing was sent yet")
    elif last["ended_at"] is None:
        click.echo(
            f"the send of {utc(last['started_at'])} has not ended: it is running, or was killed. After a kill run "
            "`offline-capi send`: what may have arrived is repeated with the same bytes"
        )
    else:
        stopped = last["summary"]["stopped"] if last["summary"] else None
        why = f", stopped by {stopped}" if stopped else ""
        rest = f" with {left:,} events still to be sent{why}: run `offline-capi send` again" if left else why
        click.echo(f"the last send ended {utc(last['ended_at'])}{rest}")


def utc(seconds: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))
