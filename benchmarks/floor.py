"""The floor of the transform: the smallest SQL that turns the benchmark's raw rows into the same events and writes them like the package.

It knows what is in these rows, so it judges nothing: one join, ten SHA-256 and one for the key, one concatenated text, one table with a
compressed payload.
"""

import resource
import time

import duckdb

FLOOR = """
    create or replace table main.floor (
        event_key varchar not null, dataset_id varchar, event_name varchar, event_time bigint, event_at timestamp, value decimal(18, 3), currency varchar,
        action_source varchar, order_id varchar, store_id varchar, payload varchar not null using compression zstd, expires_at bigint
    );
    insert into main.floor
    with
        joined as (
            select orders.order_id, orders.store_id, stores.currency, customers.*, epoch(ordered_at)::bigint as event_time, total::decimal(18, 3) as value
            from raw.orders join raw.customers using (customer_id) join raw.stores using (store_id)
        )
    select
        sha256(concat('1001,', event_time, ',"Purchase",null,"', order_id, '"')), '1001', 'Purchase', event_time, make_timestamp(event_time * 1000000),
        value, currency, 'physical_store', order_id, store_id,
        concat(
            '{"event_name":"Purchase","event_time":', event_time, ',"action_source":"physical_store","user_data":{"em":["', sha256(lower(email)),
            '"],"ph":["', sha256(translate(phone, '+() -', '')), '"],"fn":["', sha256(replace(lower(first_name), '-', '')),
            '"],"ln":["', sha256(replace(lower(last_name), '''', '')), '"],"db":["', sha256(replace(date_of_birth, '-', '')),
            '"],"ct":["', sha256(replace(lower(city), ' ', '')), '"],"st":["', sha256(if(state = 'California', 'ca', state)), '"],"zp":["', sha256(postal_code),
            '"],"country":["', sha256(lower(country)), '"],"external_id":["', sha256(lower(customer_id)), '"]},"custom_data":{"value":',
            rtrim(rtrim(value::varchar, '0'), '.'), ',"currency":"', currency, '","order_id":"', order_id, '"}}'
        ),
        event_time + 62 * 86400
    from joined
"""


def write(database: str) -> dict[str, float]:
    """Write the table; returns wall and processor seconds, without the start of a process."""
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    with duckdb.connect(database, config={"threads": 2}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("set timezone = 'UTC'")
        connection.execute(FLOOR)
    after = resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.perf_counter() - began, "processor": processor}


def compare(database: str) -> None:
    """Raises an error unless the package has made the same events."""
    columns = "event_key, dataset_id, event_time, value, currency, order_id, store_id, payload, expires_at"
    with duckdb.connect(database, read_only=True) as connection:
        (differing,) = connection.execute(
            f"select count(*) from (select {columns} from floor except all select {columns} from capi_events)"
        ).fetchall()[0]
    if differing:
        raise SystemExit(
            f"{differing} events of the floor are not those of the package; the figures would compare different work"
        )
