"""A shop in which every personal value is a text that occurs nowhere else, in good rows and in broken ones.

`PEOPLE` differ in what becomes of their orders. For each value and each hash of it, tests ask where it may be:
docs/privacy.md names the places.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

Row = dict[str, Any]


class Value(NamedTuple):
    """A text as the shop wrote it, and as Meta takes it before hashing; None if no form of it may be hashed."""

    column: str
    written: str
    normalised: str | None


def person(number: int) -> list[Value]:
    """Person 0 to 19. There are few genders and countries, so they are only looked for where they are unreadable."""
    mark = f"qzx{'abcdefghijklmnopqrst'[number]}"
    digits = f"{612_340_000 + number * 1_117}"
    return [
        Value("email", f" {mark.upper()}.Mail@Canary.example ", f"{mark}.mail@canary.example"),
        Value("phone", f"+33 {digits[0]} {digits[1:3]} {digits[3:5]} {digits[5:7]} {digits[7:]}", f"33{digits}"),
        Value("first_name", f"{mark}-Givén", f"{mark}givén"),
        Value("last_name", f"O'{mark}nym", f"o{mark}nym"),
        Value("date_of_birth", f"{1950 + number}-03-{10 + number}", f"{1950 + number}03{10 + number}"),
        Value("city", f"{mark} Town", f"{mark}town"),
        Value("state", f"{mark} County", f"{mark}county"),
        Value("postal_code", f"{mark}-77", f"{mark}77"),
        Value("external_id", f"Ext-{mark}-1", f"ext-{mark}-1"),
        Value("madid", f"{mark.encode().hex()}-8CF0-11BD-B23E-10B96E40000D", f"{mark.encode().hex()}-8cf0-11bd-b23e-10b96e40000d"),
        Value("lead_id", f"l:7{digits}98765", f"7{digits}98765"),
    ]  # fmt: skip


def broken(number: int) -> list[Value]:
    """Values of the same columns that cannot be read."""
    mark = f"qzx{'abcdefghijklmnopqrst'[number]}"
    return [
        *(Value("email", f"{mark} at nowhere", None), Value("phone", f"{mark} 12", None)),
        *(Value("first_name", f"{mark}1", f"{mark}1"), Value("date_of_birth", f"31 {mark} 1990", None)),
        *(Value("country", f"{mark}istan", None), Value("gender", f"{mark}gender", None)),
        *(Value("madid", f"{mark}-madid", None), Value("lead_id", f"{mark}123", None)),
        Value("external_id", f"X-{mark}", f"x-{mark}"),
    ]


ATTACHED = "till"  # the name of the raw tables' database
# People who are sent, and people who are not: different data may be kept about them.
SENT = ["member", "guest", "unreadable", "leaver"]
REFUSED = ["denied", "guest_denied", "unclear", "silent", "void", "unpaid", "undated", "customer_only"]
CLASHING = ["clashing", "clashing_again"]  # two receipts with one number: they clash only when they are compared
PEOPLE = {name: broken(i) if name == "unreadable" else person(i) for i, name in enumerate(SENT + REFUSED + CLASHING)}
CUSTOMERS = ("member", "denied", "unclear", "silent", "leaver", "customer_only")  # the others are guests
# Texts that say nothing about a person and are stored unchanged, and some that are in none of our tables.
ORDINARY = {"order_id": "qzxorder", "store_id": "qzxstore", "status": "qzxstatus", "ordered_at": "qzxtime"}
NOWHERE = ["qzxmemo", "qzxcashier", "qzxamount", "qzxmoney", "qzxperhaps"]


PEOPLE["leaver"] = [
    value for value in PEOPLE["leaver"] if value.column != "external_id"
]  # the customer's number takes its place
HASHED = {"email", "phone", "first_name", "last_name", "date_of_birth", "city", "state", "postal_code", "external_id"}


def columns(name: str) -> Row:
    return {value.column: value.written for value in PEOPLE[name]}


def customer_id(name: str) -> str:
    return f"Cust-qzxid-{name}"


def sale(name: str, **more: Any) -> Row:
    at = datetime.now(UTC) - timedelta(hours=5)
    who: Row = {"customer_id": customer_id(name)} if name in CUSTOMERS else columns(name) | {"marketing_consent": "yes"}
    fixed = {"order_id": f"qzxorder-{name}", "ordered_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "total": "12.50"}
    return fixed | {"currency": "EUR", "store_id": "qzxstore-1", "cashier": "qzxcashier"} | who | more


def tables() -> dict[str, list[Row]]:
    orders = [
        *(sale("member"), sale("guest"), sale("unreadable"), sale("leaver")),
        *(sale("denied"), sale("guest_denied", marketing_consent="no"), sale("unclear"), sale("silent")),
        *(sale("void", status="void"), sale("unpaid", total="qzxamount", currency="qzxmoney", status="qzxstatus")),
        sale("undated", ordered_at="qzxtime o'clock"),
        *(sale("clashing", order_id="qzxorder-c"), sale("clashing_again", order_id="qzxorder-c", total="1")),
    ]
    said = {"member": "yes", "leaver": "yes", "denied": "no", "unclear": "qzxperhaps", "customer_only": "yes"}
    customers: list[Row] = [
        columns(name) | {"customer_id": customer_id(name), "marketing_consent": said.get(name), "loyalty": "qzxmemo"}
        for name in CUSTOMERS
    ]
    return {
        "orders": orders,
        "customers": customers,
        "order_items": [
            {"order_id": "qzxorder-member", "product_id": "P-1", "quantity": "1", "unit_price": "12.50", "memo": "qzxmemo"},
            {"order_id": "qzxorder-nobody", "product_id": "P-2", "quantity": "qzxamount"},
        ],
        "stores": [{"store_id": "qzxstore-1", "time_zone": "Europe/Paris", "country": "FR"}],
    }  # fmt: skip


def named() -> dict[str, str]:
    """Every text by its name: `person column`, and `person column as written` for texts that Meta takes in another form."""
    values = [(name, value) for name, its in PEOPLE.items() for value in its]
    found = {f"{name} {value.column} as written": value.written for name, value in values}
    found |= {f"{name} {value.column}": value.normalised for name, value in values if value.normalised}
    found |= {f"{name} customer_id": customer_id(name) for name in CUSTOMERS}
    return found | {text: text for text in (*ORDINARY.values(), *NOWHERE)}
