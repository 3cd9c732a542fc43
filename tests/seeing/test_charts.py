"""The arithmetic of the plots, tested by properties that any plot of these numbers has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sender.seeing.charts import columns, segments, step
from sender.seeing.page import share, short

pytestmark = pytest.mark.pure

AMOUNTS = st.floats(-1e9, 1e9).map(lambda amount: round(amount, 2))
STACKS = st.lists(st.fixed_dictionaries({"a": AMOUNTS, "b": AMOUNTS.map(abs)}), min_size=1, max_size=70)


@given(STACKS)
def test_heights_are_in_proportion_and_nothing_leaves_the_plot(stacks):
    drawn = columns([str(n) for n in range(len(stacks))], stacks, ["" for _ in stacks])
    (_, ceiling) = drawn.ticks[-1]
    for bar in drawn.bars:
        assert -1e-6 <= bar.y <= 100 + 1e-6
        assert bar.height > 0
        assert 0 <= bar.x < bar.x + bar.width <= 100 + 1e-6
    positive = [max(0, stack["a"]) + stack["b"] for stack in stacks]
    assert sum(bar.height for bar in drawn.bars) == pytest.approx(sum(100 * value / ceiling for value in positive))
    assert max(positive) <= ceiling * (1 + 1e-9)


@given(st.floats(1e-3, 1e12))
def test_ticks_are_round_and_few(top):
    apart = step(top)
    assert f"{apart:e}"[0] in "125"
    assert top / apart <= 4.0001


@given(st.dictionaries(st.text(max_size=3), AMOUNTS, max_size=6))
def test_segments_fill_the_bar_without_a_gap(parts):
    found = segments(parts)
    at = 0.0
    for _, start, width in found:
        assert start == pytest.approx(at)
        at += width
    assert at == pytest.approx(100 if found else 0)


def test_a_share_is_never_rounded_to_all_or_nothing():
    assert [share(part) for part in (None, 0, 0.001, 0.5, 0.999, 1)] == [
        "none",
        "0%",
        "< 1%",
        "50%",
        "99%",
        "100%",
    ]
    assert [short(value) for value in (0, 5, 1500, 20_000, 2e6)] == ["0", "5", "1.5k", "20k", "2M"]
