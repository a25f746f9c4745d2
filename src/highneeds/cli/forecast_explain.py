"""highneeds forecast explain"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, show
from highneeds.cli._forecasting import (
    ForecastCouncilOption,
    ScenarioOption,
    ThreadsOption,
    Wish,
    WorkspaceArgument,
    YearsOption,
    basis_of,
    how_good,
    run_options,
    say,
)
from highneeds.forecast.attribution import Attribution, RunMeasure, between, cost_in, of_levers, plans_in, within
from highneeds.forecast.basis import ForecastBasis
from highneeds.forecast.scenarios import Scenario, apply_all, read_scenario
from highneeds.forecast.simulate import RunOptions, simulate
from highneeds.forecast.vintages import explained, kept_table
from highneeds.intake.forecasts import Kept, files_of_forecast, forecast_named
from highneeds.report.views.forecasts import drivers
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month

DRAWS = 200
"""Enough to rank the drivers; half a second each on two cores."""


class ExplainedFigure(StrEnum):
    """What is explained."""

    PLANS = "plans"
    COST = "cost"


@dataclass(frozen=True)
class ExplainQuestion:
    """One question: which figure, between which dates, on how many draws."""

    figure: ExplainedFigure
    first: str
    last: str
    draws: int
    seed: int
    options: RunOptions


@command("forecast", "explain")
def why_it_changes(
    workspace: WorkspaceArgument = None,
    council: ForecastCouncilOption = None,
    figure: Annotated[
        ExplainedFigure, typer.Option("--figure", help="plans in a January, or cost of a financial year")
    ] = (ExplainedFigure.PLANS),
    first: Annotated[str, typer.Option("--from", help="The first date: 2024-01 for plans, 2024-25 for cost")] = "",
    last: Annotated[str, typer.Option("--to", help="The last date; without one the last of the forecast")] = "",
    scenario: ScenarioOption = None,
    since: Annotated[str, typer.Option("--since", help="A kept forecast, as `forecast vintages` names it")] = "",
    open_data: OpenDataOption = None,
    years: YearsOption = 5,
    draws: Annotated[
        int | None,
        typer.Option("--draws", help=f"How many futures are drawn at every step: {DRAWS}; with --since as it had"),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="The same seed gives the same result: 1; with --since as it had")
    ] = None,
    threads: ThreadsOption = 0,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Why a figure changes: population, rates, mix, places, price, levers and a named interaction, adding up exactly.

    Between two dates; with one --scenario, what each of its levers does; with two, why they differ; with --since, why
    the forecast differs from an earlier one that was kept.
    """
    scenarios = tuple(read_scenario(path) for path in scenario or [])
    if len(scenarios) > 2 or (since and scenarios):
        raise InputError("Give one scenario, two, or --since, and no more", remedy="Ask one question at a time")
    kept = _kept(workspace, since)
    drawn, begun = drawn_as(kept, draws, seed)
    with run_options(threads, words="Explaining") as options:
        basis = basis_of(workspace, council, open_data, Wish(years, drawn, begun)).started(options)
        asking = ExplainQuestion(figure, first, last, drawn, begun, options)
        found = _since(basis, asking, kept, open_data, workspace) if kept else _answer(basis, asking, scenarios)
    show(drivers(found.table()) if format is Format.TEXT else found.table(), format, out)
    since_then = _since_then(workspace, kept, basis, asking, found) if kept and workspace else ()
    say((*since_then, *basis.notes, *how_good(basis, format)))


def _kept(workspace: Path | None, since: str) -> Kept | None:
    if since and workspace is None:
        raise InputError("Kept forecasts are in a workspace", remedy="Give the workspace folder")
    return forecast_named(workspace, since) if since and workspace else None


def drawn_as(kept: Kept | None, draws: int | None, seed: int | None) -> tuple[int, int]:
    """(draws, seed) as asked for, else as the kept forecast had them: with others, chance alone moves the figure."""
    own = (kept.draws, kept.seed) if kept else (DRAWS, 1)
    return (own[0] if draws is None else draws, own[1] if seed is None else seed)


def _answer(basis: ForecastBasis, asking: ExplainQuestion, scenarios: tuple[Scenario, ...]) -> Attribution:
    drawn_alike = (asking.draws, asking.seed, asking.options)
    last = _measure(asking, basis, asking.last or _last(asking, basis))
    if len(scenarios) == 1:
        return of_levers(basis.assumptions, scenarios[0], last, *drawn_alike)
    if len(scenarios) == 2:
        one, other = (apply_all(basis.assumptions, each.levers) for each in scenarios)
        return between(one, other, last, *drawn_alike)
    return within(basis.assumptions, _measure(asking, basis, asking.first or _first(asking, basis)), last, *drawn_alike)


def _since(
    basis: ForecastBasis, asking: ExplainQuestion, kept: Kept, open_data: Path | None, workspace: Path | None
) -> Attribution:
    """The earlier forecast is made again from what was known then, and each driver taken from today's, in order."""
    before = basis_of(None, basis.la_number, open_data, Wish(kept.years, asking.draws, asking.seed, kept.origin))
    earlier = simulate(before.assumptions, asking.draws, asking.seed, asking.options)
    date = asking.last or _last(asking, basis)
    last, printed = _measure(asking, basis, date), _printed(workspace, kept, asking.figure, date)
    return explained(earlier, basis.assumptions, last, asking.draws, asking.seed, asking.options, printed)


def _printed(workspace: Path | None, kept: Kept, figure: ExplainedFigure, date: str) -> float | None:
    """What the kept forecast said of the figure; None where it said nothing."""
    if workspace is None:
        return None
    table = kept_table(files_of_forecast(workspace, kept), kept.name)
    measure = "cost_gbp" if figure is ExplainedFigure.COST else "plans"
    wanted = ("baseline", measure, "total", date)
    rows = [row for row in table.records() if (row["scenario"], row["measure"], row["cut"], row["period"]) == wanted]
    return float(str(rows[0]["mean"])) if rows else None


def _since_then(
    workspace: Path, kept: Kept, basis: ForecastBasis, asking: ExplainQuestion, found: Attribution
) -> tuple[str, ...]:
    """Both figures side by side, where the kept forecast has it, and what has been counted since."""
    date = asking.last or _last(asking, basis)
    before = _printed(workspace, kept, asking.figure, date)
    words = ("cost in", "£") if asking.figure is ExplainedFigure.COST else ("plans in", "")
    pair = () if before is None else (_side_by_side(*words, date, kept, before, before + found.total),)
    return (*pair, *_changed(workspace, kept, basis))


def _side_by_side(what: str, pounds: str, date: str, kept: Kept, before: float, now: float) -> str:
    then = f"the forecast of {kept.made_on} ({kept.name})"
    return f"{what} {date}: {pounds}{before:,.0f} in {then}, {pounds}{now:,.0f} in today's"


def _changed(workspace: Path, kept: Kept, basis: ForecastBasis) -> tuple[str, ...]:
    """What was forecast of the first January that has since been counted."""
    table = kept_table(files_of_forecast(workspace, kept), kept.name)
    period = f"{basis.assumptions.calendar.origin}-01"
    said = [row for row in table.records() if (row["measure"], row["cut"], row["period"]) == ("plans", "total", period)]
    counted = float(basis.assumptions.opening.plans.sum())
    words = f"the forecast of {kept.made_on} starts from January {kept.origin}"
    if not said or kept.origin == basis.assumptions.calendar.origin:
        return (words,)
    return (f"{words}; for {period} it forecast {said[0]['mean']:,.0f} plans, and {counted:,.0f} were counted",)


def _measure(asking: ExplainQuestion, basis: ForecastBasis, date: str) -> RunMeasure:
    if asking.figure is ExplainedFigure.COST:
        return cost_in(str(FinancialYear.parse(date, where="--from or --to")), basis.inputs)
    month = Month.parse(date, where="--from or --to")
    if month.number != 1:
        raise InputError(f"Plans are counted in January, not in {date}", remedy=f"Write {month.year}-01")
    return plans_in(month.year)


def _first(asking: ExplainQuestion, basis: ForecastBasis) -> str:
    calendar = basis.assumptions.calendar
    return str(calendar.financial_years[0]) if asking.figure is ExplainedFigure.COST else f"{calendar.origin}-01"


def _last(asking: ExplainQuestion, basis: ForecastBasis) -> str:
    calendar = basis.assumptions.calendar
    return (
        str(calendar.financial_years[-1]) if asking.figure is ExplainedFigure.COST else f"{calendar.januaries[-1]}-01"
    )
