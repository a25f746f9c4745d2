"""highneeds forecast explain"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, show
from highneeds.cli._forecasting import (
    ExtentOnDay,
    ForecastCouncilOption,
    ScenarioOption,
    ThreadsOption,
    WorkspaceArgument,
    YearsOption,
    basis_of,
    how_good,
    run_options,
    say,
)
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.scenarios import read_scenario
from highneeds.forecast.vintages import kept_table
from highneeds.forecast.why import (
    ExplainedFigure,
    ExplainQuestion,
    drawn_as,
    explain,
    explain_since,
)
from highneeds.intake.forecasts import Kept, files_of_forecast, forecast_named
from highneeds.report.views.forecasts import drivers, explained, since_kept
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table


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
        int | None, typer.Option("--seed", help=f"The same seed gives the same result: {SEED}; with --since as it had")
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
    drawn, begun = drawn_as(kept[0] if kept else None, draws, seed)
    with run_options(threads, words="Explaining") as options:
        basis = basis_of(workspace, council, open_data, ExtentOnDay(years, drawn, begun)).started(options)
        asked = ExplainQuestion(figure, first, last, drawn, begun, options)
        if kept is None:
            found = explain(basis, asked, scenarios)
        else:
            earlier = ExtentOnDay(kept[0].years, drawn, begun, kept[0].origin)
            found = explain_since(basis, basis_of(None, basis.la_number, open_data, earlier), asked, kept[1])
    table = explained(found)
    show(drivers(table) if format is Format.TEXT else table, format, out)
    say((*(since_kept(basis, asked, found, *kept) if kept else ()), *basis.notes, *how_good(basis, format)))


def _kept(workspace: Path | None, since: str) -> tuple[Kept, Table] | None:
    """The kept forecast of that name and its table; None where none is named."""
    if not since:
        return None
    if workspace is None:
        raise InputError("Kept forecasts are in a workspace", remedy="Give the workspace folder")
    kept = forecast_named(workspace, since)
    return kept, kept_table(files_of_forecast(workspace, kept), kept.name)
