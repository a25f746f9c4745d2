"""Odds: how likely a target is met, when the money breaks even, and what a delay costs, all from the same draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.costs.price import Costs
from highneeds.forecast.simulate import SimulationRun
from highneeds.forecast.state import Floats
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table


def _no_year_ended(year: str) -> bool:
    return False


@dataclass(frozen=True)
class BreakEven:
    """First financial year with an in-year position of nil or better: the share of draws for each, and for never."""

    shares: Mapping[str, float]
    never: float

    def quantile(self, chance: float) -> str:
        """The year by which so large a share of the draws has broken even; 'not within the forecast' if none."""
        reached = 0.0
        for year, share in self.shares.items():
            reached += share
            if reached >= chance - 1e-12:
                return year
        return "not within the forecast"


def chance_of_targets(
    costs: Costs, targets_gbp: Mapping[str, float], ended: Callable[[str], bool] = _no_year_ended
) -> dict[str, float | None]:
    """For every financial year with a target, the chance that the in-year position is at most that deficit.

    None for a year that has ended, which has an outcome, and where nothing is forecast of it.
    """
    names = [str(year) for year in costs.years]
    found: dict[str, float | None] = {}
    for year, target in targets_gbp.items():
        found[year] = None
        if costs.in_year_gbp is not None and year in names and not ended(year):
            found[year] = float((costs.in_year_gbp[:, names.index(year)] <= target).mean())
    return found


def chance_of_nil_deficit(costs: Costs, year: str) -> float | None:
    """The chance that the accumulated deficit is nil, or a surplus, at the end of a financial year."""
    names = [str(one) for one in costs.years]
    if costs.accumulated_gbp is None or year not in names:
        return None
    balance = costs.accumulated_gbp[:, names.index(year)]
    return None if np.isnan(balance).any() else float((balance <= 0.0).mean())


def break_even(costs: Costs) -> BreakEven | None:
    """When the in-year position first reaches nil; None where it is unknown."""
    if costs.in_year_gbp is None:
        return None
    reached = costs.in_year_gbp <= 0.0
    first = np.where(reached.any(axis=1), reached.argmax(axis=1), len(costs.years))
    shares = {str(year): float((first == index).mean()) for index, year in enumerate(costs.years)}
    return BreakEven(shares, float((first == len(costs.years)).mean()))


def odds_table(costs: Costs, targets_gbp: Mapping[str, float], ended: Callable[[str], bool] = _no_year_ended) -> Table:
    """By year: the target, the chance to meet it, the chance of in-year balance, and of a nil accumulated deficit.

    A year that has ended has an outcome: its chances are empty.
    """
    met = chance_of_targets(costs, targets_gbp)
    rows: list[list[object]] = []
    for index, year in enumerate(costs.years):
        balance = None if costs.in_year_gbp is None else float((costs.in_year_gbp[:, index] <= 0.0).mean())
        name = str(year)
        if ended(name):
            rows.append([name, targets_gbp.get(name), None, None, None])
            continue
        rows.append([name, targets_gbp.get(name), met.get(name), balance, chance_of_nil_deficit(costs, name)])
    columns = ("financial_year", "target_gbp", "chance_of_target", "chance_of_balance", "chance_of_nil_deficit")
    return Table.of(columns, rows, "Odds")


@dataclass(frozen=True)
class CostOfDelay:
    """The same draws with two opening dates: actual less planned, a positive figure is money lost.

    extra_gbp        (draws, years) cost
    places_missed    (draws, years) child-years that the schools would have held
    """

    years: tuple[str, ...]
    extra_gbp: Floats
    places_missed: Floats

    def table(self) -> Table:
        """By year and in total: the mean and an 80% band of the money lost, and the child-years missed."""
        rows = [self._row(name, self.extra_gbp[:, i], self.places_missed[:, i]) for i, name in enumerate(self.years)]
        rows.append(self._row("total", self.extra_gbp.sum(axis=1), self.places_missed.sum(axis=1)))
        columns = ("financial_year", "lost_gbp", "lost_gbp_p10", "lost_gbp_p90", "child_years_missed")
        return Table.of(columns, rows, "Cost of delay")

    @staticmethod
    def _row(name: str, lost: Floats, missed: Floats) -> list[object]:
        low, high = np.quantile(lost, (0.1, 0.9))
        figures = [float(value) for value in (lost.mean(), low, high)]
        return [name, *(round(value, 2) for value in figures), round(float(missed.mean()), 2)]


def delay_between(
    planned: tuple[SimulationRun, Costs | None], actual: tuple[SimulationRun, Costs | None], schools: tuple[str, ...]
) -> CostOfDelay:
    """What it costs that `schools` open as in `actual` and not as in `planned`: two runs on the same random numbers."""
    before, after = planned[1], actual[1]
    if before is None or after is None:
        raise InputError("The cost of a delay needs prices on both sides", remedy="Give unit costs")
    held = [_child_years(run, schools) for run in (planned[0], actual[0])]
    names = tuple(str(year) for year in before.years)
    return CostOfDelay(names, after.total_gbp - before.total_gbp, held[0] - held[1])


def _child_years(run: SimulationRun, schools: tuple[str, ...]) -> Floats:
    at = [index for index, one in enumerate(run.assumptions.provisions) if one.school in schools]
    found: Floats = run.outcome.volume.sum(axis=3)[:, :, at].sum(axis=2)
    return found
