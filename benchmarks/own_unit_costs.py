"""What a council's own unit costs are worth: the error of its forecast with them and without, on invented councils.

Run: python benchmarks/own_unit_costs.py

An invented council has plans and true prices in three kinds of setting and spending without plans. Its prices lie a
fifth about England's, rise apart, and its mix of settings drifts, half of it foreseen. Without own unit costs the lines
are those of the return, each booked wrong by a seventh and adding up to the outturn; with them the average of the year
before the forecast, known to 3%, takes their place, and the residual keeps the total. The spending that is forecast of
all lines is the same in both: England's growth from the newest outturn.
"""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from highneeds.forecast.costs.learnt import LearntPrice, factor_of_own, learnt_factor, risen
from highneeds.forecast.costs.prices import PriceBasis, PriceLine, Prices
from highneeds.forecast.costs.residual import with_residual
from highneeds.forecast.own_prices import SECTORS, with_own_prices
from highneeds.forecast.spend.path import SpendPath
from highneeds.forecast.state import AGES, NEEDS
from highneeds.forecast.summary import OwnPrice
from highneeds.vocabulary.period import FinancialYear

COUNCILS = 2000
NEWEST, FIRST, YEARS = 2022, 2024, 3
SETTINGS = ("mainstream", "special_state", "special_independent")
LINES = {SECTORS[name].line: (SECTORS[name].settings[0], name) for name in ("mainstream", "maintained special")}
LINES |= {SECTORS["independent"].line: ("special_independent", "independent")}
PRICES, SHARES = np.array([8_000.0, 14_000.0, 55_000.0]), np.array([0.50, 0.35, 0.15])
PLAN_GROWTH, PRICE_GROWTH = 0.09, 0.05
MISBOOKED = 0.15
"""Spread of a line of the return about what the placements on it cost."""

MEASURED = 0.03
"""Spread of the council's own average about the true price: half the least range that a forecast gives it."""


@dataclass(frozen=True)
class Council:
    """One invented council: what is known, and what came.

    plans, prices   (years, settings)  true, from the newest outturn to the last year
    forecast        (YEARS, settings)  plans forecast
    other           spending without plans in the year of the newest outturn
    """

    plans: np.ndarray
    prices: np.ndarray
    forecast: np.ndarray
    other: float
    lines: tuple[PriceLine, ...]
    own: tuple[OwnPrice, ...]

    @property
    def total(self) -> np.ndarray:
        """(years,) what was spent."""
        grown = self.other * np.exp((PLAN_GROWTH + PRICE_GROWTH) * np.arange(len(self.plans)))
        return (self.plans * self.prices).sum(axis=1) + grown


def invented(rng: np.random.Generator) -> Council:
    years = FIRST + YEARS - NEWEST
    drift = 0.03 * rng.standard_normal(3)
    growth = PLAN_GROWTH + drift + 0.02 * rng.standard_normal((years, 1)) + 0.02 * rng.standard_normal((years, 3))
    rises = PRICE_GROWTH + 0.02 * rng.standard_normal((years, 1)) + 0.02 * rng.standard_normal((years, 3))
    growth[0], rises[0] = 0.0, 0.0
    plans = 2000 * SHARES * np.exp(0.2 * rng.standard_normal(3)) * np.exp(growth.cumsum(axis=0))
    prices = PRICES * np.exp(0.2 * rng.standard_normal(3)) * np.exp(rises.cumsum(axis=0))
    ahead = np.arange(FIRST, FIRST + YEARS)[:, None] - NEWEST
    forecast = plans[0] * np.exp(ahead * (PLAN_GROWTH + drift / 2))
    spent, other = plans[0] * prices[0], 0.15 * (plans[0] * prices[0]).sum()
    booked = np.append(spent, other) * np.exp(MISBOOKED * rng.standard_normal(4))
    booked *= (spent.sum() + other) / booked.sum()
    lines = [line(name, (setting,), booked[at] / plans[0, at]) for at, (name, (setting, _)) in enumerate(LINES.items())]
    lines.append(line("1.2 services", (), booked[3]))
    measured = prices[FIRST - 1 - NEWEST] * np.exp(MEASURED * rng.standard_normal(3))
    year = str(FinancialYear(FIRST - 1))
    own = [
        OwnPrice(sector, "all", year, gbp, gbp, gbp, "invented")
        for (_, sector), gbp in zip(LINES.values(), measured, strict=True)
    ]
    return Council(plans, prices, forecast, other, tuple(lines), tuple(own))


def line(name: str, settings: tuple[str, ...], gbp: float) -> PriceLine:
    basis = PriceBasis.PLAN if settings else PriceBasis.YEAR
    return PriceLine(name, name, settings, basis, gbp, gbp, gbp, NEWEST, 0.03, 0.03, 0.03, "invented")


def forecast(council: Council, own: tuple[OwnPrice, ...]) -> tuple[np.ndarray, np.ndarray]:
    """(years,) total and (years, settings) cost of a plan, as a forecast has them with those unit costs of its own."""
    ahead = np.arange(FIRST, FIRST + YEARS) - NEWEST
    points = np.log(council.total[0]) + ahead * (PLAN_GROWTH + PRICE_GROWTH)
    newest = FinancialYear(NEWEST)
    path = SpendPath(
        newest, council.total[0], FIRST, points, np.zeros((199, YEARS)), 0.4, 0.0, council.forecast, SETTINGS
    )
    before = Prices(council.lines, learnt=LearntPrice(path, council.lines))
    prices = with_residual(before, with_own_prices(before, own)[0], in_one_phase())[0]
    years = tuple(FinancialYear(year) for year in range(FIRST, FIRST + YEARS))
    first = {one.name: np.array([[risen(one, year.start) for year in years]]) for one in council.lines}
    factor = learnt_factor(path_of(prices), first, 1, 1, years)
    total, unit = np.zeros(YEARS), np.zeros((YEARS, len(SETTINGS)))
    for one in prices.lines:
        paid = np.array([risen(one, year.start) for year in years])
        paid = paid * (factor if one.estimate else factor_of_own(one, factor, path_of(prices), years))[0]
        served = [SETTINGS.index(name) for name in one.settings if name in SETTINGS]
        total += paid * (council.forecast[:, served].sum(axis=1) if served else 1.0)
        unit[:, served] += paid[:, None]
    return total, unit


def path_of(prices: Prices) -> LearntPrice:
    assert isinstance(prices.learnt, LearntPrice)
    return prices.learnt


def in_one_phase() -> SimpleNamespace:
    """What the residual asks of the assumptions; an average over all phases needs no ages."""
    provisions = tuple(SimpleNamespace(setting=name) for name in SETTINGS)
    return SimpleNamespace(
        opening=SimpleNamespace(plans=np.ones((AGES, len(NEEDS), len(SETTINGS)))), provisions=provisions
    )


def errors(councils: int, seed: int = 1) -> dict[str, np.ndarray]:
    """name -> (2, YEARS) mean error in per cent, without own unit costs and with them."""
    rng, found = np.random.default_rng(seed), {"total": [], "independent place": [], "saving of a move": []}
    for council in (invented(rng) for _ in range(councils)):
        came, true = council.total[-YEARS:], council.prices[-YEARS:]
        rows = [forecast(council, own) for own in ((), council.own)]
        found["total"].append([abs(total / came - 1) for total, _ in rows])
        found["independent place"].append([abs(unit[:, 2] / true[:, 2] - 1) for _, unit in rows])
        moved = true[:, 2] - true[:, 1]
        found["saving of a move"].append([abs((unit[:, 2] - unit[:, 1]) / moved - 1) for _, unit in rows])
    return {name: 100 * np.mean(rows, axis=0) for name, rows in found.items()}


def main() -> None:
    print(
        "| off by % | " + " | ".join(str(FinancialYear(FIRST + at)) + ": without, with" for at in range(YEARS)) + " |"
    )
    print("|---" * (YEARS + 1) + "|")
    for name, (without, own) in errors(COUNCILS).items():
        print(f"| {name} | " + " | ".join(f"{a:.1f}, {b:.1f}" for a, b in zip(without, own, strict=True)) + " |")


if __name__ == "__main__":
    main()
