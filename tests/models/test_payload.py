"""The exact bytes of an event, one feature per order."""

import hashlib

import pytest

AS_OF = "2026-11-24T06:00:00Z"
# `cashier` is not a column that the package knows.
SALE = {
    "cashier": "Grace",
    "ordered_at": "2026-11-20T09:00:00Z",
    "total": "12.5",
    "currency": "EUR",
    "store_id": "paris",
}
MOMENT = 1795165200
STORES = [
    {"store_id": "paris", "country": "FR", "store_code": "075", "store_page_id": "111", "brand_page_id": "222"},
    {"store_id": "fresno", "country": "US", "state": "CA"},
    {"store_id": "bare"},
]


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


EMAIL = f'"user_data":{{"em":["{sha("a@example.com")}"]}}'
STORE = '"store_data":{"store_page_id":"111","brand_page_id":"222","store_code":"075"}'


def event(
    order,
    *,
    head="",
    user=EMAIL,
    custom="",
    store=STORE,
    tail="",
    name="Purchase",
    value='"value":12.5,"currency":"EUR",',
):
    """A payload with keys in their one fixed order, and with what differs from a plain sale."""
    return (
        f'{{"event_name":"{name}","event_time":{MOMENT},"action_source":"physical_store",{head}{user},'
        f'"custom_data":{{{value}"order_id":"{order}"{custom}{"," if store else ""}{store}}}{tail}}}'
    )


# feature -> (what the order adds to a plain sale, the payload it becomes)
FEATURES = {
    "plain": ({}, event("plain")),
    "amount in yen": (
        {"total": "1250.4", "currency": "jpy"},
        event("amount in yen", value='"value":1250.4,"currency":"JPY",'),
    ),
    "many decimals": ({"total": "19.9900000001"}, event("many decimals", value='"value":19.99,"currency":"EUR",')),
    "three decimals": (
        {"total": "1.2345", "currency": "KWD"},
        event("three decimals", value='"value":1.235,"currency":"KWD",'),
    ),
    "007": ({}, event("007")),
    "1E5": ({}, event("1E5")),
    "9007199254740993": ({}, event("9007199254740993")),
    "zero": ({"total": "0.00"}, event("zero", value='"value":0,"currency":"EUR",')),
    "no value": ({"event_name": "lead", "total": None}, event("no value", name="Lead", value="")),
    "event id": ({"event_id": 'a"b'}, event("event id", head='"event_id":"a\\"b",')),
    "opt out": ({"opt_out": "yes"}, event("opt out", head='"opt_out":true,')),
    "no opt out": ({"opt_out": "no"}, event("no opt out")),
    "item": ({"item_number": "7"}, event("item", custom=',"item_number":"7"')),
    "lines": (
        {},
        event(
            "lines",
            custom=',"content_type":"product","content_ids":["A","B"],"contents":[{"id":"A","quantity":2,"item_price":9.99,'
            '"title":"=1+1","brand":"Northwind","category":"Apparel","delivery_category":"in_store"},{"id":"B","quantity":1}]',
        ),
    ),
    "checkout": (
        {"event_name": "InitiateCheckout"},
        event(
            "checkout",
            name="InitiateCheckout",
            custom=',"content_type":"product","content_ids":["A"],"contents":[{"id":"A","quantity":1}],"num_items":1',
        ),
    ),
    "bare store": ({"store_id": "bare"}, event("bare store", store="")),
    "limited in California": (
        {"store_id": "fresno", "limited_data_use": "true"},
        event(
            "limited in California",
            store="",
            tail=',"data_processing_options":["LDU"],"data_processing_options_country":1,"data_processing_options_state":1000',
        ),
    ),
    "limited elsewhere": (
        {"limited_data_use": "true"},
        event(
            "limited elsewhere",
            tail=',"data_processing_options":["LDU"],"data_processing_options_country":0,"data_processing_options_state":0',
        ),
    ),
    "custom field": ({"campaign": "Spring\n<b>"}, event("custom field", store=STORE + ',"campaign":"Spring\\n<b>"')),
    # A name that came as a SHA-256 passes, one that came as an MD5 is no name.
    "already hashed": (
        {"first_name": "5d41402abc4b2a76b9719d911017c592", "last_name": sha("byron").upper()},
        event("already hashed", user=EMAIL[:-1] + f',"ln":["{sha("byron")}"]}}'),
    ),
    "everything known of a person": (
        {
            "email": "b@example.com;a@example.com",
            "phone": "06 12 34 56 78",
            "first_name": "Zoë",
            "last_name": "O'Neil",
            "gender": "female",
            "date_of_birth": "1990-12-31",
            "city": "Saint-Étienne",
            "state": "Loire",
            "postal_code": "42 000",
            "country": "France",
            "external_id": "X 1",
            "madid": "38400000-8CF0-11BD-B23E-10B96E40000D",
            "lead_id": "l:123456789012345",
        },
        event(
            "everything known of a person",
            user='"user_data":{"em":['
            + ",".join(f'"{digest}"' for digest in sorted((sha("a@example.com"), sha("b@example.com"))))
            + f'],"ph":["{sha("33612345678")}"],"fn":["{sha("zoë")}"],"ln":["{sha("oneil")}"],"ge":["{sha("f")}"],'
            f'"db":["{sha("19901231")}"],"ct":["{sha("saintétienne")}"],"st":["{sha("loire")}"],"zp":["{sha("42000")}"],'
            f'"country":["{sha("fr")}"],"external_id":["{sha("x1")}"],"madid":"38400000-8cf0-11bd-b23e-10b96e40000d",'
            '"lead_id":123456789012345}',
        ),
    ),
}
LINES = [
    {"order_id": "lines", "product_id": "B"},
    {
        "order_id": "lines",
        "product_id": "A",
        "quantity": "2.0",
        "unit_price": "9.9900",
        "title": "=1+1",
        "brand": "Northwind",
        "category": "Apparel",
        "delivery_category": "In_Store",
    },
    {"order_id": "checkout", "product_id": "A", "quantity": "1"},
]


@pytest.fixture(scope="module")
def payloads(tmp_path_factory, dbt, write_raw, query):
    database = tmp_path_factory.mktemp("payload") / "shop.duckdb"
    orders = [SALE | {"order_id": name, "email": "a@example.com"} | added for name, (added, _) in FEATURES.items()]
    write_raw(database, orders=orders, order_items=LINES, stores=STORES)
    variables = {
        "capi_as_of": AS_OF,
        "capi_dataset_id": "1001",
        "capi_use_customers": False,
        "capi_custom_fields": ["campaign"],
    }
    dbt("run", database=database, variables=variables)
    return {row["order_id"]: row["payload"] for row in query(database, "from capi_events")}


@pytest.mark.parametrize("feature", FEATURES)
def test_an_event_is_exactly_these_bytes(payloads, feature):
    assert payloads[feature] == FEATURES[feature][1]


def test_a_column_that_the_package_does_not_know_is_left_alone(payloads):
    assert not any("Grace" in payload for payload in payloads.values())
