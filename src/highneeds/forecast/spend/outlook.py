"""The forecast of spending from published statistics alone, for every council at one January."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from highneeds.forecast.published.bands import Calibration
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.lookback import METHOD, PastForecast, look_back
from highneeds.forecast.published.outlook import Outlook, outlook_from
from highneeds.forecast.published.panel import Array
from highneeds.forecast.spend.lookback import SpendLook, look_back_at_spend, rounded, spend_calibration
from highneeds.forecast.spend.method import PlanPath, plan_path, spend_points
from highneeds.forecast.spend.outturn import OutturnPanel
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear


@dataclass(frozen=True)
class SpendOutlook:
    """What is forecast of the net outturn of lines 1.2 at one January, and how sure it is.

    horizons   years after the newest outturn known
    plans      what was forecast of plans, on which it rests
    points     (councils, horizons)   log pounds, cash
    before     the same method at earlier Januaries, from which the bands come
    """

    outturn: OutturnPanel
    plans: PlanPath
    horizons: tuple[int, ...]
    points: Array
    calibration: Calibration
    coefficients: Array
    before: tuple[SpendLook, ...] = field(repr=False)

    @property
    def january(self) -> int:
        return self.outturn.january

    def year(self, horizon: int) -> FinancialYear:
        """The financial year that lies `horizon` years after the newest outturn."""
        return self.outturn.newest.plus(horizon)

    def covers(self, la_number: str) -> bool:
        """Whether a council is forecast."""
        councils = self.outturn.councils
        return la_number in councils and bool(np.isfinite(self.points[councils.index(la_number)]).all())

    def row(self, la_number: str) -> int:
        """The row of a council that is forecast."""
        if not self.covers(la_number):
            raise InputError(
                f"Spending of council {la_number} cannot be forecast from January {self.january}",
                remedy="Give the three-figure number of a council with a published total in that January",
            )
        return self.outturn.councils.index(la_number)

    def band(self, horizon: int, chances: Sequence[float]) -> Array:
        """(chances, councils) pounds at a horizon that are not exceeded with the given chances."""
        points = self.points[:, self.horizons.index(horizon)]
        return self.calibration.band(points, self.outturn.panel.opening, horizon, chances)


def spend_outlook(published: Published, january: int, horizons: Sequence[int]) -> SpendOutlook:
    """The forecast of every council at `january`, from what was known then and nothing later."""
    looks = look_back(published, january)
    return spend_outlook_from(look_back_at_spend(published, looks), looks, tuple(horizons))


def spend_outlook_from(
    spent: Sequence[SpendLook], looks: Sequence[PastForecast], horizons: tuple[int, ...]
) -> SpendOutlook:
    """The same, where both look backs are at hand, each with the January itself as its last."""
    if len(spent) < 2:
        raise InputError(
            "There are too few years of outturn to say how sure a forecast of spending is",
            where="s251_outturn_high_needs_total",
            remedy="Choose a later origin, or give the outturn of earlier years",
        )
    now, before = spent[-1], tuple(spent[:-1])
    plans, points = now.plans, now.points[METHOD]
    if not set(horizons) <= set(HORIZONS):
        plans = plan_path(now.outturn, _plans(looks, max(horizons)).points)
        points = rounded(spend_points(now.outturn, plans, now.coefficients, horizons))
    else:
        points = points[:, [HORIZONS.index(horizon) for horizon in horizons]]
    calibration = spend_calibration(before, now.outturn, horizons)
    return SpendOutlook(now.outturn, plans, horizons, points, calibration, now.coefficients, before)


def _plans(looks: Sequence[PastForecast], years: int) -> Outlook:
    return outlook_from(tuple(looks[:-1]), looks[-1], tuple(range(1, years + 1)))
