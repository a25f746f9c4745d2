"""highneeds forecast compare"""

from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, SeedOption, command, show
from highneeds.cli._forecasting import (
    DrawsOption,
    ExtentOnDay,
    ForecastCouncilOption,
    OpeningOption,
    ScenarioOption,
    TargetOption,
    ThreadsOption,
    WorkspaceArgument,
    YearsOption,
    basis_of,
    how_good,
    run_options,
    say,
    scenarios_given,
    targets,
)
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.council import forecast
from highneeds.report.views.forecasts import side_by_side


@command("forecast", "compare")
def scenarios_side_by_side(
    workspace: WorkspaceArgument = None,
    council: ForecastCouncilOption = None,
    scenario: ScenarioOption = None,
    open_data: OpenDataOption = None,
    years: YearsOption = 5,
    draws: DrawsOption = DRAWS,
    seed: SeedOption = SEED,
    opening: OpeningOption = None,
    aimed_at: TargetOption = None,
    threads: ThreadsOption = 0,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Scenarios beside things as they are, on the same random numbers: plans, places, money, SEN transport and odds.

    Without --scenario those of the workspace's folder scenarios/ are taken.
    """
    scenarios = scenarios_given(workspace, scenario)
    with run_options(threads, words="Learning and simulating") as options:
        basis = basis_of(workspace, council, open_data, ExtentOnDay(years, draws, seed, opening_gbp=opening))
        found = forecast(basis.assumptions, scenarios, draws, seed, options, basis.notes, basis.inputs)
    table = found.compared(targets(basis, aimed_at))
    show(side_by_side(table) if format is Format.TEXT else table, format, out)
    say(("fewer plans, requests or assessments are no aim in themselves", *found.notes, *how_good(basis, format)))
