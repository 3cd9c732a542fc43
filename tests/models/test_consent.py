"""Any no, anywhere, wins; what cannot be read is not a yes. One customer and one order per value, all in two real dbt builds."""

import json
import random
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

NOW = "2026-11-24T06:00:00Z"
SALE = {"ordered_at": "2026-11-20T10:00:00Z", "total": "12.50", "currency": "EUR"}

MODEL = Path(__file__).resolve().parents[2] / "models/intermediate/reference/int_capi__consent_words.sql"
KNOWN = [
    (question, answer, word)
    for question, answer, words in re.findall(
        r"\('?(?:\s*')?(\w+)',\s+'(yes|no)',\s+'[^']*',\s+'((?:[^']|'')*)'\s*\)", MODEL.read_text()
    )
    for word in words.replace("''", "'").split("; ")
]

YES = [
    "yes", "Y", "TRUE", "t", "1", "1.0", "1.00", "on", " Yes ", "yes\r", "\ufeffyes", '"yes"', "'yes'", "“yes”", "yes\u200b", "ｙｅｓ",
    "yes;", "Yes.", "[yes]", '["true"]', "✔\ufe0f", "ja", "Ja!", "J", "oui", "OUI;", "si", "sí", "sì", "sim", "tak", "да", "ДА", "kyllä",
    "evet", "はい", "是", "subscribed", "SUBSCRIBED", "CONFIRMED_OPT_IN", "SINGLE_OPT_IN", "opted in", "Opted-In", "opt_in", "optIn",
    "granted", "einverstanden", "accepté", "d’accord", "aceptado", "akkoord", "samtycker", "zgoda", "согласен", "accepte", "kylla",
    "Accepts marketing", "wyrażona zgoda", "souhlasím", "ΣΥΜΦΩΝΩ", "setuju", "موافق", "同意", "동의", "đồng ý",
]  # fmt: skip
NO = [
    "no", "NO", "n", "false", "FALSE;", "f", "0", "0.0", "off", "no\r", "no\r\n", "\ufeffno", "\u202eno", "\u202eon", "\u202e On", '"no"', "No.", "no!", "nein", "Nein;",
    "non", "nee", "nej", "nei", "não", "nie", "нет", "НЕТ", "ne", "ei", "hayır", "いいえ", "否", "لا", "declined", "rejected", "refused", "denied",
    "opted-out", "Opted Out", "opt out", "opt_out", "OPTOUT", "do not contact", "DO_NOT_CONTACT", "Don't contact", "DNC", "withdrawn", "revoked",
    "expired", "nao", "refuse", "desabonne", "unsubscribed", "not_subscribed", "NOT SUBSCRIBED", "NEVER_SUBSCRIBED", "never subscribed", "non-subscribed", "transactional",
    "no consent", "not given", "Not Granted", "abgelehnt", "widerrufen", "nicht erteilt", "refusé", "désabonné", "pas d'accord", "rechazado",
    "dado de baja", "recusado", "rifiutato", "geweigerd", "nekad", "afmeldt", "avslått", "brak zgody", "отказ", "не согласен", "☐", "✗",
    "no, gracias", "Nein, danke!", "nein danke", "non merci", "No, thank you.", "nej tack", "nie, dziękuję", "não, obrigado", "nah", "no way",
    "never", "jamais", "nunca", "mai", "拒绝", "不同意", "退订", "아뇨", "수신거부", "希望しない", "配信停止", "👎", "🚫", "✖\ufe0f", "⬜", "unsubscribe me",
    "Withdrawal", "WIDERSPRUCH", "abmelden", "CANCELLED", "complained", "Spam complaint", "suppression list", "email_opt_out", "not opted",
    "nesouhlasím", "en hyväksy", "δεν συμφωνώ", "ΔΕΝ ΣΥΜΦΩΝΩ", "kabul etmiyorum", "tidak setuju", "từ chối", "لا أوافق", "לא מסכים",
    "सहमत नहीं", "ไม่ยินยอม", "nu sunt de acord", "leiratkozott", "no\u2028", "ＮＯ！", "‘no’", "<no>",
    "No permission", "do not market", "rejects", "keine Werbung", "pas de publicité", "Sin consentimiento", "sem consentimento", "nessun consenso",
    "zonder toestemming", "bez zgody", "ne, děkuji", "fără acord", "без согласия",
]  # fmt: skip
UNREADABLE = [
    "2", "-1", "-0", "+1", "01", "1.5", "10", "maybe", "vielleicht", "pending", "invalid", "redacted", "cleaned", "archived", "bounced",
    "withdrawn 2026-01-02", "no (phone)", "yes?", "¬yes", "!true", "-yes", "~yes", "not yes", "yes/no", "Y/N", "no-yes", "ja nein", "?!", "x",
    "2026-01-02", "☎", "email, sms", '{"email": true}', "true false", "yes1", "1e0", "implied", "s", "o",
    # look-alike letters of other scripts, from mathematics and in circles; several answers; forms of zero; other people's words
    "nо", "yеs", "ΥΕΣ", "𝐲𝐞𝐬", "ⓨⓔⓢ", "ʏᴇs", "𝐧𝐨", "yes, no", "no, yes", "yes\nno", "J.A.", "S.I.", "n/o", "👍", "☒", "❎", "×", "0x0", "00", "+0", "0%",
    "1,5", "=FALSE()", "consent=false", "granted=false", "{'consent': 'no'}", "[true, false]", "yes until 2025-01-01", "no until May",
    "confirmed", "active", "enabled", "ok", "unconfirmed", "W", "deleted", "prefer not to say", "ask later", "tbd", "y n", "yes yes",
]  # fmt: skip
EMPTY = [
    "",
    " ",
    "n/a",
    "N/A",
    "null",
    "NULL",
    "-",
    "--",
    "?",
    "none",
    "None",
    "nan",
    "NaN",
    "NaT",
    "#N/A",
    "unknown",
    "UNKNOWN",
    "\\N",
    "[]",
    '""',
]

# answers of a customer's rows, the answer on the order -> (what becomes of the order, ... with capi_consent_when_unknown: sent)
SENT, DENIED, UNCLEAR, UNKNOWN = None, "consent_denied", "consent_unclear", "consent_unknown"
CASES: list[tuple[Any, str | None, str | None, str | None]] = [
    *((["yes"], word, SENT, SENT) for word in YES + EMPTY),
    *(([word], None, SENT, SENT) for word in YES),
    *((None, word, SENT, SENT) for word in YES),
    *(([customer], word, DENIED, DENIED) for word in NO for customer in ("yes", None, "maybe")),
    *(([word], order, DENIED, DENIED) for word in NO for order in ("yes", None)),
    *((rows, "yes", DENIED, DENIED) for word in NO for rows in (["yes", word], [word, "yes", "yes"])),
    *(([customer], word, UNCLEAR, UNCLEAR) for word in UNREADABLE for customer in ("yes", None)),
    *(([word], order, UNCLEAR, UNCLEAR) for word in UNREADABLE for order in ("yes", None)),
    *((["yes", word], None, UNCLEAR, UNCLEAR) for word in UNREADABLE),
    *(([word], word, UNKNOWN, SENT) for word in EMPTY),
    *(
        (None, word.upper(), None if answer == "yes" else DENIED, None if answer == "yes" else DENIED)
        for question, answer, word in KNOWN
        if question in ("any", "marketing_consent")
    ),
    ([None], None, UNKNOWN, SENT),
    (["yes", None], None, SENT, SENT),
    (None, None, UNKNOWN, SENT),
    ([], None, UNKNOWN, SENT),
    ([], "no", DENIED, DENIED),
]

# the question, what the customer's rows say, what the order says -> in the payload, or the reason why it is not sent
FLAGS: list[tuple[str, Any, Any, Any]] = [
    (question, answers, answer, expected)
    for question in ("limited_data_use", "opt_out")
    for answers, answer, expected in [
        (["true"], "false", True),
        (["false"], "true", True),
        (["no", "JA;"], "no", True),
        (["nein", "non"], "нет", False),
        ([None], "n/a", False),
        ([None], "yes\r", True),
        (["0.0"], "1.0", True),
        (["perhaps"], "false", f"{question}_unclear"),
        ([None], "2", f"{question}_unclear"),
        (["false", "?!"], None, f"{question}_unclear"),
        # Words about permission answer another question: nobody knows whether they mean yes or no here.
        (["false"], "withdrawn", f"{question}_unclear"),
        (["granted"], None, f"{question}_unclear"),
        (["false"], "拒绝", f"{question}_unclear"),
        (["同意"], None, f"{question}_unclear"),
        (["never"], "no", f"{question}_unclear"),
        (["false"], "no, gracias", f"{question}_unclear"),
    ]
] + [
    ("opt_out", ["false"], "opted out", True),
    ("opt_out", ["false"], "OPT_OUT", True),
    ("opt_out", ["opted in"], "no", False),
    ("limited_data_use", ["false"], '["LDU"]', True),
    ("limited_data_use", ["[]"], None, False),
    ("limited_data_use", ["opted out"], None, "limited_data_use_unclear"),
    *(
        (question, [word], None, answer == "yes")
        for known, answer, word in KNOWN
        for question in ("limited_data_use", "opt_out")
        if known in ("any", question)
    ),
]

# A no with any sign, space or invisible character somewhere inside it.
CHANCE = random.Random(7)
SIGNS = [
    char for char in map(chr, range(1, 0x3100)) if unicodedata.category(char)[0] in "PSZC" and char not in "\ud800"
]
NOES = [word for question, answer, word in KNOWN if answer == "no" and question != "opt_out" and len(word) > 1]
SIGNED = [
    word[:at] + CHANCE.choice(SIGNS) + word[at:]
    for word in CHANCE.choices(NOES, k=400)
    for at in [CHANCE.randint(0, len(word))]
]

OWN_WORDS = {
    "Ｓ": SENT,
    " s;": SENT,
    "Bestätigt": SENT,
    "kein werbemüll": DENIED,
    "KEIN-Werbemüll": DENIED,
    "T": DENIED,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory, dbt, write_raw, query):
    """What became of each order, under the default and under capi_consent_when_unknown: sent; and the payloads of the second build."""
    customers: list[dict[str, Any]] = []
    orders: list[dict[str, Any]] = []

    def buy(name, rows, **told):
        if rows is not None:
            customers.extend({"customer_id": name, "email": f"{name}@example.com"} | row for row in rows)
        orders.append(SALE | {"order_id": name, "customer_id": rows and name, "email": "guest@example.com"} | told)

    for number, (answers, answer, _, _) in enumerate(CASES):
        rows = None if answers is None else [{"marketing_consent": one} for one in answers]
        buy(f"C{number}", rows, marketing_consent=answer)
        if answers == []:
            orders[-1]["customer_id"] = f"C{number}"
    for number, (question, answers, answer, _) in enumerate(FLAGS):
        rows = [{"marketing_consent": "yes", question: one} for one in answers]
        buy(f"F{number}", rows, **{question: answer})
    for word in OWN_WORDS:
        buy(f"own {word}", None, marketing_consent=word)
    for number, word in enumerate(SIGNED):
        buy(f"S{number}", [{"marketing_consent": "yes"}], marketing_consent=word)
    folder = tmp_path_factory.mktemp("consent")
    found = {}
    own = {"capi_consent_words": {"yes": ["S", "bestätigt"], "no": ["Kein Werbemüll", "t"]}}
    settings: dict[str, dict[str, Any]] = {"not_sent": {}, "sent": own}
    for sent, variables in settings.items():
        database = folder / f"{sent}.duckdb"
        write_raw(database, orders=orders, customers=customers)
        variables |= {"capi_as_of": NOW, "capi_dataset_id": "1", "capi_consent_when_unknown": sent}
        dbt("run", database=database, variables=variables | {"capi_use_stores": False, "capi_use_order_items": False})
        reasons = query(database, "select order_id, reason from capi_rejected_events")
        events = query(database, "select order_id, payload from capi_events")
        found[sent] = {row["order_id"]: row["reason"] for row in reasons}
        found[sent] |= {row["order_id"]: json.loads(row["payload"]) for row in events}
        assert len(reasons) + len(events) == len(orders) == len(found[sent])
    return found


def outcome(found):
    """The only reason; None for an event."""
    return None if isinstance(found, dict) else found


def test_a_yes_is_a_yes_any_no_wins_and_what_cannot_be_read_is_not_sent(built):
    wrong = [
        (answers, answer, expected, built["not_sent"][f"C{number}"])
        for number, (answers, answer, expected, _) in enumerate(CASES)
        if outcome(built["not_sent"][f"C{number}"]) != expected
    ]

    assert wrong == []


def test_the_setting_for_empty_values_sends_nothing_that_is_refused_or_not_understood(built):
    own = {"t", "T", "s"}
    wrong = [
        (answers, answer, expected, built["sent"][f"C{number}"])
        for number, (answers, answer, _, expected) in enumerate(CASES)
        if outcome(built["sent"][f"C{number}"]) != expected and not own & {answer, *(answers or [])}
    ]

    assert wrong == []


def test_a_shops_own_words_count_beside_the_known_ones_and_before_them(built):
    assert {word: outcome(built["sent"][f"own {word}"]) for word in OWN_WORDS} == OWN_WORDS
    assert outcome(built["not_sent"]["own Bestätigt"]) == UNCLEAR


def test_limited_data_use_and_opt_out_hold_when_any_row_says_so(built):
    def said(number, question):
        found = built["not_sent"][f"F{number}"]
        if not isinstance(found, dict):
            return found
        return found.get("opt_out", False) if question == "opt_out" else "data_processing_options" in found

    wrong = [(*case, said(number, case[0])) for number, case in enumerate(FLAGS) if said(number, case[0]) != case[3]]
    assert wrong == []


def test_a_no_with_any_sign_in_it_is_no_yes(built):
    """Whatever the sign turns it into: a no, or something that is not understood."""
    for found in built.values():
        outcomes = {word: outcome(found[f"S{number}"]) for number, word in enumerate(SIGNED)}
        assert {word: got for word, got in outcomes.items() if got not in (DENIED, UNCLEAR)} == {}
    assert DENIED in outcomes.values()


def test_every_known_word_is_tried():
    assert len(KNOWN) > 500
    assert len({(question, word) for question, _, word in KNOWN}) == len(KNOWN)
