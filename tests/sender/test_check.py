"""`check`: would a send work?"""

import json

from tests.sender.server import error
from tests.sender.shop import make_row


def test_check_says_what_would_go_wrong(shop, meta):
    """check proves token and permission with an event too old to count, and says unknown when it may not look."""
    shop.fill([make_row(1)])
    meta.script = lambda events, dataset, number: (400, error(100, 2804003))
    good = shop.run("check")
    assert (good.code, good.out.count("good")) == (0, 3)
    meta.node = (400, error(100))
    assert "unknown" in shop.run("check").out
    meta.script = lambda events, dataset, number: (401, error(190))
    bad = shop.run("check", "--json")
    assert bad.code == 2
    assert [finding["result"] for finding in json.loads(bad.out)] == ["good", "bad", "unknown"]
    assert meta.counted == {}


def test_check_does_not_blame_the_token_when_nobody_answers(shop):
    """check tells an endpoint that does not answer from a token that may not read."""
    shop.fill([make_row(1)])
    silent = shop.run("check", "--graph-url", "http://127.0.0.1:9")
    assert (silent.code, silent.out.count("unknown")) == (2, 2)
    assert "may not read" not in silent.out
    assert "HTTP none" in silent.out
