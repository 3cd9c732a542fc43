"""Would a send work? Asks Meta about token, permission and dataset, and looks at the table. Sends nothing that counts.

A token from Events Manager may only send, not read, so it stays unknown whether the dataset takes offline events. The
probe posts one made-up event that is too old to be accepted: the refusal 100/2804003 proves token, permission and
dataset id.
"""

import json
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sender.commands.findings import BAD, GOOD, UNKNOWN, Finding, match_keys
from sender.config.settings import Settings
from sender.config.tokens import Token, Tokens
from sender.delivery.windows import DAY
from sender.errors import SenderError
from sender.meta.answers import SPLIT, STOP, Outcome, Reply, classify, parse
from sender.meta.client import Graph
from sender.meta.reasons import STOPS, Reason
from sender.meta.request import envelope

NO_ANSWER = "nothing answers at --graph-url: check the address and the network"


def check(settings: Settings, tokens: Tokens, now: float) -> list[Finding]:
    findings, datasets = table(settings)
    with closing(Graph(settings.graph_url, settings.api_version, settings.deadline, 1)) as graph:
        for dataset_id in datasets:
            token = tokens.get(dataset_id)
            if token is None:
                findings.append(
                    Finding(
                        f"dataset {dataset_id}",
                        BAD,
                        f"no token: set META_ACCESS_TOKEN_{dataset_id}, or META_ACCESS_TOKEN",
                    )
                )
                continue
            findings.append(probe(graph, dataset_id, token, now))
            findings.append(consolidated(graph, dataset_id, token))
    return findings


def table(settings: Settings) -> tuple[list[Finding], list[str]]:
    """Is the table of events sound, and which datasets are in it?"""
    from sender.events.contract import check as check_table
    from sender.events.contract import shape
    from sender.events.matching import matching
    from sender.events.source import reading

    named = settings.table.name
    try:
        with TemporaryDirectory() as folder, reading(settings.table, Path(folder), lambda message: None) as found:
            shaped = f"({shape(found, found.source)})"
            check_table(found.connection, shaped, named)
            counted = f"select dataset_id, count(*) from {shaped} group by all order by 1"  # noqa: S608
            rows = found.connection.execute(counted).fetchall()
            matched = matching(found)
    except SenderError as error:
        return [Finding("table", BAD, str(error))], []
    total = sum(n for _, n in rows)
    findings = [Finding("table", GOOD, f"{total:,} events in {named}"), *match_keys(matched)]
    return findings, [dataset for dataset, _ in rows]


def probe(graph: Graph, dataset_id: str, token: Token, now: float) -> Finding:
    event = {
        "event_name": "Purchase",
        "event_time": int(now - 100 * DAY),
        "action_source": "physical_store",
        "user_data": {"external_id": ["0" * 64]},
        "custom_data": {"value": 0, "currency": "EUR", "order_id": "offline-capi-check"},
    }
    graph.post(1, dataset_id, envelope(json.dumps(event).encode(), None, token), token)
    done = graph.wait(None)
    outcome = classify(done[1] if done else Reply(fault="lost"), 1)
    what = f"dataset {dataset_id}: token and permission"
    if outcome.reason == Reason.TOO_OLD:
        return Finding(what, GOOD, "Meta refused an event because it is too old, as expected; nothing was counted")
    if outcome.rule.action is SPLIT:
        return Finding(what, GOOD, f"Meta refused an empty event ({outcome.reason}); nothing was counted")
    if outcome.rule.action is STOP:
        return Finding(what, BAD, described(outcome))
    return Finding(what, UNKNOWN, described(outcome), answered=bool(outcome.status))


def consolidated(graph: Graph, dataset_id: str, token: Token) -> Finding:
    what = f"dataset {dataset_id}: takes offline events"
    reply = graph.get(dataset_id, {"fields": "is_consolidated_container"}, token)
    body = parse(reply.body)
    value = body.get("is_consolidated_container") if isinstance(body, dict) and reply.status == 200 else None
    if value is True:
        return Finding(what, GOOD, "is_consolidated_container is true")
    if value is False:
        return Finding(
            what, BAD, "is_consolidated_container is false: unify the pixel and the offline event set in Events Manager"
        )
    if 400 <= reply.status < 500:
        return Finding(what, UNKNOWN, "this token may not read the dataset, which does not stop it from sending")
    return Finding(
        what, UNKNOWN, f"the answer does not say (HTTP {reply.status or 'none'})", answered=bool(reply.status)
    )


def described(outcome: Outcome) -> str:
    """What came back and, if known, what to do about it."""
    codes = f", code {outcome.code}" + (f"/{outcome.subcode}" if outcome.subcode else "") if outcome.code else ""
    advice = STOPS.get(outcome.reason or "", NO_ANSWER if not outcome.status else "")
    return (f"{advice}: " if advice else "") + f"{outcome.reason} (HTTP {outcome.status or 'none'}{codes})"
