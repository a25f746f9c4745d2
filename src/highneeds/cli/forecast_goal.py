"""highneeds forecast goal"""

from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, SeedOption, command, show
from highneeds.cli._forecasting import (
    ExtentOnDay,
    ForecastCouncilOption,
    ScenarioOption,
    ThreadsOption,
    WorkspaceArgument,
    basis_of,
    how_good,
    run_options,
    say,
    years_until,
)
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.goal_seek import Goal, seek
from highneeds.forecast.scenarios import Scenario, overlaps, read_scenario
from highneeds.report.views.forecasts import goals
from highneeds.report.words.forecast import what_it_needs
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear


@command("forecast", "goal")
def what_it_takes(
    year: Annotated[str, typer.Option("--year", help="The financial year to balance, such as 2027-28")],
    workspace: WorkspaceArgument = None,
    council: ForecastCouncilOption = None,
    chance: Annotated[float, typer.Option("--chance", help="The chance wanted: 0.5 is an even one")] = 0.5,
    deficit: Annotated[float, typer.Option("--deficit", help="In-year deficit allowed, in pounds; 0 is balance")] = 0.0,
    scenario: ScenarioOption = None,
    starts: Annotated[str, typer.Option("--starts", help="First month of effect of the three levers, as 2026-09")] = "",
    open_data: OpenDataOption = None,
    draws: Annotated[int, typer.Option("--draws", help="How many futures are drawn at every trial")] = DRAWS,
    seed: SeedOption = SEED,
    threads: ThreadsOption = 0,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """How far the mix at phase transfer, unit cost or demand must change for a chance of in-year balance in a year.

    With --scenario the question is asked of every lever of these files, from nothing to its furthest strength.
    """
    wanted = FinancialYear.parse(year, where="--year")
    if not 0 < chance <= 1:
        raise InputError(f"A chance of {chance:g} cannot be asked for", remedy="Give --chance above 0 and at most 1")
    levers = tuple(lever for path in scenario or [] for lever in read_scenario(path).levers)
    years = years_until(wanted, workspace, council, open_data, "--year")
    with run_options(threads, words="Seeking") as options:
        basis = basis_of(workspace, council, open_data, ExtentOnDay(years, draws, seed)).started(options)
        found = seek(basis, Goal(wanted, chance, deficit, levers, starts), options)
    show(goals(found.table()) if format is Format.TEXT else found.table(), format, out)
    say((*what_it_needs(found), *overlaps(Scenario("", levers)), *basis.notes, *how_good(basis, format)))
