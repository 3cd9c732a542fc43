"""The codes that say why an event is in its state or why a run stopped, and a sentence for those that stop a run.

An error subcode that is not in the table gets a reason of its own, `invalid_<subcode>`.
"""

from enum import StrEnum


class Reason(StrEnum):
    # What an answer says; see answers.py.
    ACCEPTED = "accepted"
    SERVER_ERROR = "server_error"
    THROTTLED = "throttled"
    NOT_READY = "not_ready"
    UNKNOWN_CODE = "unknown_code"
    NOT_META = "not_meta"
    MISMATCH = "mismatch"
    NETWORK = "network"
    NO_ANSWER = "no_answer"
    TOKEN = "token"  # noqa: S105 - a word, no secret
    PERMISSION = "permission"
    DATASET = "dataset"
    BLOCKED = "blocked"
    REDIRECT = "redirect"
    TLS = "tls"
    TOO_OLD = "too_old"  # also by our own clock
    TOO_LARGE = "too_large"
    INVALID = "invalid"
    NOT_ENOUGH_CUSTOMER_DATA = "not_enough_customer_data"
    NO_VALUE = "no_value"
    NO_CURRENCY = "no_currency"
    BAD_CURRENCY = "bad_currency"
    BAD_LEAD_ID = "bad_lead_id"
    # What the sender finds.
    INTERRUPTED = "interrupted"  # the sender died while the events were on their way
    WINDOW = "window"  # the outcome is unknown, and Meta may no longer recognise a repeat
    EXPIRED_UNKNOWN = "expired_unknown"  # the outcome is unknown, and the events are too old now
    BYTES_LOST = "bytes_lost"
    CONFLICT = "conflict"  # the order was attempted under another key
    # What the shop itself took back.
    FORGOTTEN = "forgotten"  # the person asked for it
    WITHDRAWN = "withdrawn"  # the model no longer has it, and Meta did not get it
    WITHDRAWN_MAY_HAVE_ARRIVED = "withdrawn_may_have_arrived"  # the model no longer has it, and the outcome is unknown
    RETURNED = "returned"  # it may have arrived, was withdrawn, and is back in the model
    # What a person decides.
    GIVEN_UP = "given_up"
    RESEND = "resend"
    RESTORED = "restored"
    # Why a run stops, other than answers.
    MODEL_CHANGED = "model_changed"
    ALL_REJECTED = "all_rejected"
    TOO_MANY_REJECTED = "too_many_rejected"
    CLOCK = "clock"
    UNAVAILABLE = "unavailable"
    SIGNAL = "signal"


LATER = {Reason.THROTTLED, Reason.UNAVAILABLE}  # nothing is wrong here; the next run continues
STOPS: dict[str, str] = {
    Reason.TOKEN: "Meta does not accept the token, which is wrong or has expired: set a new META_ACCESS_TOKEN",
    Reason.PERMISSION: "the token may not send to it: assign the dataset to the token's system user",
    Reason.DATASET: "Meta knows no such dataset, or the token has no access to it: check dataset_id",
    Reason.BLOCKED: "Meta blocks it for policy reasons: see Events Manager",
    Reason.TLS: "the server's certificate is not trusted: look for a proxy in between",
    Reason.REDIRECT: "the server answered with a redirect, which is not followed: check --graph-url",
    Reason.NOT_META: "what answered is not the Graph API: check --graph-url and proxies",
    Reason.UNKNOWN_CODE: "Meta answered with an unknown error: `offline-capi status` shows its code",
    Reason.ALL_REJECTED: "every event fails in the same way, so none was set aside as bad: check the model or the dataset",
    Reason.TOO_MANY_REJECTED: "more than 5% of the events were rejected: check the model",
    Reason.CLOCK: "this machine's clock is more than 15 minutes off Meta's: set it correctly",
    Reason.THROTTLED: "Meta asked to wait longer than --max-wait: the next run continues",
    Reason.UNAVAILABLE: "Meta could not be reached or kept failing: the next run continues",
    Reason.SIGNAL: "a signal ended it: the next run continues",
}


def worse(old: str | None, new: str) -> str:
    """Of two reasons, the one that needs a person."""
    return new if old is None or old in LATER else old
