"""However dbt is run, after the next complete run each order is an event or a rejection, the same as in a build from scratch.

With WAYS_MINUTES=N in the environment (`make soak`) fresh seeds are played for N minutes; each seed is printed.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.models.ways import machine


def seeds() -> Iterator[int]:
    """One that is always the same, and fresh ones while there is time."""
    yield 1
    end = time.monotonic() + 60 * float(os.environ.get("WAYS_MINUTES", "0"))
    while time.monotonic() < end:
        yield random.SystemRandom().randrange(2**32)


def test_any_way_of_running_dbt_loses_no_order(
    dbt: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    numbers = count()
    for number in seeds():
        print(f"seed {number}", flush=True)
        ways = machine(dbt, lambda: tmp_path_factory.mktemp(f"way{next(numbers)}"))
        run_state_machine_as_test(
            seed(number)(ways),
            settings=settings(
                max_examples=2 if number == 1 else 6,  # the first of a seed is always the shortest
                stateful_step_count=6 if number == 1 else 10,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
