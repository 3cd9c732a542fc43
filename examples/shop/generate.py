"""Write the raw tables of an invented shop into a DuckDB file: 6,000 orders of the last two months in three countries.

    python generate.py target/shop.duckdb

The same day gives the same shop. Nobody in it exists: addresses end in example.com, and phones come from ranges that regulators
reserve for fiction. It is as dirty as a real till; see the comments beside the columns.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb

ORDERS = 6_000
CUSTOMERS = 1_500
DATASET = "100000000000001"

# Draws a number from 0 to n-1 that depends only on a row and on the purpose.
DRAW = (
    "create or replace macro draw(row_number, purpose, n) as cast(hash(row_number::varchar || purpose) % n as integer)"
)
PICK = "create or replace macro pick(list, row_number, purpose) as list[draw(row_number, purpose, len(list)) + 1]"

STORES = f"""
    create table raw.stores as
    from (values
        ('NYC1', 'America/New_York', 'US', 'New York', 'USD', '{DATASET}', 'nyc-soho'),
        ('NYC2', 'America/New_York', 'US', 'NY', 'USD', '{DATASET}', 'nyc-harlem'),
        ('SFO1', 'America/Los_Angeles', 'US', 'California', 'USD', '{DATASET}', 'sfo-mission'),
        ('LON1', 'Europe/London', 'GB', null, 'GBP', '{DATASET}', 'lon-soho'),
        ('LDS1', 'Europe/London', 'GB', null, 'GBP', '{DATASET}', 'leeds'),
        ('BER1', 'Europe/Berlin', 'DE', null, 'EUR', '{DATASET}', 'ber-mitte'),
        ('MUC1', 'Europe/Berlin', 'DE', null, 'EUR', '{DATASET}', 'muc'),
        ('LAB', 'Europe/Berlin', 'DE', null, 'EUR', '{DATASET}', 'test')  -- a till for training, not a shop
    ) as stores (store_id, time_zone, country, state, currency, dataset_id, store_code)
"""

PEOPLE = f"""
    create temp table people as
    with
        rows as (select i, pick(['US', 'GB', 'DE'], i, 'country') as land from range({CUSTOMERS}) as rows (i)),
        named as (
            select
                i,
                land,
                pick(['Ada', 'Grace', 'Séverine', 'Jürgen', 'Zoë', 'Mary-Jane', 'Øyvind', 'İpek', '  liam ', 'NORA', 'n/a', 'José'], i, 'first') as first_name,
                pick(['O’Neil', 'O''Neil', 'Müller', 'van der Berg', 'Łukasik', 'Smith, Jr.', 'García', 'Weiß', 'Kim', 'Brown'], i, 'last') as last_name
            from rows
        )
    select
        'C' || lpad(i::varchar, 5, '0') as customer_id,
        case draw(i, 'email kind', 12)
            when 0 then null
            when 1 then 'n/a'
            when 2 then '  Shopper.' || i || '@EXAMPLE.com '
            when 3 then 'shopper' || i || '(at)example.com'  -- no address
            when 4 then 'shopper' || i || '@example.com;second' || i || '@example.org'
            else 'shopper' || i || '@example.com'
        end as email,
        case
            when draw(i, 'phone kind', 8) = 0 then null
            when draw(i, 'phone kind', 8) = 1 then '12345'  -- too short to be a number
            when land = 'US' then pick(['+1 (212) 555-01', '212-555-01', '1.415.555.01'], i, 'us form') || lpad(draw(i, 'us', 100)::varchar, 2, '0')
            when land = 'GB' then pick(['07700 900', '+44 (0)7700 900', '0044 7700 900'], i, 'gb form') || lpad(draw(i, 'gb', 1000)::varchar, 3, '0')
            else pick(['0171 39200', '+49 171 39200', '0049 (0)171/39200'], i, 'de form') || lpad(draw(i, 'de', 100)::varchar, 2, '0')
        end as phone,
        first_name,
        last_name,
        pick(['f', 'Female', 'm', 'MALE', 'weiblich', 'unknown', null, 'other'], i, 'gender') as gender,
        -- Two of the five notations cannot be read without knowing who wrote them.
        pick(['1984-05-17', '19790203', '05/04/1990', '23.11.1966', '30.02.1988'], i, 'birth') as date_of_birth,
        case land
            when 'US' then pick(['New York', 'San José', 'St. Louis', 'Washington D.C.'], i, 'city')
            when 'GB' then pick(['London', 'Stoke-on-Trent', 'LEEDS'], i, 'city')
            else pick(['München', 'Berlin', 'Frankfurt (Main)'], i, 'city')
        end as city,
        case land when 'US' then pick(['NY', 'California', 'Washington D.C.', 'N.Y.'], i, 'state') when 'DE' then pick(['Bayern', null], i, 'state') end as state,
        case land
            when 'US' then pick(['10001', '94105-1234', '2139', '63101'], i, 'post')  -- one lost its leading zero in a spreadsheet
            when 'GB' then pick(['M1 1AE', 'sw1a 2aa'], i, 'post')
            else pick(['80331', '10115'], i, 'post')
        end as postal_code,
        case land
            when 'US' then pick(['US', 'USA', 'United States'], i, 'land')
            when 'GB' then pick(['GB', 'UK', 'United Kingdom'], i, 'land')
            else pick(['DE', 'Deutschland', 'Germany'], i, 'land')
        end as country,
        pick(['true', 'true', 'true', 'true', 'true', 'true', 'true', 'false', null], i, 'consent') as marketing_consent,
        case when land = 'US' and draw(i, 'ldu', 10) = 0 then 'true' else 'false' end as limited_data_use,
        land
    from named
"""

ORDERS_TABLE = f"""
    create table raw.orders as
    with
        rows as (
            select
                i,
                pick(['US', 'GB', 'DE'], i, 'order country') as land,
                -- Spread over 60 days, denser on Saturdays, always in the past.
                make_timestamp((cast($now as bigint) - 120 - draw(i, 'when', 60 * 86400)) * 1000000) as utc_time
            from range({ORDERS}) as rows (i)
        ),
        placed as (
            select
                *,
                case land
                    when 'US' then pick(['NYC1', 'NYC2', 'SFO1'], i, 'store')
                    when 'GB' then pick(['LON1', 'LDS1'], i, 'store')
                    else pick(['BER1', 'MUC1', 'BER1', 'MUC1', 'LAB'], i, 'store')
                end as store_id
            from rows
        ),
        with_customer as (
            select
                placed.*,
                stores.time_zone,
                -- Six in ten show their card.
                case when draw(i, 'member', 10) < 6 then 'C' || lpad(draw(i, 'customer', {CUSTOMERS})::varchar, 5, '0') end as customer_id
            from placed
            inner join raw.stores as stores on placed.store_id = stores.store_id
        )
    select
        'R' || lpad(i::varchar, 6, '0') as order_id,
        case
            when draw(i, 'broken clock', 300) = 0 then cast(epoch_ms(utc_time) as varchar)  -- milliseconds
            -- London exports ISO text with its offset, everybody else the wall clock.
            when store_id = 'LON1' then strftime(utc_time, '%Y-%m-%dT%H:%M:%SZ')
            else strftime((utc_time at time zone 'UTC') at time zone time_zone, '%Y-%m-%d %H:%M:%S')
        end as ordered_at,
        cast(null as varchar) as total,
        -- The British till leaves the currency to the store.
        case land when 'US' then 'usd' when 'DE' then 'EUR' end as currency,
        case
            when draw(i, 'status', 40) = 0 then 'refunded'
            when draw(i, 'status', 40) = 1 then 'cancelled'
            else 'completed'
        end as status,
        store_id,
        customer_id,
        -- A guest may leave an address for the receipt, a phone for a repair, or nothing.
        case when customer_id is null and draw(i, 'guest', 8) < 5 then 'Guest' || i || '@example.org' end as email,
        case when customer_id is null and draw(i, 'guest', 8) > 5 and land = 'GB' then '07700 900' || lpad(draw(i, 'guest phone', 1000)::varchar, 3, '0') end as phone,
        case when customer_id is null then 'true' end as marketing_consent
    from with_customer
"""

ITEMS = """
    create table raw.order_items as
    with
        lines as (
            select orders.order_id, hash(orders.order_id) % 1000000 * 10 + line as i
            from raw.orders as orders, range(6) as lines (line)
            where line <= draw(orders.order_id, 'lines', 6)
        )
    select
        order_id,
        'SKU-' || (100 + draw(i, 'product', 60)) as product_id,
        1 + draw(i, 'quantity', 3) as quantity,
        cast(5 + draw(i, 'product', 60) * 2.5 as decimal(10, 2)) as unit_price,
        pick(['Linen shirt', 'Jeans "slim"', 'Café mug', 'Wool socks'], i, 'title') as title,
        pick(['Northwind', 'Contoso'], i, 'brand') as brand,
        'Apparel & Accessories > Clothing' as category,
        'in_store' as delivery_category
    from lines
"""

# The dirt of a real till's export, once the totals are known.
DIRT = (
    """update raw.orders set total = (
        select cast(sum(quantity * unit_price) as varchar) from raw.order_items as items where items.order_id = orders.order_id)""",
    "update raw.orders set total = '-' || total where draw(order_id, 'money back', 50) = 0",
    "update raw.orders set total = '0' where draw(order_id, 'gift', 200) = 0",
    "insert into raw.orders select * from raw.orders where draw(order_id, 'sent twice', 500) = 0",
    "insert into raw.orders select * replace ('1.00' as total) from raw.orders where draw(order_id, 'contradicts itself', 700) = 0",
)


def generate(database: Path, now: datetime) -> int:
    """Writes the shop as of a given time; returns the number of orders."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute("drop schema if exists raw cascade")
        connection.execute("create schema raw")
        for statement in (DRAW, PICK, STORES, PEOPLE):
            connection.execute(statement)
        connection.execute("create table raw.customers as select * exclude (land) from people")
        connection.execute(ORDERS_TABLE, {"now": int(now.timestamp())})
        for statement in (ITEMS, *DIRT):
            connection.execute(statement)
        connection.execute("drop macro pick")
        connection.execute("drop macro draw")
        row = connection.execute("select count(*) from raw.orders").fetchone()
    return row[0] if row else 0


if __name__ == "__main__":
    count = generate(Path(sys.argv[1]), datetime.now(UTC))
    sys.stdout.write(f"{count:,} orders written to {sys.argv[1]}\n")
