"""What the commands of the forecast share: what it is made from, how it is worked, and what is said of it."""

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.of_workspace import WorkspaceAccount, account_of
from highneeds.cli._command import Format
from highneeds.cli._progress import bar
from highneeds.evidence import Evidence, Options
from highneeds.forecast import kernels
from highneeds.forecast.basis import ForecastBasis, ForecastExtent, forecast_basis, januaries_until, starting_january
from highneeds.forecast.council import tested
from highneeds.forecast.scenarios import Scenario, read_scenario, scenario_files
from highneeds.forecast.simulate import RunOptions
from highneeds.intake.published import Published, open_pack
from highneeds.intake.workspace import read_workspace
from highneeds.intake.workspace.council import read_council
from highneeds.registers.registry import read_registers
from highneeds.report.words.forecast_notes import note_words
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.money import pence
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

WorkspaceArgument = Annotated[Path | None, typer.Argument(help="A workspace folder")]
ForecastCouncilOption = Annotated[
    str | None, typer.Option("--council", help="An LA number such as 886, without a workspace")
]
ScenarioOption = Annotated[list[Path] | None, typer.Option("--scenario", help="A scenario file; may repeat")]
YearsOption = Annotated[int, typer.Option("--years", help="Januaries ahead")]
DrawsOption = Annotated[int, typer.Option("--draws", help="How many futures are drawn")]
OpeningOption = Annotated[
    float | None, typer.Option("--opening", help="Accumulated deficit in pounds before the first financial year")
]
TargetOption = Annotated[
    list[str] | None, typer.Option("--target", help="In-year deficit aimed at, as 2025-26=29900000; may repeat")
]
ThreadsOption = Annotated[int, typer.Option("--threads", help="Blocks of draws worked at once; 0 is one per core")]
MOST_THREADS = 1024
"""More than the cores of any one machine that a council has."""


@dataclass(frozen=True)
class ExtentOnDay(ForecastExtent):
    """How much is forecast, and of what was known on which day; of all that is known where none is given."""

    as_known: date | None = None


def targets(basis: ForecastBasis, given: Sequence[str] | None) -> dict[str, float]:
    """In-year deficits aimed at: the agreement's, then those typed."""
    return basis.targets | dict(target(text) for text in given or [])


def council_of(workspace: Path | None, council: str | None) -> str:
    """The council that is meant; exactly one of the two says it."""
    if workspace is not None and council is None:
        return read_council(workspace).la_number
    if council is not None and workspace is None:
        return council
    raise InputError("Give a workspace folder or --council, and not both", remedy="For example --council 886")


def _address(open_data: Path | None) -> str | None:
    return None if open_data is None else str(open_data)


def evidence_of(workspace: Path, open_data: Path | None, extent: ExtentOnDay) -> Evidence:
    """What is known of the council on the day: the same that its reports are made from."""
    options = Options(extent.draws, extent.seed, _address(open_data))
    return Evidence(FolderStore(workspace), as_known=extent.as_known, options=options)


def basis_of(workspace: Path | None, council: str | None, open_data: Path | None, extent: ExtentOnDay) -> ForecastBasis:
    """Learn as every report does: from the council's own returns where there are two, else from what is published."""
    la_number = council_of(workspace, council)
    if workspace is not None:
        evidence = evidence_of(workspace, open_data, extent)
        return evidence.basis(extent.years, origin=extent.origin, opening_gbp=extent.opening_gbp)
    return forecast_basis(open_pack(open_data), la_number, extent)


def how_good(basis: ForecastBasis, format: Format) -> tuple[Note, ...]:
    """The back-test, beside every forecast that a person reads.

    A program asks `highneeds forecast --table backtest`; a forecast learnt from own returns carries its own.
    """
    if basis.own or format is not Format.TEXT:
        return ()
    with bar("Testing the forecast on earlier years"):
        return tested(basis.published, basis.la_number, basis.assumptions.calendar.origin)[0]


def years_until(
    year: FinancialYear, workspace: Path | None, council: str | None, open_data: Path | None, where: str
) -> int:
    """How many Januaries ahead the forecast must run so that it holds that financial year whole."""
    la_number = council_of(workspace, council)
    if workspace is None:
        start = starting_january(open_pack(open_data), la_number)
    else:
        start = Evidence(FolderStore(workspace), options=Options(open_data=_address(open_data))).starting_january
    return januaries_until(year, start, where)


def account_of_folder(workspace: Path, published: Published) -> WorkspaceAccount:
    return account_of(read_workspace(workspace), read_registers(workspace), published)


def scenarios_given(workspace: Path | None, given: Sequence[Path] | None) -> tuple[Scenario, ...]:
    """The scenarios typed, else those of the workspace."""
    paths = given or (scenario_files(workspace) if workspace else ())
    return tuple(read_scenario(path) for path in paths)


def target(text: str) -> tuple[str, float]:
    """'2025-26=29900000' -> ('2025-26', 29900000.0)"""
    year, _, amount = text.partition("=")
    return str(FinancialYear.parse(year, where="--target")), pence(amount, where="--target") / 100


def say(notes: Sequence[str | Note]) -> None:
    """What a reader must know, on stderr: each once, in order."""
    for note in dict.fromkeys(one if isinstance(one, str) else note_words(one) for one in notes):
        sys.stderr.write(note + "\n")


@contextmanager
def run_options(threads: int = 0, cluster: str | None = None, words: str = "Simulating") -> Iterator[RunOptions]:
    """How blocks are worked: on threads here, or on a cluster. The figures are the same."""
    if not 0 <= threads <= MOST_THREADS:
        raise InputError(
            f"{threads} threads cannot work",
            where="--threads",
            remedy=f"Give 1 to {MOST_THREADS}, or 0 for one per core",
        )
    chosen = kernels.chosen(os.environ)
    cores = threads or os.cpu_count() or 1
    with bar(words) as progress:
        options = RunOptions(kernel=chosen, threads=cores, progress=progress)
        if cluster is None:
            yield options
            return
        with cluster_executor(cluster) as executor:
            yield replace(options, executor=executor)


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
