"""Why a run stops before everything is sent, in words, and which of two reasons counts."""

LATER = {"throttled", "unavailable"}  # nothing is wrong here; the next run goes on
STOPS = {
    "token": "Meta does not accept the token, which is wrong or has expired: set META_ACCESS_TOKEN anew",
    "permission": "the token may not send to it: assign the dataset to the token's system user",
    "dataset": "Meta knows no such dataset, or the token has no access to it: check dataset_id",
    "blocked": "Meta blocks it for policy reasons: see Events Manager",
    "tls": "the server's certificate is not trusted: is a proxy in between?",
    "redirect": "the server answered with a redirect, which is not followed: check --graph-url",
    "not_meta": "what answered is not the Graph API: check --graph-url and proxies",
    "unknown_code": "Meta answered with an error that is not known: `offline-capi status` has its code",
    "all_rejected": "every event fails alike, so nothing was put aside as bad: look at the model or the dataset",
    "too_many_rejected": "more than 5 % of the events were rejected: look at the model",
    "clock": "this machine's clock is more than 15 minutes off Meta's: set it right",
    "throttled": "Meta asked to wait longer than --max-wait: the next run goes on",
    "unavailable": "Meta could not be reached or kept failing: the next run goes on",
    "signal": "asked to end: the next run goes on",
}


def worse(old: str | None, new: str) -> str:
    """Of two reasons the one that needs a person."""
    return new if old is None or old in LATER else old
