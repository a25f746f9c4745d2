"""Process control for monthly series (XmR): is a month unusual, or is it the usual movement?

Limits: mean +/- 2.66 x mean moving range, from twelve points on. Source: the method of individual values and moving
ranges, as NHS 'Making data count' uses it; the signals are those of design/documents.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from highneeds.intake.workspace import Observation
from highneeds.vocabulary.period import Month

FEWEST_POINTS = 12
LIMIT_FACTOR = Decimal("2.66")
RUN = 7


@dataclass(frozen=True)
class Limits:
    """mean, and the two limits a usual month stays within."""

    mean: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Signal:
    """kind: outside, one_side, trend or near_limit; months: those it speaks of; sentence: the finding in words."""

    kind: str
    months: tuple[Month, ...]
    sentence: str


Point = tuple[Month, Decimal]


def points_of(series: Sequence[Observation]) -> tuple[Point, ...]:
    """The monthly figures of a series, in order."""
    return tuple((one.period, one.value) for one in series if isinstance(one.period, Month) and one.value is not None)


def limits(points: Sequence[Point]) -> Limits | None:
    """None for fewer than twelve points."""
    if len(points) < FEWEST_POINTS:
        return None
    values = [value for _, value in points]
    mean = sum(values, Decimal(0)) / len(values)
    moving = [abs(later - earlier) for earlier, later in pairwise(values)]
    spread = LIMIT_FACTOR * sum(moving, Decimal(0)) / len(moving)
    return Limits(mean, mean - spread, mean + spread)


def signals(points: Sequence[Point], show: Callable[[Decimal], str]) -> tuple[Signal, ...]:
    """Every signal in a series of twelve points or more, with the sentence that says it. `show` prints a value."""
    found = limits(points)
    if found is None:
        return ()
    return tuple(
        signal
        for signal in (
            _outside(points, found, show),
            _one_side(points, found, show),
            _trend(points),
            _near_limit(points, found, show),
        )
        if signal
    )


def _outside(points: Sequence[Point], limit: Limits, show: Callable[[Decimal], str]) -> Signal | None:
    months = tuple(month for month, value in points if not limit.low <= value <= limit.high)
    if not months:
        return None
    usual = f"{show(limit.low)} to {show(limit.high)}"
    names = _listed(months) if len(months) <= 3 else f"{len(months)} months"
    verb = "lies" if len(months) == 1 else "lie"
    return Signal("outside", months, f"{names} {verb} outside the usual range of {usual}.")


def _one_side(points: Sequence[Point], limit: Limits, show: Callable[[Decimal], str]) -> Signal | None:
    sides = [(month, (value > limit.mean) - (value < limit.mean)) for month, value in points]
    run = _longest_run(sides)
    if len(run) < RUN:
        return None
    side = "above" if dict(sides)[run[0]] > 0 else "below"
    return Signal("one_side", run, f"{_span(run)}: {len(run)} months in a row {side} the mean of {show(limit.mean)}.")


def _trend(points: Sequence[Point]) -> Signal | None:
    steps = [(later, (after > before) - (after < before)) for (_, before), (later, after) in pairwise(points)]
    run = _longest_run(steps)
    if len(run) < RUN - 1:
        return None
    word = "rising" if dict(steps)[run[0]] > 0 else "falling"
    months = (run[0].plus(-1), *run)
    return Signal("trend", months, f"{_span(months)}: {len(months)} months {word} without a break.")


def _near_limit(points: Sequence[Point], limit: Limits, show: Callable[[Decimal], str]) -> Signal | None:
    """Two of three months in a row within the outer third of the range, on the same side."""
    inner = (limit.high - limit.mean) * 2 / 3
    near = [(month, (value > limit.mean + inner) - (value < limit.mean - inner)) for month, value in points]
    for start in range(len(near) - 2):
        window = near[start : start + 3]
        for side in (1, -1):
            months = tuple(month for month, where in window if where == side)
            if inner and len(months) >= 2:
                edge = show(limit.high if side > 0 else limit.low)
                return Signal("near_limit", months, f"{_listed(months)} lie near the edge of the usual range, {edge}.")
    return None


def _longest_run(marked: Sequence[tuple[Month, int]]) -> tuple[Month, ...]:
    """The longest run of consecutive entries with the same mark other than 0; the latest one where two are equal."""
    best: list[Month] = []
    run: list[Month] = []
    mark = 0
    for month, value in marked:
        run = [*run, month] if value and value == mark else ([month] if value else [])
        mark = value
        best = run if len(run) >= len(best) else best
    return tuple(best)


def _span(months: Sequence[Month]) -> str:
    return f"{months[0].label} to {months[-1].label}"


def _listed(months: Sequence[Month]) -> str:
    *most, last = [month.label for month in months]
    return f"{', '.join(most)} and {last}" if most else last
