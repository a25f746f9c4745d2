"""Axes: round ticks, how they are written, and labels at the ends of lines that do not run into one another."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from highneeds.vocabulary.period import MONTH_NAMES, Month
from highneeds.vocabulary.rounding import millions, with_commas
from highneeds.vocabulary.unit import Unit


@dataclass(frozen=True)
class Scale:
    """The upright axis: its ends and the ticks between, all in the figures' own unit."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def pixels(self, value: float, height: float) -> float:
        """How far below the top of a plot of that height."""
        return height * (self.high - value) / (self.high - self.low)


def scale_for(values: Sequence[float], *, zero: bool = False, steps: int = 5) -> Scale:
    """A scale around `values` that ends on round ticks; `zero` makes it hold nought."""
    low, high = min([*values, 0.0] if zero else values), max([*values, 0.0] if zero else values)
    if low == high:
        low, high = low - (abs(low) * 0.1 or 1), high + (abs(high) * 0.1 or 1)
    step = _round_step((high - low) / steps)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(place * step, 10) for place in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def _round_step(rough: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten."""
    power = 10 ** math.floor(math.log10(rough))
    return float(next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough * 0.999))


def tick_text(value: float, unit: Unit, scale: Scale) -> str:
    """A tick as a reader wants it: '£50m', '£45,000', '40%', '7,500'."""
    if unit is Unit.GBP and value == 0:
        return "£0"
    if unit is Unit.GBP and max(abs(scale.low), abs(scale.high)) >= 1_000_000:
        return _millions(value, scale)
    if unit is Unit.GBP:
        return unit.show(value)
    text = with_commas(value, _decimals(scale.ticks[1] - scale.ticks[0]))
    return f"{text}%" if unit is Unit.PERCENT else text


def _millions(value: float, scale: Scale) -> str:
    """'£7.5m', and '−£0.25m' where the steps are quarters, so that no tick is rounded to another place."""
    step = (scale.ticks[1] - scale.ticks[0]) / 1_000_000
    places = _decimals(round(step, 9))
    if places < 2:
        return millions(value)
    return f"{'−' if value < 0 else ''}£{abs(value) / 1_000_000:.{places}f}m"


def said_break(scale: Scale, unit: Unit) -> str:
    """'The scale begins at 40.5%, not at 0'; '' where it holds nought."""
    if scale.low <= 0 <= scale.high:
        return ""
    end, word = (scale.low, "begins") if scale.low > 0 else (scale.high, "ends")
    return f"The scale {word} at {tick_text(end, unit, scale)}, not at 0"


def with_break(source: str, scale: Scale, unit: Unit) -> str:
    """What stands under a chart, with the break of its scale said."""
    return ". ".join(part.rstrip(".") for part in (source, said_break(scale, unit)) if part)


def _decimals(step: float) -> int:
    """How many decimals a tick needs so that no two ticks read the same: 0 for 5, 1 for 0.5 and 2.5, 2 for 0.25."""
    return next(places for places in range(10) if abs(round(step, places) - step) < 1e-9)


def labels_of(periods: Sequence[Month | str]) -> list[str]:
    """What each is called: 'Jan 2024', '2024-25'."""
    return [one.label if isinstance(one, Month) else one for one in periods]


def period_ticks(periods: Sequence[Month | str]) -> list[str]:
    """Labels under the axis: months by their short name with the year under the first and each January; else as is."""
    return [_month_tick(one, place == 0) if isinstance(one, Month) else one for place, one in enumerate(periods)]


def _month_tick(month: Month, first: bool) -> str:
    name = MONTH_NAMES[month.number - 1]
    return f"{name}|{month.year}" if first or month.number == 1 else name


def apart(heights: Sequence[float], least: float, bottom: float) -> list[float]:
    """Move labels up or down until each is `least` pixels from the next, none below `bottom`; their order is kept."""
    order = sorted(range(len(heights)), key=lambda place: (heights[place], place))
    placed = list(heights)
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + least)
    limit = bottom
    for place in reversed(order):
        placed[place] = min(placed[place], limit)
        limit = placed[place] - least
    return placed
