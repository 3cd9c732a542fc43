"""The arithmetic of plots: numbers in, positions in per cent out. The templates draw them as SVG and HTML, which can wrap, print,
turn dark and be read aloud. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10


@dataclass(frozen=True)
class Bar:
    """A rectangle. All measures are per cent of the plot; `y` counts from the top."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str


@dataclass(frozen=True)
class Plot:
    bars: Sequence[Bar]
    ticks: Sequence[tuple[float, float]]  # (per cent from the bottom, value)
    labels: Sequence[tuple[float, str]]  # (per cent from the left, text)


def step(top: float, most: int = 4) -> float:
    """The distance between at most `most` ticks up to `top`: 1, 2 or 5 times a power of ten."""
    if top <= 0:
        return 1.0
    raw = top / most
    power = 10.0 ** floor(log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.999999)


def segments(parts: Mapping[str, float]) -> list[tuple[str, float, float]]:
    """(kind, start, width) of the parts above zero, in per cent of their sum."""
    total = sum(max(0.0, part) for part in parts.values())
    found, start = [], 0.0
    for kind, part in parts.items():
        if part > 0 and total:
            width = 100 * part / total
            found.append((kind, start, width))
            start += width
    return found


def columns(
    names: Sequence[str], stacks: Sequence[Mapping[str, float]], titles: Sequence[str], labels: int = 6
) -> Plot:
    """Stacked columns, the first kind at the bottom; a number below zero is not drawn. `titles` describe each column."""
    sums = [sum(max(0.0, part) for part in stack.values()) for stack in stacks]
    top = max(sums, default=0.0)
    apart = step(top)
    ceiling = apart * max(1, -(-top // apart)) if top else 1.0
    slot = 100 / max(1, len(stacks))
    bars = []
    for place, (stack, title) in enumerate(zip(stacks, titles, strict=True)):
        base = 0.0
        for kind, part in stack.items():
            if part > 0:
                height = 100 * part / ceiling
                bars.append(Bar(place * slot + slot * 0.1, 100 - base - height, slot * 0.8, height, kind, title))
                base += height
    count = round(ceiling / apart)
    ticks = [(100 * i / count, apart * i) for i in range(count + 1)]
    every = max(1, -(-len(names) // labels))
    marks = [(slot * (place + 0.5), name) for place, name in enumerate(names) if place % every == 0]
    return Plot(bars, ticks, marks)
