"""A ledger written by an older version is read, and its work is continued."""

import json
import sqlite3
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from sender.ledger import schema
from tests.sender.shop import make_row

THEN = 1_800_000_000  # when the ledger of ledger_of_schema_2.sql was made
JO = sha256(b"jo@example.com").hexdigest()


def at(seconds):
    return {"OFFLINE_CAPI_TEST_NOW_OFFSET": str(THEN + seconds - time.time())}


def rows():
    """Four were accepted; then one each was refused by Meta, too old, of a forgotten person, held; the outcome of two is unknown."""
    more: dict[int, dict[str, Any]] = {4: {"value": 0}, 5: {"age": 63 * 86_400}, 6: {"person": JO}}
    return [make_row(i, now=THEN, **more.get(i, {})) for i in range(10)]


def test_a_ledger_of_schema_2_is_gone_on_with(shop, meta):
    """What was settled stays settled, kept bytes are sent again, and events of forgotten people are withheld, which is no failure."""
    shop.ledger.unlink()
    shop.state.unlink()
    with closing(sqlite3.connect(shop.ledger)) as old:
        old.executescript(Path(__file__).with_name("ledger_of_schema_2.sql").read_text())
    found = json.loads(shop.run("status", "--json", **at(3600)).out)
    counts = {name: found[name] for name in ("accepted", "rejected", "expired", "held", "withheld", "pending")}
    assert counts == {"accepted": 4, "rejected": 1, "expired": 1, "held": 1, "withheld": 1, "pending": 2}
    shop.fill([row for row in rows() if row["order_id"] != "order-9"])
    result = shop.send(**at(3600))
    assert (result.json["accepted"], result.json["withheld"], result.json["already_known"]) == (1, 1, 7)
    assert [event["custom_data"]["order_id"] for post in meta.posts for event in post["events"]] == ["order-8"]
    states = shop.states()
    assert states["order-6"] == ("withheld", "forgotten")
    assert states["order-9"] == ("withheld", "withdrawn_may_have_arrived")
    assert shop.run("resolve", "--give-up", "--all", "--reason", "a test", **at(7200)).code == 0
    assert shop.send(**at(7200)).code == 0
    with closing(sqlite3.connect(shop.ledger)) as new:
        assert new.execute("pragma user_version").fetchone()[0] == len(schema.MIGRATIONS)
