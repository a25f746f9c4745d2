"""How wrong the sums of councils were at earlier Januaries: England's own error, and each region's beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from highneeds.forecast.aggregates.areas import SummedArea
from highneeds.forecast.backtest.scorecard import PartsCut, counted_parts, part_forecast
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.lookback import METHOD, PastForecast, outcomes
from highneeds.forecast.published.panel import Array
from highneeds.forecast.spend.lookback import SpendLook, spend_outcomes


@dataclass(frozen=True)
class AreaError:
    """One sum: what was forecast of it at a January, and what came; the councils are those that have both."""

    area: SummedArea
    january: int
    horizon: int
    forecast: float
    outcome: float

    @property
    def error(self) -> float:
        """Log outcome less log forecast."""
        return float(np.log(self.outcome / self.forecast))


def plan_errors(looks: Sequence[PastForecast], areas: Sequence[SummedArea]) -> tuple[AreaError, ...]:
    """Every January, horizon and area whose outcome is known at the last of the looks."""
    now, found = looks[-1].panel, list[AreaError]()
    for look in looks:
        for column, horizon in enumerate(HORIZONS):
            came, known = outcomes(look.panel, now, horizon)
            forecast = np.exp(look.points[METHOD][:, column])
            found += _sums(areas, look.panel.councils, look.panel.january, horizon, forecast, came, known)
    return tuple(found)


def spend_errors(spent: Sequence[SpendLook], areas: Sequence[SummedArea]) -> tuple[AreaError, ...]:
    """The same of spending; horizons count from the newest outturn.

    A January at which one outturn was known is left out: it knew no rise of the price of a plan, and is no forecast by
    this method.
    """
    found: list[AreaError] = []
    for look in spent:
        if not look.outturn.step.size:
            continue
        for column, horizon in enumerate(HORIZONS):
            came, known = spend_outcomes(look.outturn, spent[-1].outturn, horizon)
            forecast = np.exp(look.points[METHOD][:, column])
            found += _sums(areas, look.outturn.councils, look.january, horizon, forecast, came, known)
    return tuple(found)


def _sums(
    areas: Sequence[SummedArea],
    councils: Sequence[str],
    january: int,
    horizon: int,
    forecast: Array,
    came: Array,
    known: npt.NDArray[np.bool_],
) -> Iterator[AreaError]:
    for area in areas:
        here = known & area.rows(councils)
        if here.any():
            yield AreaError(area, january, horizon, float(forecast[here].sum()), float(came[here].sum()))


LEAST_PLANS = 100
"""A part of fewer plans in an area is chance."""


def part_errors(
    looks: Sequence[PastForecast], areas: Sequence[SummedArea], cut: PartsCut
) -> tuple[tuple[int, int, float], ...]:
    """(January, horizon, error) of every part of every area beside the error of its total, in logs."""
    now, found = looks[-1].panel, list[tuple[int, int, float]]()
    names = cut.names(now)
    for look in looks:
        for column, horizon in enumerate(HORIZONS):
            _, known = outcomes(look.panel, now, horizon)
            came, known = counted_parts(now, look.panel, cut, names, horizon, known)
            if known.any() and names:
                points = look.points[METHOD][:, column]
                forecast = part_forecast(look.panel, cut, names, METHOD, points, horizon)
                for area in areas:
                    here = known & area.rows(look.panel.councils)
                    found += [(look.panel.january, horizon, one) for one in _beside(forecast[here], came[here])]
    return tuple(found)


def _beside(forecast: Array, came: Array) -> Iterator[float]:
    """Errors of the sums of parts (councils, parts), less that of their total."""
    then, now = forecast.sum(axis=0), np.nan_to_num(came).sum(axis=0)
    counted = np.minimum(then, now) >= LEAST_PLANS
    if counted.any():
        total = np.log(now.sum() / then.sum())
        yield from (np.log(now[counted] / then[counted]) - total).tolist()
