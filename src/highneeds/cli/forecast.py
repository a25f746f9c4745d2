"""highneeds forecast"""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import typer

from highneeds.actions.keep_forecast import keep_forecast
from highneeds.cli._command import (
    AsKnownOption,
    Format,
    FormatOption,
    OpenDataOption,
    OutOption,
    SeedOption,
    command,
    known_day,
    now,
    show,
)
from highneeds.cli._forecasting import (
    DrawsOption,
    ExtentOnDay,
    OpeningOption,
    ScenarioOption,
    TargetOption,
    ThreadsOption,
    WorkspaceArgument,
    YearsOption,
    basis_of,
    cluster_executor,
    council_of,
    run_options,
    say,
    target,
    targets,
)
from highneeds.cli._kept import not_kept
from highneeds.cli._progress import bar
from highneeds.forecast import DRAWS, SEED, kernels
from highneeds.forecast.council import Forecast, forecast, must_be_two, tested
from highneeds.forecast.many import ForecastSetup, all_councils, with_areas
from highneeds.forecast.scenarios import read_scenario
from highneeds.intake.published import open_pack
from highneeds.report.views.forecasts import ForecastTable, table_of
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.table import Table


@command("forecast")
def of_plans_and_money(
    workspace: WorkspaceArgument = None,
    council: Annotated[str | None, typer.Option("--council", help="An LA number such as 886, or all")] = None,
    as_known: AsKnownOption = None,
    open_data: OpenDataOption = None,
    years: YearsOption = 10,
    draws: DrawsOption = DRAWS,
    seed: SeedOption = SEED,
    scenario: ScenarioOption = None,
    origin: Annotated[int | None, typer.Option("--origin", help="Forget everything after that January")] = None,
    opening: OpeningOption = None,
    aimed_at: TargetOption = None,
    table: Annotated[ForecastTable, typer.Option("--table", help="What to write")] = ForecastTable.FORECAST,
    threads: ThreadsOption = 0,
    cluster: Annotated[str | None, typer.Option("--cluster", help="Address of a Dask scheduler: tcp://...")] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Plans, places and cost for years ahead, with bands, for a baseline and for what-if scenarios.

    Of a workspace it takes its own returns, prices, ledger, balance and targets, and keeps what it made there.
    """
    for text in aimed_at or []:
        target(text)
    scenarios = tuple(read_scenario(path) for path in scenario or [])
    if council_of(workspace, council) == "all":
        if scenarios:
            raise InputError("Scenarios are tried on one council", remedy="Leave --scenario out, or name a council")
        ask = ForecastSetup(str(open_data) if open_data else None, years, draws, seed, kernels.chosen(os.environ))
        show(_every_council(ask, threads or os.cpu_count() or 1, cluster), format, out)
        return
    if table is ForecastTable.DELAY:
        must_be_two(scenarios)
    with run_options(threads, cluster, "Learning and simulating") as options:
        basis = basis_of(
            workspace, council, open_data, ExtentOnDay(years, draws, seed, origin, opening, known_day(as_known))
        )
        found = forecast(basis.assumptions, scenarios, draws, seed, options, basis.notes, basis.inputs)
    notes: tuple[Note, ...] = ()
    scores: Table | None = None
    if not basis.own and _tested(table, format):
        with bar("Testing the forecast on earlier years"):
            notes, scores = tested(basis.published, basis.la_number, basis.assumptions.calendar.origin)
    if workspace is not None:
        _keep(workspace, found, draws, seed, basis.own)
    aims, day = targets(basis, aimed_at), known_day(as_known)
    own = table_of(found, table, aims, day, for_people=format is Format.TEXT)
    chosen = scores if scores and table is ForecastTable.BACKTEST else own
    show(chosen, format, out)
    say((*found.notes, *notes))


def _keep(workspace: Path, found: Forecast, draws: int, seed: int, own: bool) -> None:
    """A workspace that cannot be written keeps nothing, and that is said; the forecast is still given."""
    with not_kept(workspace):
        keep_forecast(
            FolderStore(workspace), found, draws=draws, seed=seed, own=own, by="highneeds forecast", now=now()
        )


def _every_council(ask: ForecastSetup, processes: int, cluster: str | None) -> Table:
    """All councils of the folder, each a job for a process of this machine or a worker of the cluster."""
    published = open_pack(None if ask.folder is None else Path(ask.folder))
    local = ProcessPoolExecutor(max_workers=processes, mp_context=get_context("spawn"))
    with bar("Forecasting") as progress, local if cluster is None else cluster_executor(cluster) as executor:
        tables = dict(all_councils(ask, executor, progress))
    with bar("Adding up regions and England"):
        table, notes = with_areas(tables, published)
    say(notes)
    return table


def _tested(wanted: ForecastTable, format: Format) -> bool:
    """A person sees the back-test beside the forecast; a program asks for it."""
    return wanted is ForecastTable.BACKTEST or (wanted is ForecastTable.FORECAST and format is Format.TEXT)
