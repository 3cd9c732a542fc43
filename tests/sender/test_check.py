"""`check`: would a send work?"""

import json

import duckdb

from tests.sender.server import error
from tests.sender.shop import make_row


def test_check_says_what_would_go_wrong(shop, meta):
    """check proves token and permission with an event too old to count, and says unknown if it may not read."""
    shop.fill([make_row(1)])
    meta.script = lambda events, dataset, number: (400, error(100, 2804003))
    good = shop.run("check")
    assert (good.code, good.out.count("good ")) == (0, 4)
    meta.node = (400, error(100))
    assert "unknown" in shop.run("check").out
    meta.script = lambda events, dataset, number: (401, error(190))
    bad = shop.run("check", "--json")
    assert bad.code == 2
    assert [finding["result"] for finding in json.loads(bad.out)] == ["good", "good", "bad", "unknown"]
    assert meta.counted == {}


def test_check_does_not_blame_the_token_when_nobody_answers(shop):
    """check distinguishes an endpoint that does not answer from a token that may not read."""
    shop.fill([make_row(1)])
    silent = shop.run("check", "--graph-url", "http://127.0.0.1:9")
    assert (silent.code, silent.out.count("unknown")) == (2, 2)
    assert "may not read" not in silent.out
    assert "HTTP none" in silent.out


def write_mapping(shop, rows):
    """A capi_mapping beside the table, as built by dbt."""
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(
            "create table capi_mapping (raw_table varchar, raw_column varchar, used_as varchar, filled_share double, "
            "readable_share double, likely_column varchar, rows_read bigint)"
        )
        connection.executemany("insert into capi_mapping values (?, ?, ?, 1, ?, ?, 10)", rows)


def test_check_and_a_dry_run_warn_of_few_strong_keys_and_of_columns_that_go_to_waste(shop, meta):
    """A warning stops nothing: `check` and the dry run end as without it."""
    meta.script = lambda events, dataset, number: (400, error(100, 2804003))
    rows = [make_row(number) for number in range(5)]
    for row in rows[2:]:
        row["payload"] = row["payload"].replace('"em":[', '"ln":[')
    shop.fill(rows)
    write_mapping(
        shop,
        [
            ("customers", "email_address", None, None, "email"),
            ("customers", "note", None, None, None),
            ("customers", "phone", "phone", 0.2, None),
            ("customers", "city", "city", 0.9, None),
            ("customers", None, "madid", None, None),
        ],
    )
    checked, dry = shop.run("check"), shop.run("send", "--dry-run")

    assert (checked.code, dry.code) == (0, 0)
    for out in (checked.out, dry.out):
        assert "warning  match keys: 40% of the events have an e-mail, a phone or a mobile advertiser id" in out
        assert "warning  raw columns: not read: customers.email_address (email?); map them in capi_columns" in out
        assert "warning  raw columns: less than half is readable: customers.phone (20%)" in out
    assert "note" not in checked.out


def test_a_dry_run_says_so_where_the_keys_are_good_and_json_stays_one_line(shop):
    shop.fill([make_row(1)])

    assert "good     match keys: 100% of the events have an e-mail" in shop.run("send", "--dry-run").out
    assert shop.run("send", "--dry-run", "--json").out.count("\n") == 1
