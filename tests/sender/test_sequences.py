"""Whatever happens, in whatever order: nothing is lost and nothing is counted twice. See world.py for the promises."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.sender import world

ORDER = st.integers(0, 1000)


@pytest.fixture
def machine(forker):
    class Sequences(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.folder = tempfile.TemporaryDirectory()
            self.world = world.World(Path(self.folder.name) / "shop", forker)
            self.world.arrive(30)

        def order(self, number):
            return sorted(self.world.rows)[number % len(self.world.rows)]

        @rule(n=st.integers(1, 60), bad=st.integers(0, 2), age=st.sampled_from(world.AGES))
        def orders_arrive(self, n, bad, age):
            self.world.arrive(n, min(bad, n), age)

        @rule(
            n=st.integers(0, 40),
            faults=st.lists(st.sampled_from([None, *world.FAULTS]), min_size=1, max_size=8),
            workers=st.sampled_from([1, 4]),
        )
        def a_run_meets_faults(self, n, faults, workers):
            self.world.arrive(n)  # so that they have something to act on
            self.world.send(*faults, workers=workers)

        @rule(
            n=st.integers(0, 40),
            faults=st.lists(st.sampled_from([None, *world.FAULTS]), max_size=4),
            point=st.integers(1, 30),
        )
        def a_run_is_killed(self, n, faults, point):
            self.world.arrive(n)
            self.world.send(*faults, crash_at=point)

        @rule(seconds=st.sampled_from(world.PAUSES))
        def time_passes(self, seconds):
            self.world.advance(seconds)

        @rule(n=st.integers(1, 40), days=st.sampled_from([8, 6.4]), point=st.sampled_from([0, 5]))
        def answers_are_lost_and_days_pass(self, n, days, point):
            """Rare by chance: events that Meta has without the ledger knowing, for days."""
            self.world.accept_model_change()  # so that the run is not stopped by an earlier rule
            self.world.arrive(n)
            self.world.send(*["cut after storing"] * 60, crash_at=point)
            self.world.check()
            self.world.advance(days * 86_400)
            self.world.accept_model_change()
            self.world.send()

        @rule(number=ORDER)
        def the_model_moves_an_order(self, number):
            self.world.move(self.order(number))

        @rule(number=ORDER)
        def the_model_changes_an_order(self, number):
            self.world.drift(self.order(number))

        @precondition(lambda self: len(self.world.rows) > 10)
        @rule(numbers=st.lists(ORDER, min_size=1, max_size=5))
        def the_shop_takes_orders_back(self, numbers):
            for number in numbers:
                self.world.withdraw(self.order(number))

        @precondition(lambda self: self.world.withdrawn)
        @rule(n=st.integers(1, 5))
        def orders_are_back(self, n):
            for order in sorted(self.world.withdrawn)[:n]:
                self.world.bring_back(order)

        @rule(n=st.integers(1, 40), fault=st.sampled_from(["throttled", "cut after storing", "500 instead of storing"]))
        def what_was_attempted_is_taken_back(self, n, fault):
            """Rare by chance: between an attempt and its repeat."""
            self.world.arrive(n)
            self.world.send(*[fault] * 60)
            self.world.check()
            for order in list(self.world.rows)[-(n + 1) // 2 :]:
                self.world.withdraw(order)
            self.world.send()

        @precondition(lambda self: self.world.known)
        @rule()
        def a_person_decides(self):
            self.world.decide()
            self.world.accept_model_change()

        @precondition(lambda self: len(self.world.forgotten) < 2)
        @rule(number=ORDER)
        def somebody_asks_to_be_forgotten(self, number):
            self.world.forget(self.order(number))

        @invariant()
        def every_promise_holds(self):
            self.world.check()

        def teardown(self):
            try:
                self.world.finish()
            finally:
                self.world.close()
                self.folder.cleanup()

    return Sequences


def test_any_sequence_keeps_every_promise(machine):
    """Rows, faults, kills, time, model changes and decisions in any order; then all is delivered and counted once."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=14,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # the log of the failing sequence says enough; shrinking it takes minutes
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
