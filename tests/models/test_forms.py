"""The forms in which shops write statuses, and what each becomes: one order a form, all of them in a few real dbt builds."""

from decimal import Decimal

import pytest

NOW = "2026-11-24T06:00:00Z"
SALE = {"ordered_at": "2026-11-20T10:00:00Z", "total": "12.50", "currency": "EUR", "email": "ann@example.com"}

SALES = """
    paid | PAID | Completed | complete | fulfilled | processing | wc-completed | wc-processing | Sale | sold | captured | succeeded | delivered
    | Awaiting Fulfillment | Payment accepted | ON BACKORDER (PAID) | LAYBY_CLOSED | invoiced | done | bezahlt | "paid" | pa\u200bid | ＰＡＩＤ
    | abgeschlossen | payé | PAYE | terminée | pagado | pago | pagato | betaald | opłacone | OPLACONE | betalt | slutförd | maksettu | zaplaceno
    | ödendi | TAMAMLANDI | оплачен | Завершён | сплачено | πληρωμένο | ΠΛΗΡΩΜΕΝΟ | 支払い済み | 已付款 | 결제 완료 | مدفوع | שולם
    | n/a | null | - |
"""
CANCELLED = """
    cancelled | Canceled | wc-cancelled | VOIDED | void | storniert | STORNO | annulé | ANNULEE | cancelado | annullato | geannuleerd | anulowane
    | avbruten | kansellert | peruttu | zrušeno | iptal edildi | отменён | скасовано | ακυρώθηκε | キャンセル | 已取消 | 취소 | تم الإلغاء | בוטל
    | Order cancelled | cancel
"""
REFUNDS = """
    refunded | wc-refunded | Fully Refunded | return | chargeback | restocked | Credit note | remboursé | REMBOURSEE | Gutschrift | rückerstattet
    | RUECKERSTATTET | reembolsado | estornado | rimborsato | terugbetaald | zwrócone | återbetald | refundert | hyvitetty | vráceno | iade | возврат
    | повернено | επιστροφή | 返金済み | 已退款 | 환불 | مسترد | הוחזר | paypal_reversed | manually refunded
"""
NOT_SALES = """
    pending | draft | wc-failed | wc-on-hold | wc-pending | checkout-draft | wc-checkout-draft | auto-draft | trash | Payment failed | no sale | NO-SALE
    | training | payment_review | fraud | Suspected Fraud | holded | authorized | partially_paid | declined | quote | quotation | proforma
    | abandoned | deleted | error | expired | failed | test | unpaid | not paid | Entwurf | fehlgeschlagen | en attente | brouillon | pendiente
    | rascunho | in attesa | mislukt | oczekujące | väntande | mislykket | odottaa | čeká | beklemede | ожидает | не оплачен | εκκρεμεί | 保留
    | 未付款 | 대기 | معلق | ממתין | on_hold | ON HOLD | pending payment | requires_action | On backorder (not paid)
"""
UNKNOWN = """
    3 | 0 | -1 | 3.0 | SAVED | LAYBY | closed | CLOSED | open | approved | sent | geschlossen | unfulfilled | whatever | paid? | !paid | ✗ | ✓ | ❌ | 支
    | unknown | ? | undefined | a | paid / cancelled | ну | 未知
"""
STATUSES = {
    status.strip(): meaning
    for meaning, texts in {
        None: SALES, "cancelled": CANCELLED, "refund": REFUNDS, "not_a_sale": NOT_SALES, "status_unknown": UNKNOWN
    }.items()
    for status in texts.split("|")
}  # fmt: skip

# (status, total, refunded) -> the value that is sent, or the reason.
REFUNDED: dict[tuple[str | None, str, str | None], str] = {
    ("partially_refunded", "100", "30"): "70",
    ("Partially Refunded", "100", "-30"): "70",
    ("partial refund", "100.10", "0.05"): "100.05",
    ("teilweise erstattet", "100", "30.00"): "70",
    ("remboursé partiellement", "100", "1"): "99",
    ("parcialmente reembolsado", "100", "1"): "99",
    ("частичный возврат", "100", "1"): "99",
    ("部分退款", "100", "1"): "99",
    ("一部返金", "100", "1"): "99",
    ("completed", "100", "30"): "70",
    (None, "100", "30"): "70",
    (None, "100", "0"): "100",
    (None, "100", ""): "100",
    (None, "0", "0"): "0",
    ("paid", "100", "100"): "refund",
    ("partially_refunded", "100", "120"): "refund",
    (None, "0", "5"): "refund",
    ("partially_refunded", "100", None): "refunded_unclear",
    ("partially_refunded", "100", "0.00"): "refunded_unclear",
    ("partially_refunded", "100", "some"): "refunded_unclear",
    ("paid", "100", "some"): "refunded_unclear",
}


@pytest.fixture(scope="module")
def judge(tmp_path_factory, dbt, write_raw, query):
    """Builds orders that each differ from a plain sale; returns what became of each, by its number: a row of events or of rejected."""

    def build(orders, **variables):
        database = tmp_path_factory.mktemp("forms") / "shop.duckdb"
        rows = [
            SALE | {"order_id": str(number), "status": None, "refunded": None} | order
            for number, order in enumerate(orders)
        ]
        write_raw(database, orders=rows)
        absent = {f"capi_use_{table}": False for table in ("order_items", "customers", "stores")}
        dbt("run", database=database, variables=absent | {"capi_as_of": NOW, "capi_dataset_id": "1001"} | variables)
        found = query(database, "from capi_rejected_events") + query(database, "from capi_events")
        by_number = {int(row["order_id"]): row for row in found}
        return [by_number[number] for number in range(len(orders))]

    return build


@pytest.fixture(scope="module")
def plain(judge):
    """What becomes of every form without any setting."""
    statuses = [{"status": status} for status in STATUSES]
    refunded = [{"status": status, "total": total, "refunded": amount} for status, total, amount in REFUNDED]
    rows = judge(statuses + refunded)
    return {"statuses": rows[: len(statuses)], "refunded": rows[len(statuses) :]}


@pytest.fixture(scope="module")
def declared(judge):
    """What becomes of statuses that the shop's own settings speak of."""
    words = (
        "Zurückgelegt",
        "geparkt!",
        "LAYBY",
        "3.0",
        "paid",
        "Refunded",
        "closed",
        "whatever",
        "cancelled",
        "✓",
        "?",
    )
    rows = judge(
        [{"status": word} for word in words],
        capi_statuses_sales=["layby", 3, "refunded", "✓"],
        capi_statuses_not_sales=["zurückgelegt", "Geparkt!", "paid", "cancelled"],
        capi_status_when_unknown="sent",
    )
    return dict(zip(words, (row.get("reason") for row in rows), strict=True))


def test_a_status_is_a_sale_or_rejected_for_what_it_says_in_any_language_and_system(plain):
    found = {status: row.get("reason") for status, row in zip(STATUSES, plain["statuses"], strict=True)}

    assert found == STATUSES


def test_what_was_given_back_is_taken_off_the_value_and_never_guessed(plain):
    found = {form: row.get("reason") or row["value"] for form, row in zip(REFUNDED, plain["refunded"], strict=True)}
    expected = {form: Decimal(told) if told[0].isdigit() else told for form, told in REFUNDED.items()}

    assert found == expected


def test_a_shop_says_itself_what_its_statuses_mean(declared):
    assert declared == {
        "Zurückgelegt": "not_a_sale",
        "geparkt!": "not_a_sale",
        "LAYBY": None,
        "3.0": None,
        "paid": "not_a_sale",
        "Refunded": None,
        "closed": None,
        "whatever": None,
        "cancelled": "cancelled",
        "✓": None,
        "?": None,
    }


def test_only_these_words_mean_different_things_in_different_systems(tmp_path, dbt, write_raw, query):
    database = write_raw(tmp_path / "shop.duckdb", orders=[SALE | {"order_id": "1"}])
    dbt("run", "--select", "int_capi__statuses", database=database)
    rows = query(
        database,
        "select status_key, list(distinct meaning) as meanings from int_capi__statuses group by 1 having len(meanings) > 1",
    )

    assert {row["status_key"] for row in rows} == {"approved", "closed", "open", "sent"}
