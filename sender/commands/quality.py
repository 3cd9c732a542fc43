"""Ask Meta about the datasets that were sent to, and keep the answers beside the ledger for the report. Changes nothing.

GET {version}/dataset_quality?dataset_id=...&fields=offline{...}     Meta's data quality of offline events
GET {version}/{dataset_id}/offline_event_uploads                     entries, matches and duplicates of each upload_tag

The first is documented; the second is known only from a field list in Meta's SDK. Most tokens may read neither. That is a normal
answer: they can still send.
"""

from contextlib import closing
from typing import Any

from sender.config.settings import Settings
from sender.config.tokens import Token, Tokens
from sender.errors import ConfigError
from sender.ledger import history
from sender.meta.answers import Reply, classify, parse
from sender.meta.client import Graph
from sender.seeing import readback

OFFLINE = "offline{event_name,composite,match_key,frequency,freshness}"
UPLOADS = "upload_tag,api_calls,valid_entries,matched_entries,duplicate_entries,match_rate_approx,event_time_min,event_time_max"


def quality(settings: Settings, tokens: Tokens, now: float) -> dict[str, Any]:
    """What readback.py keeps. Raises ConfigError if there is nothing to ask about, or no token to ask with."""
    with history.look(settings.ledger) as ledger:
        datasets = history.datasets(ledger)
    if not datasets:
        raise ConfigError(
            "nothing has been sent yet, so there is no dataset to ask about; run `offline-capi send` first"
        )
    known = {dataset: token for dataset in datasets if (token := tokens.get(dataset))}
    if not known:
        raise ConfigError("no access token: set META_ACCESS_TOKEN, or META_ACCESS_TOKEN_<dataset id>")
    with closing(Graph(settings.graph_url, settings.api_version, settings.deadline, 1)) as graph:
        said = {"at": int(now), "datasets": {dataset: ask(graph, dataset, token) for dataset, token in known.items()}}
    readback.write(settings.ledger, said)
    return said


def ask(graph: Graph, dataset: str, token: Token) -> dict[str, Any]:
    asked = {
        "quality": ("offline", graph.get(dataset, {"fields": OFFLINE}, token, "quality")),
        "uploads": ("data", graph.get(dataset, {"fields": UPLOADS}, token, "uploads")),
    }
    found: dict[str, Any] = {"quality": [], "uploads": [], "problems": {}}
    for name, (key, reply) in asked.items():
        body = parse(reply.body)
        entries = body.get(key) if isinstance(body, dict) and reply.status == 200 else None
        if isinstance(entries, list):
            found[name] = entries[: readback.MOST]
        else:
            found["problems"][name] = why(reply)
    return found


def why(reply: Reply) -> str:
    if not reply.status:
        return "no answer"
    if 400 <= reply.status < 500:
        code = classify(reply, 0).code
        return f"this token may not read it{f' (code {code})' if code is not None else ''}"
    return f"the answer does not say (HTTP {reply.status})"
