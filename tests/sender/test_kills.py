"""SIGKILL, hundreds of times, at protocol points and at any time, for real processes on a real ledger."""

from itertools import count
from random import Random

from tests.sender import world

KILLS = 300


def test_three_hundred_kills_lose_nothing_and_count_nothing_twice(tmp_path, forker):
    """After 300 kills among good, bad, unanswered and lost requests, each good event is counted once."""
    kills = 0
    for seed in count():
        if kills >= KILLS:
            break
        chance = Random(seed)
        shop = world.World(tmp_path / f"shop-{seed}", forker)
        try:
            shop.arrive(150, bad=2)
            before = -1
            while shop.kills != before and shop.kills < 40:  # while there is something left to be killed at
                before = shop.kills
                for _ in range(4):
                    faults = chance.choices([None, "cut after storing", "cut in the body", "503 after storing"], k=4)
                    if chance.random() < 0.5:
                        shop.send(*faults, crash_at=chance.randrange(2, 14))
                    else:
                        shop.send(*faults, kill_after=chance.uniform(0.02, 0.2))
                    shop.check()
                shop.arrive(30, bad=chance.randrange(2))
            shop.finish()
            kills += shop.kills
        finally:
            shop.close()
    print(f"{kills} kills")
    assert kills >= KILLS
