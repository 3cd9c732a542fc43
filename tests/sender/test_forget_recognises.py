"""What a person types at `forget` is recognised exactly as the models hash it: one real dbt build, many dirty values."""

import json
from hashlib import sha256

import duckdb
import pytest

from scripts import generate_identities
from sender.events.identities import KINDS, identities, named, sql
from sender.events.recognition import answers
from tests.normalisation import dirt

PHONE, OTHER_PHONE = "+44 20 7946 0018", "+1 617 555 0199"
HASH = sha256(b"somebody").hexdigest()
BY_HAND = {
    "phone": [
        *(PHONE, "+44 (0)20 7946 0018", "0044 20 7946 0018", "tel:+442079460018", "020 7946 0018", "442079460018", ""),
        *("+88001851091997", "+8801851091997", f"{OTHER_PHONE} x5", f"{OTHER_PHONE} ext. 12", "＋１ ６１７ ５５５ ０１９９", "+1", "x5"),
        *("+١ ٦١٧ ٥٥٥ ٠١٩٩", f"{PHONE};{OTHER_PHONE}", f"{PHONE}; n/a ;", f"{PHONE};12", "\u202a+1 617 555 0199\u202c"),
    ],
    "email": [
        *("jane@shop.example", "mailto:jane@shop.example", "MAILTO:Jane@Shop.Example", "<joe@shop.example>", "not an address"),
        *("jose\u0301@shop.example", "jos\u00e9@shop.example", "ΑΝΤΏΝΙΟΣ@shop.example", "Αντώνιος@shop.example", "a@b", "@"),
        *("jane@shop.example\u200b", "\u200bjane@shop.example", "ja\u200bne@shop.example", "a@x.example;b@x.example;", ";"),
        *("'jane@shop.example", '"jane@shop.example"', "(jane@shop.example)", "İpek@shop.example", "test@test.com", "n/a"),
    ],
    "external_id": ["C 42", "c-42", "", " ", "\u00a0\u200b", "0", "-1", "guest", "42.0", "1e5", "Ｃ４２", "a;b", "ÄÖÜ", "nan", "7" * 64],
    "madid": ["38400000-8cf0-11bd-b23e-10b96e40000d", " 38400000-8CF0-11BD-B23E-10B96E40000D ", "38400000", "", "0" * 32],
    "lead_id": ["l:123456789012345", "L:123456789012345", "123456789012345", "12", "012345678901234", ""],
}  # fmt: skip
HASHES = [HASH, HASH.upper(), f" {HASH} ", f"{HASH}.AQICAQAB", HASH[:63], HASH[:32]]
# Typed abroad: stored values are read as of their customer's country, but for typed ones no country is known.
IN_A_COUNTRY = [
    *((value, "US") for value in ("011 44 20 7946 0018", "011 44 (0)20 7946 0018", "０11 44 20 7946 0018 x5", "617 555 0199")),
    *((value, "GB") for value in (PHONE, "020 7946 0018", "+44 (0)20 7946 0018", "0044 20 7946 0018")),
    *((value, "AR") for value in ("011 2345 6789", "011 4912 3456")),
]  # fmt: skip


def asked() -> list[tuple[str, str, str | None]]:
    """(kind, value, country of the customer), each once."""
    people = dirt.customers(120, seed=11)
    found = [(kind, str(person[kind]), None) for person in people for kind in BY_HAND if person[kind] is not None]
    found += [(kind, value, None) for kind, values in BY_HAND.items() for value in values]
    found += [(kind, value, None) for kind in ("email", "phone", "external_id") for value in HASHES]
    return list(dict.fromkeys([*found, *(("phone", *pair) for pair in IN_A_COUNTRY)]))


@pytest.fixture(scope="module")
def built(tmp_path_factory, dbt, write_raw, query):
    """For each identifier, the forms of its kind in its event; and the folder of dbt's artifacts."""
    database = tmp_path_factory.mktemp("recognised") / "shop.duckdb"
    customers = [
        {"customer_id": f"C{number}", "country": country, kind: value}
        for number, (kind, value, country) in enumerate(asked())
    ]
    orders = [
        {"order_id": str(number), "customer_id": f"C{number}", "ordered_at": "2026-11-24T10:00:00Z", "total": "1", "currency": "EUR"}
        for number in range(len(customers))
    ]  # fmt: skip
    write_raw(database, customers=customers, orders=orders)
    variables: dict[str, object] = {"capi_dataset_id": "1001", "capi_as_of": "2026-11-24T12:00:00Z"}
    variables |= {"capi_use_order_items": False, "capi_use_stores": False}
    ran = dbt("run", "--select", "+capi_events", database=database, variables=variables)
    events = {
        int(row["order_id"]): row["payload"] for row in query(database, "select order_id, payload from capi_events")
    }
    assert len(events) > 0.9 * len(customers)  # without any identifier there is no event
    found = []
    for number, (kind, _, _) in enumerate(asked()):
        fallback = sha256(f"c{number}".encode()).hexdigest()  # the customer_id, if there is no external_id
        its = {form for its_kind, form in named(events.get(number, "{}").encode()) if its_kind == kind}
        found.append(its - {fallback})
    return found, ran.target


def test_what_is_typed_is_recognised_as_the_models_hash_it(built):
    """A value that the models would not send is refused. So is a national number, because its country is not known."""
    sent, _ = built
    answered = answers([(kind, value) for kind, value, _ in asked()])
    differences = []
    for (kind, value, country), its, (forms, reason) in zip(asked(), sent, answered, strict=True):
        partly = ";" in value and bool(its) and reason is not None  # one of several is not a value: all are refused
        one_of_two = kind == "external_id" and len(forms) == 2 and its <= set(forms)  # a hash, or what looks like one
        if not (set(forms) == its or one_of_two or (not forms and (country or partly))):
            differences.append((kind, value, country, its, forms, reason))
    assert differences == []
    assert sum(bool(forms) for forms, _ in answered) > len(answered) / 2
    accepted = {
        value for (kind, value, country), (forms, _) in zip(asked(), answered, strict=True) if forms and country
    }
    assert accepted == {value for value, _ in IN_A_COUNTRY if "44" in value and ("+" in value or value[0] in "0０")} - {
        "020 7946 0018"
    }


def test_a_hash_is_recognised_for_any_kind():
    """In capitals too; an advertising id and a lead id are sent unhashed, but may still be given as their hash."""
    for kind in KINDS.values():
        for value in (HASH, HASH.upper(), f"\u200b{HASH} "):
            ((forms, _),) = answers([(kind, value)])
            assert HASH in forms
    ((plain, _),) = answers([("madid", "38400000-8CF0-11BD-B23E-10B96E40000D")])
    payload = json.dumps({"user_data": {"madid": "38400000-8cf0-11bd-b23e-10b96e40000d", "lead_id": 123456789012345}})
    assert set(plain) <= {form for _, form in named(payload.encode())}


def test_the_sql_that_ships_is_what_dbt_makes_of_the_models(built):
    """Otherwise run `python -m scripts.generate_identities`."""
    _, target = built
    manifest = json.loads((target / "manifest.json").read_text())
    assert generate_identities.FILE.read_text(encoding="utf-8") == generate_identities.script(manifest)


def test_sql_and_python_read_the_same_identifiers_out_of_an_event():
    persons = [
        {},
        None,
        {"em": [HASH], "ph": [], "fn": [sha256(b"no identifier").hexdigest()]},
        {"em": HASH, "ph": [HASH[::-1], "c"], "external_id": "c-42"},
        {"external_id": ['c"4\\2', "ö", "7", HASH], "madid": "38400000-8cf0-11bd-b23e-10b96e40000d", "lead_id": 12345678901234567},
        {"external_id": None, "madid": None, "lead_id": "123456789012345", "em": [None]},
        {"external_id": [42], "em": [HASH.upper()]},
    ]  # fmt: skip
    payloads = [json.dumps({"event_name": "Purchase", "user_data": person}) for person in persons]
    payloads.append('{"event_name": "Purchase", "custom_data": {"em": ["x"]}}')
    with duckdb.connect() as connection:
        query = f"select {sql('payload')} from (select unnest(?) as payload)"
        found = connection.execute(query, [payloads]).fetchall()
    assert [set(forms) for (forms,) in found] == [identities(payload.encode()) for payload in payloads]
    assert [len(identities(payload.encode())) for payload in payloads] == [0, 0, 1, 4, 6, 1, 2, 0]
