"""Why a figure of the forecast changes: between two dates, by the levers of scenarios, or since one that was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.attribution import Attribution, RunMeasure, between, cost_in, of_levers, plans_in, within
from highneeds.forecast.basis import ForecastBasis
from highneeds.forecast.scenarios import Scenario, apply_all
from highneeds.forecast.simulate import RunOptions, simulate
from highneeds.forecast.vintages import explained
from highneeds.intake.forecasts import Kept
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.table import Table


class ExplainedFigure(StrEnum):
    """What is explained."""

    PLANS = "plans"
    COST = "cost"


@dataclass(frozen=True)
class ExplainQuestion:
    """Which figure, between which dates, on how many draws. An empty date is the first or last of the forecast."""

    figure: ExplainedFigure
    first: str
    last: str
    draws: int
    seed: int
    options: RunOptions

    def begins(self, basis: ForecastBasis) -> str:
        calendar = basis.assumptions.calendar
        default = calendar.financial_years[0] if self.figure is ExplainedFigure.COST else f"{calendar.origin}-01"
        return self.first or str(default)

    def ends(self, basis: ForecastBasis) -> str:
        calendar = basis.assumptions.calendar
        cost = self.figure is ExplainedFigure.COST
        return self.last or str(calendar.financial_years[-1] if cost else f"{calendar.januaries[-1]}-01")

    def measure(self, basis: ForecastBasis, date: str) -> RunMeasure:
        """Cost is that of a financial year, plans are counted in a January. InputError for another date."""
        if self.figure is ExplainedFigure.COST:
            return cost_in(str(FinancialYear.parse(date, where="--from or --to")), basis.inputs)
        month = Month.parse(date, where="--from or --to")
        if month.number != 1:
            raise InputError(f"Plans are counted in January, not in {date}", remedy=f"Write {month.year}-01")
        return plans_in(month.year)

    def in_kept(self, table: Table, date: str) -> float | None:
        """What the kept forecast said of the figure; None where it said nothing."""
        wanted = ("baseline", "cost_gbp" if self.figure is ExplainedFigure.COST else "plans", "total", date)
        kept = table.records()
        rows = [row for row in kept if (row["scenario"], row["measure"], row["cut"], row["period"]) == wanted]
        return float(str(rows[0]["mean"])) if rows else None


def drawn_as(kept: Kept | None, draws: int | None, seed: int | None) -> tuple[int, int]:
    """(draws, seed) as asked for, else as the kept forecast had them: with others, chance alone moves the figure."""
    own = (kept.draws, kept.seed) if kept else (DRAWS, SEED)
    return (own[0] if draws is None else draws, own[1] if seed is None else seed)


def explain(basis: ForecastBasis, asked: ExplainQuestion, scenarios: Sequence[Scenario]) -> Attribution:
    """What each lever of one scenario does, why two scenarios differ, or what moves the figure between two dates."""
    drawn_alike = (asked.draws, asked.seed, asked.options)
    last = asked.measure(basis, asked.ends(basis))
    if len(scenarios) == 1:
        return of_levers(basis.assumptions, scenarios[0], last, *drawn_alike)
    if len(scenarios) == 2:
        one, other = (apply_all(basis.assumptions, each.levers) for each in scenarios)
        return between(one, other, last, *drawn_alike)
    return within(basis.assumptions, asked.measure(basis, asked.begins(basis)), last, *drawn_alike)


def explain_since(basis: ForecastBasis, before: ForecastBasis, asked: ExplainQuestion, kept: Table) -> Attribution:
    """The earlier forecast is made again from what was known then, and each driver taken from today's, in order.

    before  what the earlier one was made from
    kept    its table as it was kept
    """
    earlier = simulate(before.assumptions, asked.draws, asked.seed, asked.options)
    date = asked.ends(basis)
    last, printed = asked.measure(basis, date), asked.in_kept(kept, date)
    return explained(earlier, basis.assumptions, last, asked.draws, asked.seed, asked.options, printed)


def counted_since(basis: ForecastBasis, kept: Kept, table: Table) -> tuple[str, float, float] | None:
    """The January that has since been counted: its period, the plans that were forecast, and those counted."""
    origin = basis.assumptions.calendar.origin
    wanted = ("plans", "total", f"{origin}-01")
    said = [row for row in table.records() if (row["measure"], row["cut"], row["period"]) == wanted]
    if not said or kept.origin == origin:
        return None
    return wanted[2], float(str(said[0]["mean"])), float(basis.assumptions.opening.plans.sum())
