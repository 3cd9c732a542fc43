"""The emulator keeps nothing per event in memory, so ten million events need no more than a few."""

import gc
import sys
import time

import pytest

from sender.emulator.store import Store

REQUESTS, SIZE, REFUSED = 200, 1_000, 20


@pytest.mark.parametrize("path", ["", None], ids=["storing", "keeping nothing"])
def test_two_hundred_thousand_events_leave_no_python_objects_behind(sale, path):
    one, store, blocks = sale(), Store(path), []
    for request in range(REQUESTS):
        orders = (one["custom_data"] | {"order_id": f"{request}-{number}"} for number in range(SIZE))
        store.accept("1001", [one | {"custom_data": order} for order in orders], time.time())
        for _ in range(REFUSED):
            store.reject({"rule": "value_missing", "event": one | {"custom_data": {}}})
        if request in (0, REQUESTS - 1):
            gc.collect()
            blocks.append(sys.getallocatedblocks())

    assert store.summary()["received"] == REQUESTS * SIZE
    assert blocks[-1] - blocks[0] < 5_000
