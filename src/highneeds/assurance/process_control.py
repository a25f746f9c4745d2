"""Process control for monthly series (XmR): is a month unusual, or is it the usual movement?

The method of individual values and moving ranges, as NHS 'Making data count' uses it. Limits: mean plus and minus 2.66
times the mean moving range, for segments of twelve figures or more; fewer are a run chart without limits. Signals: a
month outside a limit, seven months on one side of the mean, seven months rising or falling, two of three months near a
limit. Without limits only a rise or a fall of seven months is told.

The roll-over of school years is a known cause, so it is no signal: its months are left out. Where the figure steps over
it by more than it usually moves, a new segment begins with a mean of its own; all segments share one moving range. A
month without a figure ends a run and gives no moving range. A breach that rounding could have made is none: printed
shares and averages must lie more than one unit of their last decimal outside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from highneeds.assurance.rollover import crosses_rollover, in_rollover
from highneeds.intake.workspace import Observation
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit

FEWEST_POINTS = 12
LIMIT_FACTOR = Decimal("2.66")
RUN = 7

Point = tuple[Month, Decimal]


@dataclass(frozen=True)
class Monthly:
    """The monthly figures of one indicator, in order; months without a figure are not in it."""

    points: tuple[Point, ...]
    unit: Unit
    rollover_month: int

    def school_years(self) -> tuple[tuple[Point, ...], ...]:
        """The figures between one roll-over and the next, without the months of the roll-over itself."""
        years: list[list[Point]] = []
        for point in self.points:
            if in_rollover(point[0], self.rollover_month):
                continue
            if years and not crosses_rollover(years[-1][-1][0], point[0], self.rollover_month):
                years[-1].append(point)
            else:
                years.append([point])
        return tuple(map(tuple, years))

    @property
    def rounding(self) -> Decimal:
        """What rounding can do to a figure held against a mean of such figures; counts are exact."""
        if self.unit is Unit.COUNT:
            return Decimal(0)
        return Decimal(1).scaleb(min((int(value.as_tuple().exponent) for _, value in self.points), default=0))


@dataclass(frozen=True)
class ControlLimits:
    """What is usual in one segment.

    step    2.66 times the mean moving range
    low     None where it would lie below nought, which no count, share or cost can
    high    None where it would lie above 100% in a series that never does
    slack   what rounding could have moved a figure over a limit
    """

    months: tuple[Month, ...]
    mean: Decimal
    step: Decimal
    low: Decimal | None
    high: Decimal | None
    slack: Decimal = Decimal(0)

    def side_outside(self, value: Decimal) -> int:
        """1 above the upper limit, -1 below the lower, 0 inside or so close that rounding could have done it."""
        above = self.high is not None and value - self.slack > self.high
        below = self.low is not None and value + self.slack < self.low
        return above - below

    def side_near(self, value: Decimal) -> int:
        """1 in the upper outer third of the usual range, -1 in the lower; 0 elsewhere and outside the range."""
        if self.side_outside(value) or abs(value - self.mean) <= self.step * 2 / 3:
            return 0
        side = _sign(value - self.mean)
        return side if self.edge(side) is not None else 0

    def edge(self, side: int) -> Decimal | None:
        return self.high if side == 1 else self.low


class SignalKind(StrEnum):
    OUTSIDE = "outside"
    ONE_SIDE = "one_side"
    TREND = "trend"
    NEAR = "near_limit"


@dataclass(frozen=True)
class Signal:
    """Something unusual.

    months    those it speaks of
    upwards   above the mean, near the upper limit, or rising; some months may be outside on either side
    limit     the limits that it is held against; None for a trend, which needs none
    """

    kind: SignalKind
    months: tuple[Month, ...]
    upwards: bool = False
    limit: ControlLimits | None = None


def points_of(series: Sequence[Observation], rollover_month: int = 9) -> Monthly:
    """The monthly figures of a series."""
    known = [(one.period, one.value) for one in series if isinstance(one.period, Month) and one.value is not None]
    return Monthly(tuple(known), series[0].unit if series else Unit.COUNT, rollover_month)


def usual_step(monthly: Monthly) -> Decimal | None:
    """The mean moving range: the mean size of the like-for-like steps from one month to the next.

    Steps into, within and out of the roll-over months do not count, nor steps over a missing month. None for fewer than
    twelve figures.
    """
    steps = [
        abs(after - before)
        for year in monthly.school_years()
        for run in unbroken(year)
        for (_, before), (_, after) in pairwise(run)
    ]
    return sum(steps, Decimal(0)) / len(steps) if len(monthly.points) >= FEWEST_POINTS and steps else None


def unbroken(points: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
    """The stretches in which every month has a figure."""
    run: list[Point] = []
    for point in points:
        if run and point[0] != run[-1][0].plus(1):
            yield tuple(run)
            run = []
        run.append(point)
    if run:
        yield tuple(run)


def segments(monthly: Monthly) -> tuple[tuple[Point, ...], ...]:
    """School years joined into one where the figure did not step over the roll-over by more than it usually moves."""
    usual = usual_step(monthly)
    found: list[tuple[Point, ...]] = []
    for year in monthly.school_years():
        if found and usual is not None and abs(year[0][1] - found[-1][-1][1]) <= LIMIT_FACTOR * usual:
            found[-1] += year
        else:
            found.append(year)
    return tuple(found)


def limits(monthly: Monthly) -> tuple[ControlLimits, ...]:
    """The limits of every segment of twelve figures or more, oldest first; none where nothing ever moves."""
    usual = usual_step(monthly)
    if not usual:
        return ()
    long = [segment for segment in segments(monthly) if len(segment) >= FEWEST_POINTS]
    return tuple(_limits(monthly, segment, LIMIT_FACTOR * usual) for segment in long)


def _limits(monthly: Monthly, year: Sequence[Point], step: Decimal) -> ControlLimits:
    mean = sum((value for _, value in year), Decimal(0)) / len(year)
    low, high = mean - step, mean + step
    capped = monthly.unit is Unit.PERCENT and all(value <= 100 for _, value in monthly.points)
    return ControlLimits(
        months=tuple(month for month, _ in year),
        mean=mean,
        step=step,
        low=low if low >= 0 else None,
        high=None if capped and high > 100 else high,
        slack=monthly.rounding,
    )


def signals(monthly: Monthly) -> tuple[Signal, ...]:
    """Every signal of a series."""
    known = {limit.months[0]: limit for limit in limits(monthly)}
    found: list[Signal | None] = []
    for segment in segments(monthly):
        limit = known.get(segment[0][0])
        if limit is not None:
            found += [_outside(segment, limit), _one_side(segment, limit)]
        found.append(_trend(segment))
        if limit is not None:
            found.append(_near(segment, limit))
    return tuple(signal for signal in found if signal)


def _outside(points: Sequence[Point], limit: ControlLimits) -> Signal | None:
    months = tuple(month for month, value in points if limit.side_outside(value))
    return Signal(SignalKind.OUTSIDE, months, limit=limit) if months else None


def _one_side(points: Sequence[Point], limit: ControlLimits) -> Signal | None:
    marked = [[(month, _sign(value - limit.mean)) for month, value in run] for run in unbroken(points)]
    months, mark = _latest_run(marked, RUN)
    return Signal(SignalKind.ONE_SIDE, months, mark == 1, limit) if months else None


def _trend(points: Sequence[Point]) -> Signal | None:
    """Seven months are six steps."""
    marked = [
        [(later, _sign(after - before)) for (_, before), (later, after) in pairwise(run)] for run in unbroken(points)
    ]
    steps, mark = _latest_run(marked, RUN - 1)
    return Signal(SignalKind.TREND, (steps[0].plus(-1), *steps), mark == 1) if steps else None


def _near(points: Sequence[Point], limit: ControlLimits) -> Signal | None:
    """The latest two of three months in a row within the outer third of the range, on the same side."""
    windows = [run[start : start + 3] for run in unbroken(points) for start in range(len(run) - 2)]
    for window in reversed(windows):
        for side in (1, -1):
            months = tuple(month for month, value in window if limit.side_near(value) == side)
            if len(months) >= 2:
                return Signal(SignalKind.NEAR, months, side == 1, limit)
    return None


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def _latest_run(marked: Sequence[Sequence[tuple[Month, int]]], least: int) -> tuple[tuple[Month, ...], int]:
    """The latest run of at least so many months with the same mark other than 0, and the mark. Runs end with a list."""
    found: tuple[tuple[Month, ...], int] = ((), 0)
    for stretch in marked:
        run: list[Month] = []
        before = 0
        for month, mark in stretch:
            run = [*run, month] if mark and mark == before else [month] if mark else []
            before = mark
            found = (tuple(run), mark) if len(run) >= least else found
    return found
