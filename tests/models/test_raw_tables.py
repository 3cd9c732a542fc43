"""The ways to connect: default names, renamed ones, the user's own models, and tables or columns that a shop does not have."""

import json
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
    """One `dbt deps` and one `dbt run` in another project build the user's models first, then ours."""
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


def as_the_shop_has_it(rows, names):
    """The same rows under the shop's own column names; a name that is not SQL is quoted."""
    return [{f'"{names.get(column, column)}"': value for column, value in row.items()} for row in rows]


def test_columns_under_other_names_and_tables_in_another_case_give_the_same_events(
    tmp_path, dbt, write_raw, query, expected
):
    """capi_columns for every table: names with spaces, quotes and capitals, in a different case than in the table.

    A column with our name is not used if capi_columns names another. DuckDB reads RAW.Orders as raw.orders."""
    names = {
        "orders": {"order_id": "Order ID", "ordered_at": "Created at", "customer_id": "Customer's No."},
        "order_items": {"product_id": "Lineitem SKU", "quantity": "QTY"},
        "customers": {"email": "E-Mail"},
        "stores": {"time_zone": "Zone", "dataset_id": "Pixel 'ID'"},
    }
    database = tmp_path / "names.duckdb"
    write_raw(
        database,
        schema="RAW",
        Orders=as_the_shop_has_it(ORDERS, names["orders"]),
        ORDER_ITEMS=as_the_shop_has_it(ITEMS, names["order_items"]),
        Customers=[row | {"email": "till@shop.example"} for row in as_the_shop_has_it(CUSTOMERS, names["customers"])],
        stores=as_the_shop_has_it(STORES, names["stores"]),
    )
    columns = {table: {ours: name.upper() for ours, name in names[table].items()} for table in names}
    dbt("run", database=database, variables={"capi_columns": columns, "capi_as_of": AS_OF})

    assert query(database, EVENTS) == expected


@pytest.fixture(scope="module")
def project(tmp_path_factory, dbt, write_raw, repository):
    """A user's own project with raw tables, and what changes it: its dbt_project.yml and further files."""
    folder = tmp_path_factory.mktemp("project")
    database = folder / "warehouse.duckdb"
    write_raw(database, orders=ORDERS, order_items=ITEMS, customers=CUSTOMERS, stores=STORES)
    (folder / "models").mkdir()
    (folder / "packages.yml").write_text(f"packages: [{{local: '{repository}'}}]\n")
    (folder / "profiles.yml").write_text((repository / "profiles.yml").read_text().replace("offline_capi:", "mine:", 1))

    def write(files=None, **settings):
        for path in (folder / "models").iterdir():
            path.unlink()
        for name, text in (files or {}).items():
            (folder / "models" / name).write_text(text)
        content = {"name": "mine", "version": "1.0.0", "profile": "mine", "vars": {"capi_as_of": AS_OF}}
        for name, value in settings.items():
            content[name] = content.get(name, {}) | value
        (folder / "dbt_project.yml").write_text(json.dumps(content))
        return {"database": database, "project": folder}

    dbt("deps", **write())
    return write


def test_a_model_of_the_users_own_gives_no_warning(dbt, project):
    """--warn-error makes a warning an error: dbt warns if a package refers to a model of the root project only by its name."""
    files = {"sales.sql": "select *, 'yes' as marketing_consent from raw.orders"}
    place = project(files, vars={"capi_orders_model": "sales"})

    dbt("--warn-error", "run", "-s", "+stg_capi__orders", **place)


def test_a_mart_alone_in_an_empty_warehouse_is_refused_with_what_to_run(dbt, project):
    said = failure(dbt("build", "-s", "capi_events", check=False, **project()))

    assert "capi_events cannot be built alone, because the run has not built int_capi__touched" in said
    assert "run dbt run --select package:offline_capi." in said


def test_an_ephemeral_model_as_raw_table_is_refused(dbt, project):
    files = {"sales.sql": "{{ config(materialized='ephemeral') }} select * from raw.orders"}
    said = failure(
        dbt("run", "-s", "stg_capi__orders", check=False, **project(files, vars={"capi_orders_model": "sales"}))
    )

    assert "your model sales, which capi_orders_model names, is ephemeral" in said


@pytest.mark.parametrize(
    ("models", "kind", "selected"),
    [
        ({"+materialized": "table"}, "table", ["stg_capi__orders"]),
        ({"offline_capi": {"marts": {"+materialized": "view"}}}, "view", ["capi_rejected_events"]),
        ({"offline_capi": {"intermediate": {"+materialized": "view"}}}, "view", ["stg_capi__orders"]),
    ],
)
def test_a_root_setting_that_changes_what_must_be_kept_is_named(dbt, project, models, kind, selected):
    said = failure(dbt("run", "-s", *selected, check=False, **project(models=models)))

    assert f"dbt_project.yml sets +materialized: {kind} for" in said
    assert f"models: {{mine: {{+materialized: {kind}}}}}" in said


def test_a_file_that_the_source_reads_in_place_needs_no_table(tmp_path, dbt, write_raw, query, project):
    """dbt-duckdb's external_location, which the root project sets where it overrides the source."""
    (tmp_path / "orders.csv").write_text("order_id,ordered_at,total\n7,2026-11-20 10:00:00,5\n")
    location = f"read_csv('{tmp_path}/orders.csv', all_varchar=true)"
    source = {"name": "capi", "overrides": "offline_capi"}
    tables = [{"name": "orders", "identifier": "nowhere", "meta": {"external_location": location}}]
    place = project({"sources.yml": json.dumps({"sources": [source | {"tables": tables}]})})
    dbt("run", "-s", "stg_capi__orders", **place)

    assert query(place["database"], "select order_id from stg_capi__orders") == [{"order_id": "7"}]


def test_without_introspection_all_columns_are_taken_to_be_there(tmp_path, dbt):
    finished = dbt("compile", "--no-introspect", database=tmp_path / "none.duckdb")

    assert "Error" not in finished.stdout


def failure(finished) -> str:
    """What dbt says went wrong, on one line."""
    assert finished.returncode != 0
    return re.sub(r"\s+", " ", finished.stdout)


def test_without_a_raw_schema_the_error_names_the_table_and_the_variables(tmp_path, dbt):
    said = failure(dbt("run", database=tmp_path / "empty.duckdb", check=False))

    assert 'the raw table "empty"."raw"."orders" does not exist' in said
    assert "capi_source_schema" in said
    assert "set capi_use_customers: false" in said


def test_what_a_raw_table_lacks_is_said_in_one_line_with_what_it_has(tmp_path, dbt, write_raw):
    """Another schema and another name are found by what the error lists; so are columns, required or named in capi_columns."""
    database = write_raw(
        tmp_path / "shop.duckdb", schema="till", sales=[{"no": "1", "total": "5", "Mail": "a@b.example"}]
    )
    variables = {"capi_columns": {"orders": {"email": "e-mail"}}, "capi_orders_identifier": "sales"}
    assert "Tables found: till.sales." in failure(dbt("run", "-s", "stg_capi__orders", database=database, check=False))

    variables["capi_source_schema"] = "till"
    said = failure(dbt("run", "-s", "stg_capi__orders", database=database, variables=variables, check=False))
    assert "no column `e-mail`, which capi_columns names for email" in said
    assert "no column `order_id`" in said
    assert "no column `ordered_at`" in said
    assert "Columns found: no, total, Mail." in said


def test_empty_tables_build_to_no_events(tmp_path, dbt, write_raw, query):
    """First all tables except orders are empty, so all orders are rejected, not lost; then orders is empty too."""
    database = tmp_path / "empty.duckdb"
    write_raw(database, orders=ORDERS, order_items=ITEMS, customers=CUSTOMERS, stores=STORES)
    counted = (
        "select (select count(*) from capi_events) as events, (select count(*) from capi_rejected_events) as rejected"
    )
    import duckdb

    for tables, rejected in ((("order_items", "customers", "stores"), len(ORDERS)), (("orders",), 0)):
        with duckdb.connect(str(database)) as connection:
            for table in tables:
                connection.execute(f"delete from raw.{table}")
        dbt("build", database=database)
        assert query(database, counted) == [{"events": 0, "rejected": rejected}]


@pytest.mark.parametrize(
    ("variable", "value", "part"),
    [
        ("capi_as_of", "yesterday", "capi_as_of is 'yesterday', which is not ISO 8601"),
        ("capi_consent_when_unknown", "maybe", "allowed are not_sent, sent"),
        ("capi_default_country", "France", "write an ISO 3166-1 code of two letters"),
        ("capi_date_order", "DMY", "allowed are dmy, mdy, ymd."),
        ("capi_test_stores", "BER", "write a list, such as [BER]"),
        ("capi_statuses_not_sales", "On hold", "write a list, such as [On hold]"),
        ("capi_statuses_sales", [True], "capi_statuses_sales is 'True'; each status is a text, so write it in quotes"),
        ("capi_default_time_zone", "CET", "write the IANA name of a place, such as Europe/Paris"),
        ("capi_decimal_mark", "comma", "allowed are ., ,."),
        ("capi_status_when_unknown", "maybe", "allowed are not_sent, sent"),
        ("capi_custom_fields", "campaign", "write a list, such as [campaign]"),
        ("capi_custom_fields", ["note", "Email "], "capi_custom_fields is 'Email '; it identifies a person"),
        ("capi_custom_fields", ["note", "E-Mail"], "capi_custom_fields is 'E-Mail'; it identifies a person"),
        ("capi_custom_fields", ["Customer_Phone"], "capi_custom_fields is 'Customer_Phone'; it identifies a person"),
        ("capi_custom_fields", ["Geburtsdatum"], "capi_custom_fields is 'Geburtsdatum'; it identifies a person"),
        ("capi_custom_fields", ["value"], "reads or writes value itself"),
        ("capi_custom_fields", ["order", "Order"], "capi_custom_fields is 'Order'; it is listed twice"),
        # What YAML makes of [0x1F, off], NO and 0123.
        ("capi_test_stores", [31], "such as 0x1F or 007; write it in quotes"),
        ("capi_test_stores", ["BER", False], "capi_test_stores is 'False'; YAML read it as yes, no, on, off"),
        ("capi_default_country", False, "capi_default_country is 'False'; YAML read it as yes, no"),
        ("capi_upload_tag", 83, "capi_upload_tag is '83'; YAML read it as a number"),
        (
            "capi_consent_words",
            {"no": ["J"], "yes": ["J"]},
            "capi_consent_words is 'J'; it is listed under yes and no",
        ),
        ("capi_consent_words", {"maybe": ["J"]}, "write lists of texts in quotes"),
        ("capi_columns", {"clients": {"email": "mail"}}, "capi_columns is 'clients'; the tables are orders"),
        (
            "capi_columns",
            {"customers": {"mail": "email"}},
            "capi_columns is 'customers: mail'; our column comes first",
        ),
        ("capi_columns", {"customers": {"email": True}}, "write the name of a column of the raw table"),
        ("capi_hashed_columns", {"emial": True}, "capi_hashed_columns is 'emial: True'"),
        ("capi_hashed_columns", "email", "write columns with true or false"),
        ("capi_use_customers", "false", "write true or false, without quotes"),
        ("capi_max_age_days_physical_store", "abc", "write a number, 0 or more"),
        ("capi_future_tolerance_seconds", -5, "write a number, 0 or more"),
        (
            "capi_test_store",
            ["BER"],
            "there is no variable capi_test_store, so it would have no effect; did you mean capi_test_stores?",
        ),
        ("capi_datset_id", "1", "did you mean capi_dataset_id?"),
        ("capi_defualt_country", "FR", "did you mean capi_default_country?"),
        ("CAPI-Date-Order", "dmy", "did you mean capi_date_order?"),
        (
            "offline_capi",
            {"dataset_id": "1"},
            "there is no variable dataset_id, so it would have no effect; did you mean capi_dataset_id?",
        ),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(tmp_path, dbt, variable, value, part):
    """Before any table is read."""
    said = failure(dbt("parse", database=tmp_path / "none.duckdb", variables={variable: value}, check=False))

    assert part in said
