"""The ways in: default names, renamed ones, the user's own models, and tables or columns that a shop does not have."""

import re
import textwrap

import pytest

AS_OF = "2026-11-24T06:00:00Z"
ORDERS = [
    {"order_id": "1", "ordered_at": "2026-11-20 10:00:00", "total": "12.50", "store_id": "paris", "customer_id": "ann"},
    {"order_id": "2", "ordered_at": "2026-11-21 10:00:00", "total": "7", "store_id": "paris", "customer_id": "bob"},
]
STORES = [{"store_id": "paris", "time_zone": "Europe/Paris", "currency": "EUR", "dataset_id": "100000000000001"}]
CUSTOMERS = [{"customer_id": "ann", "email": "ann@example.com"}, {"customer_id": "bob", "email": "bob@example.com"}]
ITEMS = [{"order_id": "1", "product_id": "A", "quantity": "1"}]
EVENTS = "select event_key, payload from capi_events order by event_key"


@pytest.fixture(scope="module")
def expected(tmp_path_factory, dbt, write_raw, query):
    """The events of the shop under the default names."""
    database = tmp_path_factory.mktemp("default") / "shop.duckdb"
    write_raw(database, orders=ORDERS, order_items=ITEMS, customers=CUSTOMERS, stores=STORES)
    dbt("run", database=database, variables={"capi_as_of": AS_OF})
    events = query(database, EVENTS)
    assert len(events) == 2
    return events


def test_renamed_schema_and_tables_give_the_same_events(tmp_path, dbt, write_raw, query, expected):
    database = tmp_path / "renamed.duckdb"
    write_raw(database, schema="till", sales=ORDERS, lines=ITEMS, people=CUSTOMERS, shops=STORES)
    names = {"orders": "sales", "order_items": "lines", "customers": "people", "stores": "shops"}
    variables = {f"capi_{table}_identifier": name for table, name in names.items()}
    dbt("run", database=database, variables=variables | {"capi_source_schema": "till", "capi_as_of": AS_OF})

    assert query(database, EVENTS) == expected


def test_a_users_own_models_in_a_project_of_their_own_give_the_same_events(
    tmp_path, dbt, write_raw, query, expected, repository
):
    """One `dbt deps` and one `dbt run` in a project elsewhere build the user's models first and ours after them."""
    database = tmp_path / "warehouse.duckdb"
    write_raw(database, schema="erp", vbak=ORDERS, vbap=ITEMS, kna1=CUSTOMERS, t001w=STORES)
    (tmp_path / "models").mkdir()
    (tmp_path / "packages.yml").write_text(f"packages: [{{local: '{repository}'}}]\n")
    (tmp_path / "profiles.yml").write_text(
        (repository / "profiles.yml").read_text().replace("offline_capi:", "mine:", 1)
    )
    (tmp_path / "dbt_project.yml").write_text(
        textwrap.dedent(f"""
            name: mine
            version: "1.0.0"
            profile: mine
            models: {{offline_capi: {{+schema: capi}}}}
            vars:
              capi_as_of: "{AS_OF}"
              capi_orders_model: sales
              capi_order_items_model: sale_lines
              capi_customers_model: clients
              capi_stores_model: shops
        """)
    )
    for model, table in {"sales": "vbak", "sale_lines": "vbap", "clients": "kna1", "shops": "t001w"}.items():
        (tmp_path / "models" / f"{model}.sql").write_text(f"select * from erp.{table}")
    dbt("deps", database=database, project=tmp_path)
    dbt("run", database=database, project=tmp_path)

    assert query(database, EVENTS.replace("capi_events", "main_capi.capi_events")) == expected


def test_a_shop_with_nothing_but_typed_orders_is_enough(tmp_path, dbt, query):
    """The three required columns, a currency and an e-mail, typed as a warehouse types them; no other table."""
    import duckdb

    database = tmp_path / "typed.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw")
        connection.execute("""
            create table raw.orders as
            select 1001 as order_id, timestamptz '2026-11-20 10:00:00+01' as ordered_at, 12.5::double as total, 'EUR' as currency,
                'ann@example.com' as email, 'ignored' as a_column_of_the_shops_own
        """)
    absent = {f"capi_use_{table}": False for table in ("order_items", "customers", "stores")}
    dbt("run", database=database, variables=absent | {"capi_dataset_id": "100000000000001", "capi_as_of": AS_OF})
    (event,) = query(database, "from capi_events")

    assert (event["order_id"], event["event_time"]) == ("1001", 1795165200)
    assert '"value":12.5,"currency":"EUR"' in event["payload"]


def failure(finished) -> str:
    """What dbt says went wrong, on one line."""
    assert finished.returncode != 0
    return re.sub(r"\s+", " ", finished.stdout)


def test_without_a_raw_schema_the_error_names_the_table_and_the_variables(tmp_path, dbt):
    said = failure(dbt("run", database=tmp_path / "empty.duckdb", check=False))

    assert 'the raw table "empty"."raw"."orders" does not exist' in said
    assert "capi_source_schema" in said
    assert "set capi_use_customers: false" in said


def test_a_missing_required_column_is_named(tmp_path, dbt, write_raw):
    database = write_raw(
        tmp_path / "shop.duckdb",
        orders=[{"order_id": "1", "ordered_at": "2026-11-20 10:00:00"}],
        order_items=ITEMS,
        customers=CUSTOMERS,
        stores=STORES,
    )
    said = failure(dbt("run", database=database, check=False))

    assert "has no column `total`" in said


def test_empty_tables_build_to_no_events(tmp_path, dbt, write_raw, query):
    database = tmp_path / "empty.duckdb"
    write_raw(database, orders=ORDERS, order_items=ITEMS, customers=CUSTOMERS, stores=STORES)
    import duckdb

    with duckdb.connect(str(database)) as connection:
        for table in ("orders", "order_items", "customers", "stores"):
            connection.execute(f"delete from raw.{table}")
    dbt("build", database=database)

    assert query(
        database, "select (select count(*) from capi_events) + (select count(*) from capi_rejected_events) as n"
    ) == [{"n": 0}]


@pytest.mark.parametrize(
    ("variable", "value", "part"),
    [
        ("capi_as_of", "yesterday", "capi_as_of is 'yesterday', which is not ISO 8601"),
        ("capi_consent_when_unknown", "maybe", "allowed are not_sent, sent"),
        ("capi_default_country", "France", "write an ISO 3166-1 code of two letters"),
        ("capi_date_order", "DMY", "allowed are dmy, mdy, ymd."),
        ("capi_test_stores", "BER", "write a list, such as [BER]"),
        (
            "capi_statuses_not_sales",
            ["On hold"],
            "capi_statuses_not_sales is 'On hold'; statuses are compared in lower case",
        ),
        ("capi_custom_fields", "campaign", "write a list, such as [campaign]"),
        ("capi_hashed_columns", {"emial": True}, "capi_hashed_columns is 'emial: True'"),
        ("capi_hashed_columns", "email", "write columns with true or false"),
        ("capi_use_customers", "false", "write true or false, without quotes"),
        ("capi_max_age_days_physical_store", "abc", "write a number, 0 or more"),
        ("capi_future_tolerance_seconds", -5, "write a number, 0 or more"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(tmp_path, dbt, variable, value, part):
    """Before any table is read."""
    said = failure(dbt("parse", database=tmp_path / "none.duckdb", variables={variable: value}, check=False))

    assert part in said
