"""highneeds indicators"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import AsKnownOption, Format, FormatOption, OutOption, command, known_day, show
from highneeds.cli._evidence import evidence_on
from highneeds.cli._progress import doing
from highneeds.cli._sen2 import (
    Extract,
    ExtractDayOption,
    ExtractMappingOption,
    ReturnCouncilOption,
    local_settings,
    read,
)
from highneeds.report.words.caseload import invented_words, settings_words
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from highneeds.caseload import Caseloads, CaseloadSettings
    from highneeds.evidence import Evidence
    from highneeds.indicators.mechanism.dashboard import Dashboard
    from highneeds.intake.workspace import Workspace
    from highneeds.vocabulary.period import Month


class As(StrEnum):
    """reported: as the council printed it; computed: from its children-level data; both: side by side."""

    REPORTED = "reported"
    COMPUTED = "computed"
    BOTH = "both"


@command("indicators")
def the_indicators(
    given: Annotated[list[Path] | None, typer.Argument(help="A workspace folder; or more files of --caseload")] = None,
    caseload: Annotated[list[Path] | None, typer.Option("--caseload", help="SEN2 files or a folder of them")] = None,
    establishments: Annotated[Path | None, typer.Option("--establishments", help="A GIAS extract")] = None,
    first: Annotated[str | None, typer.Option("--from", help="First month, such as 2024-01")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last month, such as 2025-01")] = None,
    rollover_month: Annotated[
        int | None, typer.Option("--rollover-month", help="8: 31 August is in the new year; 9: it is not")
    ] = None,
    overdue_basis: Annotated[str | None, typer.Option("--overdue-basis", help="decision, meeting or finalised")] = None,
    shown_as: Annotated[As | None, typer.Option("--as", help="reported, computed or both")] = None,
    pipeline: Annotated[
        bool, typer.Option("--pipeline", help="Instead: does the pipeline of requests add up, month by month?")
    ] = False,
    restatements: Annotated[
        bool, typer.Option("--restated", help="Instead: months that a later accepted return tells otherwise")
    ] = False,
    more: Annotated[
        str | None,
        typer.Option("--further", help="Instead, for the council alone: overdue, durations, breakdowns or locality"),
    ] = None,
    mapping: ExtractMappingOption = None,
    as_at: ExtractDayOption = None,
    council: ReturnCouncilOption = None,
    as_known: AsKnownOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """The dashboard: every indicator month by month, as reported or computed, and why where there is no figure."""
    from highneeds.indicators.mechanism.dashboard import Dashboard

    folder, files = _sorted_out(given or [], caseload or [])
    evidence = evidence_on(folder, known_day(as_known)) if folder else None
    own = evidence.reported if evidence else None
    settings = local_settings(own.council if own else None, rollover_month, overdue_basis)
    what = shown_as or (As.COMPUTED if files else As.REPORTED)
    caseloads: Caseloads | None = None
    if files:
        extract = Extract(mapping, as_at, council or (own.council.la_number if own else None))
        caseloads = _read(files, establishments, own, settings, extract)
    elif evidence and (pipeline or more or what is not As.REPORTED):
        caseloads = _of_workspace(evidence, settings)
    dashboard = Dashboard(own, caseloads)
    months = dashboard.months(first, last)
    if more:
        table = dashboard.further(more, months)
    elif restatements:
        table = dashboard.restated(months, evidence.accepted if evidence else ())
    else:
        table = dashboard.pipeline(months) if pipeline else _shown(dashboard, what, evidence, months)
    show(table, format, out)
    if format is Format.TEXT and out is None and what is not As.REPORTED:
        sys.stdout.write(settings_words(settings) + invented_words(caseloads))


def _sorted_out(given: list[Path], caseload: list[Path]) -> tuple[Path | None, list[Path]]:
    """What was given without an option is the workspace, or, after --caseload, more of its files."""
    if caseload:
        workspaces = [path for path in given if (path / "council.toml").exists()]
        files = caseload + [path for path in given if path not in workspaces]
    else:
        workspaces, files = given, []
    if len(workspaces) > 1 or not (workspaces or files):
        raise InputError(
            "The indicators need one workspace, or --caseload with SEN2 files",
            remedy="For example: highneeds indicators FOLDER --from 2024-01 --to 2025-01",
        )
    return (workspaces[0] if workspaces else None), files


def _read(
    files: list[Path],
    establishments: Path | None,
    workspace: "Workspace | None",
    settings: "CaseloadSettings",
    extract: Extract,
) -> "Caseloads":
    """Read returns for one sitting: the linkage key is thrown away with it."""
    from highneeds.caseload import Caseloads, from_return

    own = workspace.folder / "establishments.csv" if workspace else None
    listed = establishments or (own if own and own.exists() else None)
    returns, _ = read(files, listed, None, None, extract, areas=workspace.folder if workspace else None)
    return Caseloads.of(from_return(return_, settings) for return_ in returns)


def _of_workspace(evidence: "Evidence", settings: "CaseloadSettings") -> "Caseloads | None":
    from highneeds.indicators.mechanism.of_workspace import caseloads_of

    with doing("Reading"):
        return caseloads_of(evidence.reported, settings, evidence.received, evidence.accepted)


def _shown(dashboard: "Dashboard", what: As, evidence: "Evidence | None", months: tuple["Month", ...]) -> Table:
    from highneeds.indicators.mechanism.given import IndicatorRegisters
    from highneeds.indicators.mechanism.of_workspace import registers_of

    if what is As.REPORTED:
        return dashboard.reported(months)
    registers = registers_of(evidence.registers) if evidence else IndicatorRegisters()
    with doing("Measuring") as progress:
        return (dashboard.both if what is As.BOTH else dashboard.computed)(months, registers, progress)
