"""The method at every earlier January, with what was known then: what it forecast of spending, and how wrong it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from highneeds.forecast.published.bands import Calibration, Errors, calibrate
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.lookback import METHOD, PastForecast
from highneeds.forecast.published.panel import Array
from highneeds.forecast.spend.method import (
    PastGrowth,
    PlanPath,
    learn_beside_england,
    past_growth,
    plan_path,
    spend_points,
)
from highneeds.forecast.spend.outturn import OutturnPanel, first_origin, outturn_at
from highneeds.forecast.spend.rules import SPEND_RULES, spend_rule_points
from highneeds.intake.published import Published

LOG_DECIMALS = 9


@dataclass(frozen=True)
class SpendLook:
    """What was forecast of spending at one January.

    plans          what was forecast of plans, on which it rests
    coefficients   (drivers,)              as learnt then
    points         method -> (councils, horizons)  log pounds, for HORIZONS
    """

    outturn: OutturnPanel
    plans: PlanPath
    coefficients: Array
    points: Mapping[str, Array]

    @property
    def january(self) -> int:
        return self.outturn.january


def look_back_at_spend(published: Published, looks: Sequence[PastForecast]) -> tuple[SpendLook, ...]:
    """Every January of a look back on plans at which an outturn was known, in order."""
    first, found = first_origin(published), list[SpendLook]()
    for look in looks:
        if first is not None and look.panel.january >= first:
            found.append(_look(published, look, found))
    return tuple(found)


def _look(published: Published, look: PastForecast, before: Sequence[SpendLook]) -> SpendLook:
    outturn = outturn_at(published, look.panel)
    plans = plan_path(outturn, look.points[METHOD])
    coefficients = learn_beside_england(lessons_of(before, outturn))
    points = {METHOD: rounded(spend_points(outturn, plans, coefficients, HORIZONS))}
    points |= {name: spend_rule_points(outturn, name, HORIZONS) for name in SPEND_RULES}
    return SpendLook(outturn, plans, coefficients, points)


def lessons_of(before: Sequence[SpendLook], now: OutturnPanel) -> list[PastGrowth]:
    return [past_growth(one.outturn, one.plans, now) for one in before]


def rounded(points: Array) -> Array:
    """Rounded well below a pound in a million, so that it has the same bytes on any machine."""
    return np.asarray(np.round(points, LOG_DECIMALS))


def spend_outcomes(then: OutturnPanel, now: OutturnPanel, horizon: int) -> tuple[Array, npt.NDArray[np.bool_]]:
    """(councils of `then`,) pounds that came `horizon` years later, and whether they are known in `now`."""
    year = then.newest.start + horizon
    if year > now.newest.start:
        return np.full(len(then.councils), np.nan), np.zeros(len(then.councils), dtype=bool)
    rows = [now.councils.index(council) for council in then.councils]
    gbp = np.exp(now.spend[rows, year - now.first])
    return gbp, np.isfinite(gbp) & np.isfinite(then.panel.opening)


def spend_calibration(
    before: Sequence[SpendLook], outturn: OutturnPanel, horizons: Sequence[int], method: str = METHOD
) -> Calibration:
    """The bands of a method at a January, from its errors on outcomes known by then."""
    errors = {h: _errors(before, outturn, method, column) for column, h in enumerate(HORIZONS)}
    return calibrate(errors, horizons, drift_of_price(outturn))


def drift_of_price(outturn: OutturnPanel) -> float:
    """How much England's spending has differed in its growth from year to year, in logs."""
    return float(outturn.step.std()) if outturn.step.size >= 2 else 0.0


def _errors(before: Sequence[SpendLook], now: OutturnPanel, method: str, column: int) -> Errors:
    horizon, found = HORIZONS[column], [np.zeros((4, 0))]
    for look in before:
        gbp, known = spend_outcomes(look.outturn, now, horizon)
        error = np.log(gbp[known]) - look.points[method][known, column]
        age = np.full(error.shape, float(now.newest.start - look.outturn.newest.start - horizon))
        size = look.outturn.panel.opening[known]
        found.append(np.stack([error, size, age, np.full(error.shape, float(look.january))]))
    return Errors(*np.concatenate(found, axis=1))
