"""Statuses as shops write them, with the reason why such an order is not sent, or None for a sale."""

SALES = """
    paid | PAID | Completed | complete | fulfilled | processing | wc-completed | wc-processing | Sale | sold | captured | succeeded | delivered
    | Awaiting Fulfillment | Payment accepted | ON BACKORDER (PAID) | LAYBY_CLOSED | invoiced | done | bezahlt | "paid" | pa\u200bid | ＰＡＩＤ
    | Paid (Cash) | bar bezahlt | Facturée | abgeschlossen | payé | PAYE | terminée | pagado | pago | pagato | betaald | opłacone | OPLACONE | betalt | slutförd | maksettu | zaplaceno
    | ödendi | TAMAMLANDI | оплачен | Завершён | сплачено | πληρωμένο | ΠΛΗΡΩΜΕΝΟ | 支払い済み | 已付款 | 결제 완료 | مدفوع | שולם
    | fizetve | TELJESÍTVE | plătit | PLATIT | finalizată | платена | plaćeno | ชำระเงินแล้ว | สำเร็จ | đã thanh toán | HOÀN THÀNH | lunas | sudah dibayar | भुगतान हो गया
    | Eladás | Vânzare | ขาย | Bán hàng | Penjualan | wc_completed | pago confirmado | POS sale | Closed Paid
    | n/a | null | - |
"""
CANCELLED = """
    cancelled | Canceled | wc-cancelled | VOIDED | void | storniert | STORNO | annulé | ANNULEE | cancelado | annullato | geannuleerd | anulowane
    | avbruten | kansellert | peruttu | zrušeno | iptal edildi | отменён | скасовано | ακυρώθηκε | キャンセル | 已取消 | 취소 | تم الإلغاء | בוטל
    | Order cancelled | cancel | törölve | Sztornózva | anulată | отказана | otkazano | ยกเลิกแล้ว | đã hủy | đã huỷ | dibatalkan | wc_cancelled | Auto-cancelled
    | रद्द
"""
REFUNDS = """
    refunded | wc-refunded | Fully Refunded | return | chargeback | restocked | Credit note | remboursé | REMBOURSEE | Gutschrift | rückerstattet
    | RUECKERSTATTET | reembolsado | estornado | rimborsato | terugbetaald | zwrócone | återbetald | refundert | hyvitetty | vráceno | iade | возврат
    | повернено | επιστροφή | 返金済み | 已退款 | 환불 | مسترد | הוחזר | paypal_reversed | manually refunded
    | visszatérítve | Visszáru | jóváírás | rambursat | RETURNATĂ | върната | vraćeno | คืนเงินแล้ว | คืนสินค้า | đã hoàn tiền | trả hàng | dikembalikan
    | Pengembalian dana | creditfactuur | vratka | वापसी
"""
NOT_SALES = """
    pending | draft | wc-failed | wc-on-hold | wc-pending | checkout-draft | wc-checkout-draft | auto-draft | trash | Payment failed | no sale | NO-SALE
    | training | payment_review | fraud | Suspected Fraud | holded | authorized | partially_paid | declined | quote | quotation | proforma
    | abandoned | deleted | error | expired | failed | test | unpaid | not paid | Entwurf | fehlgeschlagen | en attente | brouillon | pendiente
    | rascunho | in attesa | mislukt | oczekujące | väntande | mislykket | odottaa | čeká | beklemede | ожидает | не оплачен | εκκρεμεί | 保留
    | 未付款 | 대기 | معلق | ממתין | on_hold | ON HOLD | pending payment | requires_action | On backorder (not paid)
    | függőben | nem fizetett | neplătit | ÎN AȘTEPTARE | неплатена | na čekanju | รอชำระเงิน | chưa thanh toán | belum dibayar | menunggu pembayaran | लंबित
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
    ("részben visszatérítve", "100", "1"): "99",
    ("rambursat parțial", "100", "1"): "99",
    ("คืนเงินบางส่วน", "100", "1"): "99",
    ("hoàn tiền một phần", "100", "1"): "99",
    ("pengembalian sebagian", "100", "1"): "99",
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

# What the shop's settings say about its own statuses, and the results.
SETTINGS = {
    "capi_statuses_sales": ["layby", 3, "refunded", "✓"],
    "capi_statuses_not_sales": ["zurückgelegt", "Geparkt!", "paid", "cancelled"],
    "capi_status_when_unknown": "sent",
}
OWN_STATUSES = {
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
