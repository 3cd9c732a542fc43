"""What each setting changes, in one build with all settings."""

import hashlib
import json
import re

import jinja2
import pytest

from sender.events.identities import identities
from sender.events.recognition import answers

NOW = "2026-11-24T06:00:00Z"
SALE = {
    "ordered_at": "2026-11-20T10:00:00Z",
    "total": "5",
    "currency": "EUR",
    "store_id": "a",
    "customer_id": "ann",
    "campaign": 'Black "Friday"',
    '"Sales-Rep A 1/2.3~"': "Grace",
    '"order"': "x",
    '"group by"': "y",
    "amount": "999",
    "receipt_id": "z",
    "order_name": "#1",
}
CUSTOM_FIELDS = ["campaign", "SALES-rep A 1/2.3~", "order", "Group by", "amount", "receipt_id", "order_name"]
DIGEST = hashlib.sha256(b"ann@example.com").hexdigest()


@pytest.fixture(scope="module")
def payloads(tmp_path_factory, dbt, write_raw, query):
    database = tmp_path_factory.mktemp("settings") / "shop.duckdb"
    customers = [
        {
            "customer_id": "ann",
            "email": DIGEST.upper(),
            "external_id": f'"{DIGEST}"',
            "date_of_birth": "05/04/1990",
            "marketing_consent": None,
        },
        {
            "customer_id": "plain",
            "email": "plain@example.com",
            "external_id": "n/a",
            "date_of_birth": "2/16/1990",
            "marketing_consent": "true",
        },
        {"customer_id": "jane@example.com"},
        {"customer_id": "9", "external_id": "+1 (650) 555-1212"},
        {"customer_id": "10", "external_id": " Card 42-Ä ", "email": DIGEST},
    ]
    orders = [
        SALE | {"order_id": "1"},
        SALE | {"order_id": "1", "store_id": "b", "total": "6"},
        SALE | {"order_id": "2", "customer_id": "plain", "campaign": None},
        SALE | {"order_id": "3", "customer_id": "jane@example.com", "email": DIGEST},
        SALE | {"order_id": "4", "customer_id": "9", "email": DIGEST},
        SALE | {"order_id": "5", "customer_id": "10"},
    ]
    items = [{"order_id": "1", "product_id": "A"}, {"order_id": "2", "product_id": "B"}]
    write_raw(
        database, orders=orders, order_items=items, customers=customers, stores=[{"store_id": "a"}, {"store_id": "b"}]
    )
    variables = {
        "capi_as_of": NOW,
        "capi_dataset_id": "1001",
        "capi_consent_when_unknown": "sent",
        "capi_order_id_scope": "store",
        "capi_hashed_columns": {"email": True},
        "capi_hash_external_id": False,
        "capi_date_order": "dmy",
        "capi_custom_fields": CUSTOM_FIELDS,
        "capi_event_name": "Lead",
        "capi_action_source": "phone_call",
        "capi_upload_tag": "daily",
    }
    finished = dbt("run", database=database, variables=variables)
    assert "the customer_id of 1 orders looks like an e-mail address or a phone" in re.sub(r"\s+", " ", finished.stdout)
    dropped = {(row["order_id"], row["field"], row["reason"]) for row in query(database, "from capi_dropped_values")}
    events = query(database, "from capi_events")
    return {event["order_id"]: json.loads(event["payload"]) for event in events}, dropped, events


def test_receipt_numbers_that_repeat_across_stores_are_told_apart(payloads):
    assert payloads[0].keys() == {"a-1", "b-1", "a-2", "a-3", "a-4", "a-5"}


def test_lines_of_a_receipt_number_that_two_stores_share_belong_to_neither(payloads):
    found, dropped, _ = payloads

    assert ["contents" in found[order]["custom_data"] for order in ("a-1", "b-1", "a-2")] == [False, False, True]
    assert ("1", "contents", "lines_of_several_stores") in dropped


def test_a_column_declared_hashed_takes_hashes_only(payloads):
    found, dropped, _ = payloads

    assert found["a-1"]["user_data"]["em"] == [DIGEST]
    assert "em" not in found["a-2"]["user_data"]
    assert ("2", "em", "not_a_sha256") in dropped


def test_an_external_id_may_be_sent_plain_and_stays_valid_json(payloads):
    assert payloads[0]["a-1"]["user_data"]["external_id"] == [f'"{DIGEST}"']


def test_a_missing_external_id_is_the_customer_id(payloads):
    assert payloads[0]["a-2"]["user_data"]["external_id"] == ["plain"]


@pytest.mark.parametrize(
    ("order", "kind", "typed"),
    [
        *(("a-1", "email", DIGEST), ("a-1", "email", " Ann@Example.com"), ("a-1", "external_id", f'"{DIGEST}"')),
        *(("a-2", "external_id", "Plain "), ("a-5", "external_id", "card 42-ä"), ("a-5", "email", "ann@example.com")),
    ],
)
def test_forget_recognises_an_id_that_is_sent_plain_and_an_address_that_came_hashed(payloads, order, kind, typed):
    ((forms, _),) = answers([(kind, typed)])

    assert set(forms) & identities(json.dumps(payloads[0][order]).encode())


def test_a_declared_order_reads_an_ambiguous_date_and_refuses_one_that_contradicts_it(payloads):
    found, dropped, _ = payloads

    assert found["a-1"]["user_data"]["db"] == [hashlib.sha256(b"19900405").hexdigest()]
    assert ("2", "db", "date_impossible") in dropped


def test_a_custom_field_is_text_in_custom_data_and_left_out_when_empty(payloads):
    assert payloads[0]["a-1"]["custom_data"]["campaign"] == 'Black "Friday"'
    assert "campaign" not in payloads[0]["a-2"]["custom_data"]


def test_a_custom_field_may_be_called_as_it_likes_and_sends_what_its_column_holds(payloads):
    custom = payloads[0]["a-1"]["custom_data"]

    assert {name: custom[name] for name in CUSTOM_FIELDS[1:]} == dict(
        zip(CUSTOM_FIELDS[1:], ["Grace", "x", "y", "999", "z", "#1"], strict=True)
    )
    assert (custom["value"], custom["order_id"]) == (5, "a-1")


def test_an_external_id_that_is_sent_plain_is_no_address_and_no_phone(payloads):
    found, dropped, _ = payloads

    assert "external_id" not in found["a-3"]["user_data"]
    assert "external_id" not in found["a-4"]["user_data"]
    assert {("3", "external_id", "external_id_is_contact"), ("4", "external_id", "external_id_is_contact")} <= dropped


def test_defaults_stand_in_for_what_orders_do_not_say(payloads):
    event = payloads[2][0]

    assert (event["event_name"], event["action_source"], event["upload_tag"]) == ("Lead", "phone_call", "daily")
    assert event["expires_at"] - event["event_time"] == 7 * 86_400


def test_unknown_consent_is_sent_when_the_shop_says_so(payloads):
    assert "a-1" in payloads[0]


def test_every_setting_that_decides_about_orders_is_watched_for_changes(repository):
    sources = [*repository.glob("macros/**/*.sql"), *repository.glob("models/**/*.sql")]
    used = {
        name
        for path in sources
        if path.name != "capi_settings.sql"
        for name in re.findall(r'(?:var|capi_setting|capi_own_statuses)\(\s*"(capi_[a-z_]+)"', path.read_text())
    }
    # capi_given_name is read in a shop's own models, so their rows change with it.
    elsewhere = {"capi_as_of", "capi_delivery_state", "capi_given_name", "capi_use_"}
    watched = set(re.findall(r'"(capi_[a-z_]+)"', (repository / "macros/settings/capi_settings.sql").read_text()))
    assert used - elsewhere == watched


@pytest.mark.pure
def test_an_upgrade_judges_every_order_again(repository):
    """Because the version is one of the settings; macros cannot read it, so it is written a second time."""
    version = re.search(r'(?m)^version: "([^"]+)"', (repository / "dbt_project.yml").read_text())[1]
    source = (repository / "macros/settings/capi_settings.sql").read_text().replace("offline_capi.", "")
    settings: list[dict[str, object]] = []

    def returned(value):
        settings.append(value)
        return value

    dbt = {"return": returned, "var": lambda name, default: default}
    jinja2.Environment(extensions=["jinja2.ext.do"]).from_string(source + "{% do capi_settings() %}").render(dbt)
    assert str(settings[-1]["version"]).strip() == version
