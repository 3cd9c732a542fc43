"""Let anything happen for some minutes, from a fresh seed: `make soak MINUTES=10`. Exits with 1 if a promise is broken.

Prints the seed of each shop; `--seed N` replays it. (What depends on the exact time of a kill may then differ.)
"""

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.sender.shop import Forker
from tests.sender.world import World

STEPS = 60


def live(seed: int, folder: Path, forker: Forker, end: float, totals: Counter[str]) -> None:
    chance = random.Random(seed)
    world = World(folder / str(seed), forker)
    try:
        world.arrive(chance.randrange(1, 300), bad=chance.randrange(4))
        for _ in range(STEPS):
            world.anything(chance)
            if time.monotonic() > end:
                break
        world.finish()
    finally:
        world.close()
        faults = sum(world.meta.seen_faults.values())
        counts = {"shops": 1, "runs": world.runs, "kills": world.kills, "faults": faults, "events": world.orders}
        totals.update({**counts, "requests": world.meta.requests})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, help="play this one, once")
    options = parser.parse_args()
    os.umask(0o077)
    end = time.monotonic() + 60 * options.minutes
    totals: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        forker = Forker(Path(name))
        try:
            while time.monotonic() < end:
                seed = random.SystemRandom().randrange(2**32) if options.seed is None else options.seed
                print(f"seed {seed}", flush=True)
                try:
                    live(seed, Path(name), forker, end, totals)
                except Exception:
                    traceback.print_exc()
                    print(f"a promise is broken; play it again with --seed {seed}")
                    return 1
                if options.seed is not None:
                    break
        finally:
            forker.close()
    print("every promise held: " + ", ".join(f"{n:,} {what}" for what, n in totals.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
