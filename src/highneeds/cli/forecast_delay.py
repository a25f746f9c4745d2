"""highneeds forecast delay"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, SeedOption, command, show
from highneeds.cli._forecasting import (
    DrawsOption,
    ExtentOnDay,
    ForecastCouncilOption,
    ThreadsOption,
    WorkspaceArgument,
    YearsOption,
    basis_of,
    how_good,
    run_options,
    say,
    scenarios_given,
)
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.council import forecast
from highneeds.forecast.scenarios import delays_among
from highneeds.forecast.summary.delay import delay_table, delays_of
from highneeds.report.views.forecasts import delays as for_people
from highneeds.report.words.forecast_notes import note_words
from highneeds.vocabulary.errors import InputError


@command("forecast", "delay")
def what_a_delay_costs(
    workspace: WorkspaceArgument = None,
    council: ForecastCouncilOption = None,
    scenario: Annotated[
        list[Path] | None, typer.Option("--scenario", help="The planned openings, and a file that is delay_of them")
    ] = None,
    open_data: OpenDataOption = None,
    years: YearsOption = 4,
    draws: DrawsOption = DRAWS,
    seed: SeedOption = SEED,
    threads: ThreadsOption = 0,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """What it costs that schools open later than planned: the same draws with two opening dates.

    A scenario says with delay_of which other it is the delay of. What documents print stands beside it.
    """
    wanted = delays_among(scenarios_given(workspace, scenario))
    with run_options(threads, words="Learning and simulating") as options:
        basis = basis_of(workspace, council, open_data, ExtentOnDay(years, draws, seed))
        found = forecast(basis.assumptions, wanted, draws, seed, options, basis.notes, basis.inputs)
        delays = delays_of(found, wanted, basis.inputs.delays if basis.inputs else ())
    if not delays:
        raise InputError("The cost of a delay needs prices, and none is known", remedy="Give unit costs")
    table = delay_table(delays)
    show(for_people(table) if format is Format.TEXT else table, format, out)
    for one in delays:
        say([f"rests on: {note_words(note)}" for note in one.rests_on])
    say((*found.notes, *how_good(basis, format)))
