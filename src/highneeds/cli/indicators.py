"""highneeds indicators"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.caseload import Caseloads, from_return
from highneeds.caseload.settings import CaseloadSettings
from highneeds.cli._command import AsKnownOption, Format, FormatOption, OutOption, command, known_day, show
from highneeds.cli._evidence import evidence_on
from highneeds.cli._progress import doing
from highneeds.cli._sen2 import (
    EstablishmentsOption,
    Extract,
    ExtractDayOption,
    ExtractMappingOption,
    ReturnCouncilOption,
    local_settings,
    read,
)
from highneeds.evidence import Evidence
from highneeds.indicators.mechanism.dashboard import Dashboard
from highneeds.indicators.mechanism.of_workspace import caseloads_of
from highneeds.intake.sen2.lists import lists_of
from highneeds.intake.workspace import Workspace
from highneeds.report.views.indicators import IndicatorQuestion, ShownAs, indicators
from highneeds.report.words.caseload import invented_words, settings_words
from highneeds.vocabulary.errors import InputError

GivenArgument = Annotated[list[Path] | None, typer.Argument(help="A workspace folder; or more files of --caseload")]
CaseloadOption = Annotated[list[Path] | None, typer.Option("--caseload", help="SEN2 files or a folder of them")]
FirstOption = Annotated[str | None, typer.Option("--from", help="First month, such as 2024-01")]
LastOption = Annotated[str | None, typer.Option("--to", help="Last month, such as 2025-01")]
RolloverOption = Annotated[
    int | None, typer.Option("--rollover-month", help="8: 31 August is in the new year; 9: it is not")
]
OverdueOption = Annotated[str | None, typer.Option("--overdue-basis", help="decision, meeting or finalised")]
ShownAsOption = Annotated[ShownAs | None, typer.Option("--as", help="reported, computed or both")]
PipelineOption = Annotated[
    bool, typer.Option("--pipeline", help="Instead: does the pipeline of requests add up, month by month?")
]
RestatedOption = Annotated[
    bool, typer.Option("--restated", help="Instead: months that a later accepted return tells otherwise")
]
FurtherOption = Annotated[
    str | None,
    typer.Option("--further", help="Instead, for the council alone: overdue, durations, breakdowns or locality"),
]


@command("indicators")
def the_indicators(
    given: GivenArgument = None,
    caseload: CaseloadOption = None,
    establishments: EstablishmentsOption = None,
    first: FirstOption = None,
    last: LastOption = None,
    rollover_month: RolloverOption = None,
    overdue_basis: OverdueOption = None,
    shown_as: ShownAsOption = None,
    pipeline: PipelineOption = False,
    restatements: RestatedOption = False,
    more: FurtherOption = None,
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
    own = evidence.reported if evidence else None
    settings = local_settings(own.council if own else None, rollover_month, overdue_basis)
    what = shown_as or (ShownAs.COMPUTED if files else ShownAs.REPORTED)
    question = IndicatorQuestion(what, more or "", restatements, pipeline)
    caseloads: Caseloads | None = None
    if files:
        extract = Extract(mapping, as_at, council or (own.council.la_number if own else None))
        caseloads = _of_files(files, own, establishments, extract, settings)
    elif evidence and question.counts:
        caseloads = _of_workspace(evidence, settings)
    dashboard = Dashboard(own, caseloads)
    months = dashboard.months(first, last)
    with doing("Measuring") as progress:
        table = indicators(question, dashboard, evidence, months, progress)
    show(table, format, out)
    if format is Format.TEXT and out is None and what is not ShownAs.REPORTED:
        sys.stdout.write(settings_words(settings) + invented_words(caseloads))


def _of_files(
    files: list[Path], own: Workspace | None, establishments: Path | None, extract: Extract, settings: CaseloadSettings
) -> Caseloads:
    lists = lists_of(own.folder if own else None, establishments, corrected=False)
    return Caseloads.of(from_return(one, settings) for one in read(files, lists, None, None, extract))


def _of_workspace(evidence: Evidence, settings: CaseloadSettings) -> Caseloads | None:
    with doing("Reading"):
        return caseloads_of(evidence.reported, settings, evidence.received, evidence.accepted)


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
