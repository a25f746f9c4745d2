"""highneeds indicators"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.caseload import Caseloads, from_return
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
from highneeds.indicators.mechanism.dashboard import Dashboard
from highneeds.indicators.mechanism.of_workspace import caseloads_of
from highneeds.intake.sen2.lists import lists_of
from highneeds.report.views.indicators import IndicatorQuestion, ShownAs, indicators
from highneeds.report.words.caseload import invented_words, settings_words
from highneeds.vocabulary.errors import InputError


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
    shown_as: Annotated[ShownAs | None, typer.Option("--as", help="reported, computed or both")] = None,
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
    own = evidence.reported if evidence else None
    settings = local_settings(own.council if own else None, rollover_month, overdue_basis)
    what = shown_as or (ShownAs.COMPUTED if files else ShownAs.REPORTED)
    question = IndicatorQuestion(what, more or "", restatements, pipeline)
    caseloads: Caseloads | None = None
    if files:
        extract = Extract(mapping, as_at, council or (own.council.la_number if own else None))
        lists = lists_of(own.folder if own else None, establishments, corrected=False)
        returns = read(files, lists, None, None, extract)
        caseloads = Caseloads.of(from_return(return_, settings) for return_ in returns)
    elif evidence and question.counts:
        with doing("Reading"):
            caseloads = caseloads_of(evidence.reported, settings, evidence.received, evidence.accepted)
    dashboard = Dashboard(own, caseloads)
    months = dashboard.months(first, last)
    with doing("Measuring") as progress:
        table = indicators(question, dashboard, evidence, months, progress)
    show(table, format, out)
    if format is Format.TEXT and out is None and what is not ShownAs.REPORTED:
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
