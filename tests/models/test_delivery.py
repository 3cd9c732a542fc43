"""capi_delivery shows what the sender's file says when it is queried; tests/end_to_end has a real send."""

import duckdb
import pytest

ORDERS = [
    {"order_id": number, "ordered_at": "2026-11-20T10:00:00Z", "total": "5", "currency": "EUR", "email": f"{number}@example.com"}
    for number in ("1", "2")
]  # fmt: skip
VARIABLES = {
    "capi_as_of": "2026-11-24T06:00:00Z", "capi_dataset_id": "100000000000001", "capi_use_customers": False,
    "capi_use_stores": False, "capi_use_order_items": False,
}  # fmt: skip
STATES = "select order_id, event_name, state, published_at from capi_delivery order by order_id"
PENDING = [
    {"order_id": number, "event_name": "Purchase", "state": "pending", "published_at": None} for number in ("1", "2")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, dbt, write_raw):
    """A shop built before anything was published, over the table that capi_delivery used to be in an earlier version."""
    folder = tmp_path_factory.mktemp("shop")
    write_raw(folder / "shop.duckdb", orders=ORDERS)
    with duckdb.connect(str(folder / "shop.duckdb")) as connection:
        connection.execute("create table capi_delivery as select 'of an earlier version' as state")
    variables = VARIABLES | {"capi_delivery_state": str(folder / "state" / "delivery_state.parquet")}
    dbt("run", database=folder / "shop.duckdb", variables=variables)
    return folder


def publish(folder, sql):
    """Replaces the sender's file as the sender does."""
    (folder / "state").mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder / 'shop.duckdb'}' as shop (read_only)")
        connection.execute(f"copy ({sql}) to '{folder / 'state' / 'part'}' (format parquet)")
    (folder / "state" / "part").replace(folder / "state" / "delivery_state.parquet")


def test_every_event_is_pending_before_anything_was_published(folder, query):
    assert query(folder / "shop.duckdb", STATES) == PENDING


def test_each_publication_is_shown_without_another_dbt_run_and_a_lost_file_is_no_error(folder, query):
    for state in ("held", "accepted"):
        publish(
            folder,
            f"select event_key, '{state}' as state, 7 as published_at from shop.capi_events where order_id = '2' union all "
            "select 'of a withdrawn event', 'accepted', 7",
        )
        assert query(folder / "shop.duckdb", STATES) == [
            PENDING[0],
            PENDING[1] | {"state": state, "published_at": 7},
            {"order_id": None, "event_name": None, "state": "accepted", "published_at": 7},
        ]
    (folder / "state" / "delivery_state.parquet").unlink()
    assert query(folder / "shop.duckdb", STATES) == PENDING


def test_a_file_of_an_older_sender_that_lacks_columns_is_read(folder, query):
    publish(folder, "select event_key, 'accepted' as state from shop.capi_events")
    assert query(folder / "shop.duckdb", STATES) == [row | {"state": "accepted"} for row in PENDING]
