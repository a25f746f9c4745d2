"""highneeds forecast"""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import typer

from highneeds.caseload import Caseload
from highneeds.caseload.store import from_files
from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, SeedOption, command, show
from highneeds.forecast import kernels
from highneeds.forecast.council import Forecast, forecast, learn, learn_from_returns, tested
from highneeds.forecast.many import Ask, all_councils
from highneeds.forecast.odds import odds_table
from highneeds.forecast.scenarios import read_scenario
from highneeds.forecast.simulate import How, Progress
from highneeds.forecast.tables import COLUMNS
from highneeds.intake.accepted import current, kept_files
from highneeds.intake.published import open_pack
from highneeds.intake.workspace import read_workspace
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.money import pence
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table


class Wanted(StrEnum):
    """Which table is written."""

    FORECAST = "forecast"
    ASSUMPTIONS = "assumptions"
    SCENARIOS = "scenarios"
    ODDS = "odds"
    DELAY = "delay"
    BACKTEST = "backtest"


@command("forecast")
def of_plans_and_money(
    workspace: Annotated[Path | None, typer.Argument(help="A workspace folder")] = None,
    council: Annotated[str | None, typer.Option("--council", help="An LA number such as 886, or all")] = None,
    open_data: OpenDataOption = None,
    years: Annotated[int, typer.Option("--years", help="Januaries ahead")] = 10,
    draws: Annotated[int, typer.Option("--draws", help="How many futures are drawn")] = 1000,
    seed: SeedOption = 1,
    scenario: Annotated[list[Path] | None, typer.Option("--scenario", help="A scenario file; may repeat")] = None,
    origin: Annotated[int | None, typer.Option("--origin", help="Forget everything after that January")] = None,
    opening: Annotated[
        float | None, typer.Option("--opening", help="Accumulated deficit in pounds before the first financial year")
    ] = None,
    target: Annotated[
        list[str] | None, typer.Option("--target", help="In-year deficit aimed at, as 2025-26=29900000; may repeat")
    ] = None,
    table: Annotated[Wanted, typer.Option("--table", help="What to write")] = Wanted.FORECAST,
    threads: Annotated[int, typer.Option("--threads", help="Blocks of draws worked at once; 0 is one per core")] = 0,
    cluster: Annotated[str | None, typer.Option("--cluster", help="Address of a Dask scheduler: tcp://...")] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Plans, places and cost for years ahead, with bands, for a baseline and for what-if scenarios."""
    la_number = _council(workspace, council)
    targets = dict(_target(text) for text in target or [])
    scenarios = tuple(read_scenario(path) for path in scenario or [])
    published = open_pack(open_data)
    if la_number == "all":
        if scenarios:
            raise InputError("Scenarios are tried on one council", remedy="Leave --scenario out, or name a council")
        ask = Ask(open_data, years, draws, seed, kernels.chosen(os.environ))
        show(_every_council(ask, threads or os.cpu_count() or 1, cluster), format, out)
        return
    returns = () if workspace is None or origin is not None else _accepted(workspace)
    if len(returns) > 1:
        assumptions, notes = learn_from_returns(returns, published, years=years, opening_gbp=opening)
    else:
        assumptions, notes = learn(
            published, la_number, years=years, draws=draws, seed=seed, origin=origin, opening_gbp=opening
        )
    with _way(threads, cluster) as how:
        found = forecast(assumptions, scenarios, draws, seed, how, notes)
    words: tuple[str, ...] = ()
    scores: Table | None = None
    if len(returns) < 2 and _tested(table, format):
        words, scores = tested(published, la_number, assumptions.calendar.origin)
    show(scores if scores and table is Wanted.BACKTEST else _chosen(found, table, format, targets), format, out)
    for note in (*found.notes, *words):
        sys.stderr.write(note + "\n")


def _every_council(ask: Ask, processes: int, cluster: str | None) -> Table:
    """All councils of the folder, each a job for a process of this machine or a worker of the cluster."""
    local = ProcessPoolExecutor(max_workers=processes, mp_context=get_context("spawn"))
    with _bar() as progress, local if cluster is None else cluster_executor(cluster) as executor:
        parts = list(all_councils(ask, executor, progress))
    rows = [(number, *row) for number, table in parts for row in table.rows]
    return Table.of(("la_number", *COLUMNS), rows, "Forecast of every council")


def _council(workspace: Path | None, council: str | None) -> str:
    if (workspace is None) == (council is None):
        raise InputError("Give a workspace folder or --council, and not both", remedy="For example --council 886")
    return council if workspace is None else read_workspace(workspace).council.la_number  # type: ignore[return-value]


def _accepted(workspace: Path) -> tuple[Caseload, ...]:
    """The workspace's accepted SEN2 returns; with two or more of them the forecast learns from these."""
    kept = [one.fingerprint for one in current(workspace)]
    return tuple(from_files(name, kept_files(workspace, name)) for name in kept)


@contextmanager
def _way(threads: int, cluster: str | None) -> Iterator[How]:
    """How blocks are worked: on threads here, or on a cluster. The figures are the same."""
    chosen = kernels.chosen(os.environ)
    cores = threads or os.cpu_count() or 1
    with _bar() as progress:
        how = How(kernel=chosen, threads=cores, progress=progress)
        if cluster is None:
            yield how
            return
        with cluster_executor(cluster) as executor:
            yield replace(how, executor=executor)


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """The concurrent.futures face of a Dask cluster."""
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "--cluster needs the extra highneeds[cluster]", remedy="Install it, or leave --cluster out"
        ) from None
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as problem:
        raise InputError(f"No Dask scheduler answers: {problem}", where=address, remedy="Check the address") from None
    with client:
        yield client.get_executor(retries=5)


@contextmanager
def _bar() -> Iterator[Progress | None]:
    """A progress bar on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Simulating", total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)


def _tested(wanted: Wanted, format: Format) -> bool:
    """A person sees the back-test beside the forecast; a program asks for it."""
    return wanted is Wanted.BACKTEST or (wanted is Wanted.FORECAST and format is Format.TEXT)


def _chosen(found: Forecast, wanted: Wanted, format: Format, targets: dict[str, float]) -> Table:
    if wanted is Wanted.ASSUMPTIONS:
        return found.register()
    if wanted is Wanted.SCENARIOS:
        return found.compared(targets)
    if wanted is Wanted.DELAY:
        return found.delay()
    if wanted is Wanted.ODDS:
        return _odds(found, targets)
    return _for_people(found.table()) if format is Format.TEXT else found.table()


def _odds(found: Forecast, targets: dict[str, float]) -> Table:
    tables = {name: odds_table(costs, targets) for name, (_, costs) in found.runs.items() if costs is not None}
    rows = [[name, *row] for name, table in tables.items() for row in table.rows]
    columns = next(iter(tables.values())).columns if tables else ("financial_year",)
    return Table.of(("scenario", *columns), rows, "Odds")


def _target(text: str) -> tuple[str, float]:
    """'2025-26=29900000' -> ('2025-26', 29900000.0)"""
    year, _, amount = text.partition("=")
    return str(FinancialYear.parse(year, where="--target")), pence(amount, where="--target") / 100


def _for_people(table: Table) -> Table:
    """The totals in whole numbers; files carry every cut unrounded."""
    kept = [row for row in table.rows if row[2] == "total" and row[5] != "academic_year"]
    kept = [row for row in kept if not (row[5] == "financial_year" and not row[1].endswith("_gbp"))]
    rows = [[row[0], row[1], row[4], *(round(value) for value in row[6:])] for row in kept]
    return Table.of(("scenario", "measure", "period", *table.columns[6:]), rows, table.title)
