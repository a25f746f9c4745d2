"""Spending at each horizon: England's plans times its price of a plan, and each council beside England.

England. Spending of lines 1.2 grows with the plans forecast and with the price of a plan, which is learnt from outturn:
its last rise, leaning on that of earnings, and a trend of those rises.

The council. Its growth beside England's rests on two things that a finance officer can check: how its plans grow beside
the typical council's, and how dear its average plan is, since dear and cheap councils draw nearer to each other. Both
coefficients are those of least absolute error over all outcomes known at the January, at one to three years ahead.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.published.growth import HORIZONS, least_absolute
from highneeds.forecast.published.panel import Array
from highneeds.forecast.spend.outturn import OutturnPanel, middle_of_year
from highneeds.intake.published.earnings import earnings_growth_at

GENERAL_PRICES = 0.02
"""The Bank of England's target for consumer prices, 2% a year (remit of the Monetary Policy Committee since 2003)."""

ANCHOR_YEARS = (1.0, 2.0, 4.0)
"""Earnings weigh as so many further years beside the years of outturn known: a plan's money buys people's work."""

TREND_LEAN_YEARS = (1.0, 2.0, 4.0)
"""The trend of the yearly rise leans on none at all, as on so many further years.

With five origins nothing says which of these is right, and to choose the best of them on those origins would be to fit
the few turns that they hold: chosen on the others, an origin comes out worse (docs/explanation/forecast-of-money.md).
So none is chosen: the forecast is their plain mean.
"""

DAMPING = 0.8
"""How fast the rise falls back towards general prices in the years that no back-test reaches. Over the six years of
outturn the price of a plan rose by 1.6% a year, so not earnings but general prices are what it comes back to."""

LEARNED_YEARS = 3
RIDGE = 0.003
MEMORY = 0.8
DEAREST = 0.6
DRIVERS = ("plans beside the typical council", "cost of a plan beside the typical council")


@dataclass(frozen=True)
class PlanPath:
    """What was forecast of plans at the same January.

    level     (councils, Januaries)   log plans, known and then forecast
    england   (Januaries,)            log plans of England, known and then forecast: the sum of its councils
    """

    level: Array
    england: Array


def plan_path(outturn: OutturnPanel, points: Array) -> PlanPath:
    """points (councils, horizons) log plans forecast at 1, 2, ... years."""
    panel = outturn.panel
    known = np.isfinite(panel.opening)
    totals = np.exp(points[known]).sum(axis=0) / panel.opening[known].sum()
    return PlanPath(
        np.concatenate([panel.level, points], axis=1),
        np.concatenate([panel.england, panel.england[-1] + np.log(totals)]),
    )


@dataclass(frozen=True)
class PriceOfPlan:
    """England's yearly rise of spending per plan.

    known     (years,)   as outturn and plans have it
    level     the last rise, leaning on that of earnings
    trend     its yearly change
    """

    known: Array
    level: float
    trend: float

    def rise(self, year: int) -> float:
        """The rise forecast for the first, second ... year after the newest outturn, in logs.

        From the fourth year on, which no back-test reaches yet, it falls back towards general prices.
        """
        tested = min(year, LEARNED_YEARS)
        found = self.level + self.trend * tested
        return GENERAL_PRICES + (found - GENERAL_PRICES) * DAMPING ** (year - tested)


def price_of_plan(outturn: OutturnPanel) -> PriceOfPlan:
    """What is learnt from England's outturn and plans of the same years; without any, the rise of earnings."""
    known = outturn.step - outturn.plan_step
    known = known[np.isfinite(known)]
    last = earnings_growth_at(outturn.january)
    earnings = GENERAL_PRICES if last is None else last
    if not known.size:
        return PriceOfPlan(known, earnings, 0.0)
    level = np.mean([(len(known) * known[-1] + years * earnings) / (len(known) + years) for years in ANCHOR_YEARS])
    change, steps = float(np.diff(known).sum()), len(known) - 1
    trend = np.mean([change / (steps + years) for years in TREND_LEAN_YEARS])
    return PriceOfPlan(known, float(level), float(trend))


def england_spend(outturn: OutturnPanel, plans: PlanPath, horizons: Sequence[int]) -> Array:
    """(horizons,) log growth of England's spending from the newest outturn."""
    price = price_of_plan(outturn)
    middle = middle_of_year(plans.england, outturn.panel.first, outturn.newest.start, max(horizons) + 1)
    return np.array([middle[h] - middle[0] + sum(price.rise(year) for year in range(1, h + 1)) for h in horizons])


def drivers(outturn: OutturnPanel, plans: PlanPath, horizon: int) -> Array:
    """(councils, drivers) beside the typical council; NaN for a council that is not forecast."""
    base = outturn.newest.start
    middle = np.stack([middle_of_year(level, outturn.panel.first, base, horizon + 1) for level in plans.level])
    growth = (middle[:, horizon] - middle[:, 0]) / horizon
    dear = outturn.base - middle[:, 0]
    known = np.isfinite(outturn.panel.opening)
    found = np.stack([growth, dear], axis=1)
    found = np.where(np.isfinite(found), found, np.nan)
    usual = np.array([np.median(column[known & np.isfinite(column)]) if known.any() else 0.0 for column in found.T])
    away = np.nan_to_num(found - usual)
    away[:, 1] = np.clip(away[:, 1], -DEAREST, DEAREST)
    return np.where(known[:, None], away, np.nan)


@dataclass(frozen=True)
class PastGrowth:
    """What one earlier January teaches: drivers then, and growth a year beside the typical council since.

    rows    (lessons, drivers)
    growth  (lessons,)
    weight  (lessons,)   newer outcomes and longer ones weigh more
    """

    rows: Array
    growth: Array
    weight: Array


def past_growth(then: OutturnPanel, plans: PlanPath, now: OutturnPanel) -> PastGrowth:
    """Outcomes at every horizon that are known now, of councils without a break in between."""
    found = [
        _lesson(then, plans, now, horizon) for horizon in HORIZONS if then.newest.start + horizon <= now.newest.start
    ]
    return PastGrowth(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _lesson(then: OutturnPanel, plans: PlanPath, now: OutturnPanel, horizon: int) -> tuple[Array, Array, Array]:
    column = then.newest.start - now.first
    rows = [now.councils.index(council) for council in then.councils]
    growth = (now.spend[rows, column + horizon] - then.base) / horizon
    columns = drivers(then, plans, horizon)
    good = np.isfinite(growth) & np.isfinite(columns).all(axis=1)
    good &= ~now.crosses_break(column, column + horizon)[rows]
    growth = growth[good] - (np.median(growth[good]) if good.any() else 0.0)
    age = now.newest.start - then.newest.start - horizon
    return columns[good], growth, np.full(growth.shape, horizon * MEMORY**age)


def learn_beside_england(lessons: Sequence[PastGrowth]) -> Array:
    """(drivers,) growth a year beside England's for one of each driver; nought where nothing is known."""
    rows = np.concatenate([np.zeros((0, len(DRIVERS))), *(one.rows for one in lessons)])
    if not len(rows):
        return np.zeros(len(DRIVERS))
    growth = np.concatenate([one.growth for one in lessons])
    weight = np.concatenate([one.weight for one in lessons])
    return least_absolute(rows, growth, weight / weight.sum(), np.full(len(DRIVERS), RIDGE))


def spend_points(outturn: OutturnPanel, plans: PlanPath, coefficients: Array, horizons: Sequence[int]) -> Array:
    """(councils, horizons) log pounds; the councils with an outturn grow together as England does."""
    england = england_spend(outturn, plans, horizons)
    points = np.full((len(outturn.councils), len(horizons)), np.nan)
    for place, horizon in enumerate(horizons):
        beside = horizon * (drivers(outturn, plans, horizon) @ coefficients)
        known = np.isfinite(beside) & np.isfinite(outturn.base)
        gbp = np.exp(outturn.base[known])
        lifted = np.log((gbp * np.exp(beside[known])).sum() / gbp.sum()) if known.any() else 0.0
        points[:, place] = outturn.base + beside - lifted + england[place]
    return points
