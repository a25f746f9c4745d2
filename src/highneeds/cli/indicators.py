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
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from highneeds.caseload import Caseloads, CaseloadSettings
    from highneeds.evidence import Evidence
    from highneeds.indicators.mechanism.given import IndicatorRegisters
    from highneeds.intake.workspace import Workspace


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
    folder, files = _sorted_out(given or [], caseload or [])
    evidence = evidence_on(folder, known_day(as_known)) if folder else None
    workspace = evidence.reported if evidence else None
    settings = local_settings(workspace.council if workspace else None, rollover_month, overdue_basis)
    if files:
        extract = Extract(mapping, as_at, council or (workspace.council.la_number if workspace else None))
        caseloads: Caseloads | None = _read(files, establishments, workspace, settings, extract)
    else:
        wanted = pipeline or more or shown_as in (As.COMPUTED, As.BOTH)
        caseloads = _of_workspace(evidence, settings) if evidence and wanted else None
    what = shown_as or (As.COMPUTED if files else As.REPORTED)
    months = _months(first, last, workspace, caseloads)
    if more:
        table = _further(more, caseloads, months)
    elif restatements:
        table = _restated(evidence, caseloads, months)
    else:
        table = _pipeline(caseloads, months) if pipeline else _dashboard(what, evidence, caseloads, months)
    show(table, format, out)
    if format is Format.TEXT and out is None and what is not As.REPORTED:
        sys.stdout.write(_settings_words(settings) + _synthetic_words(caseloads))


def _further(name: str, caseloads: "Caseloads | None", months: tuple[Month, ...]) -> Table:
    """Internal tables; small counts stand in them as they are."""
    from highneeds.indicators.mechanism.further import further

    if caseloads is None:
        raise InputError("These are counted from SEN2", remedy="Give --caseload, or accept a return first")
    return further(name, caseloads, months)


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


def _synthetic_words(caseloads: "Caseloads | None") -> str:
    invented = [str(one.reference_date) for one in caseloads.members if one.synthetic] if caseloads else []
    return f"Synthetic: the return of {', '.join(invented)} is invented.\n" if invented else ""


def _settings_words(settings: "CaseloadSettings") -> str:
    from dataclasses import fields

    names = [field.name for field in fields(settings) if not field.name.endswith("outcomes")]
    return "Settings: " + ", ".join(settings.words_for(name) for name in names) + "\n"


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


def _restated(evidence: "Evidence | None", caseloads: "Caseloads | None", months: tuple[Month, ...]) -> Table:
    """Of a workspace each accepted return by the settings of its acceptance; else the returns that were given."""
    from highneeds.indicators.mechanism.of_workspace import accepted_caseloads
    from highneeds.indicators.mechanism.restated import restated

    as_accepted = accepted_caseloads(evidence.root, None, evidence.accepted) if evidence else caseloads
    if as_accepted is None:
        raise InputError("No return was accepted yet", remedy="Run highneeds caseload accept first")
    return restated(as_accepted, months)


def _months(
    first: str | None, last: str | None, workspace: "Workspace | None", caseloads: "Caseloads | None"
) -> tuple[Month, ...]:
    """The months asked for; without a word those of the dashboard, else the year to the latest return."""
    if workspace is not None and workspace.months:
        default = (workspace.months[0], workspace.months[-1])
    elif caseloads is not None:
        ends = Month.of(caseloads.members[-1].reference_date)
        default = (ends.plus(-12), ends)
    elif first and last:
        default = (Month.parse(first), Month.parse(last))
    else:
        raise InputError(
            "There is no month to show", remedy="Give --from and --to, such as --from 2024-01 --to 2025-01"
        )
    begin = Month.parse(first, "--from") if first else default[0]
    end = Month.parse(last, "--to") if last else default[1]
    if end < begin:
        raise InputError(f"--to {end} lies before --from {begin}", remedy="Give the earlier month first")
    return begin.through(end)


def _dashboard(
    what: As, evidence: "Evidence | None", caseloads: "Caseloads | None", months: tuple[Month, ...]
) -> Table:
    from highneeds.indicators.mechanism.given import IndicatorInputs
    from highneeds.indicators.mechanism.measure import COLUMNS, as_table, measure

    rows: list[tuple[object, ...]] = []
    if what is not As.COMPUTED:
        rows += _reported(evidence.reported if evidence else None, months)
    if what is not As.REPORTED:
        with doing("Measuring") as progress:
            rows += as_table(measure(IndicatorInputs(caseloads, _registers(evidence)), months, progress=progress)).rows
    if what is As.BOTH:
        rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    return Table.of(COLUMNS, rows, "Indicators")


def _reported(workspace: "Workspace | None", months: tuple[Month, ...]) -> list[tuple[object, ...]]:
    if workspace is None:
        raise InputError("Without a workspace nothing was reported", remedy="Give a workspace, or --as computed")
    asked = {str(month) for month in months} | {str(FinancialYear.of(month.first_day)) for month in months}
    return [
        (one.indicator, str(one.period), one.part, one.whole, one.value, one.unit.value, one.state.value, one.reason)
        for one in workspace.observations
        if str(one.period) in asked
    ]


def _registers(evidence: "Evidence | None") -> "IndicatorRegisters":
    from highneeds.indicators.mechanism.given import IndicatorRegisters
    from highneeds.indicators.mechanism.of_workspace import registers_of

    return registers_of(evidence.registers) if evidence else IndicatorRegisters()


def _pipeline(caseloads: "Caseloads | None", months: tuple[Month, ...]) -> Table:
    from highneeds.caseload.pipeline import reconcile

    if caseloads is None:
        raise InputError("The pipeline is counted from SEN2", remedy="Give --caseload, or accept a return first")
    reached = [month for month in months if month.first_day <= caseloads.ends]
    parts = [reconcile(caseloads.for_month(month), (month,)) for month in reached]
    parts = parts or [reconcile(caseloads.members[-1], ())]
    return Table.of(parts[0].columns, [row for part in parts for row in part.rows], parts[0].title)
